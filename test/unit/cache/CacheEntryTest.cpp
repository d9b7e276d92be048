// A file of the cache is read whole and unchanged, or not at all.

#include "compiler/Cache/CacheEntry.h"

#include <gtest/gtest.h>

namespace snn {
namespace {

const std::string sharedObject = "the bytes of a shared object";
const Origins origins = {0, 1, 7, 0xffffffff};

model::Digest keyOf(uint8_t first) {
  model::Digest key{};
  key[0] = first;
  return key;
}

std::string file() { return sharedObject + trailerFor(sharedObject, origins, keyOf(1)); }

TEST(CacheEntry, ReadsWhatWasWritten) { EXPECT_EQ(readEntry(file(), keyOf(1)), origins); }

TEST(CacheEntry, ReadsAProgramWithoutSettings) {
  EXPECT_EQ(readEntry(sharedObject + trailerFor(sharedObject, {}, keyOf(1)), keyOf(1)), Origins());
}

TEST(CacheEntry, IsNotReadForAnotherKey) { EXPECT_FALSE(readEntry(file(), keyOf(2))); }

TEST(CacheEntry, IsNotReadWhenTruncatedAnywhere) {
  std::string whole = file();
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(readEntry(llvm::StringRef(whole).take_front(size), keyOf(1))) << size;
}

TEST(CacheEntry, IsNotReadWhenAnyBitIsWrong) {
  std::string whole = file();
  for (size_t byte = 0; byte < whole.size(); ++byte)
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[byte] ^= static_cast<char>(1 << bit);
      EXPECT_FALSE(readEntry(damaged, keyOf(1))) << "byte " << byte << " bit " << bit;
    }
}

TEST(CacheEntry, IsNotReadWithSomethingBehindIt) { EXPECT_FALSE(readEntry(file() + "x", keyOf(1))); }

} // namespace
} // namespace snn
