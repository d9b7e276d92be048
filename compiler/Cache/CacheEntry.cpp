#include "compiler/Cache/CacheEntry.h"

#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/Endian.h"

#include <cstring>

namespace snn {

static constexpr uint64_t format = 1;
static constexpr llvm::StringRef magic = "snn kept";

namespace {

/// What stands at the very end.
struct Footer {
  llvm::support::ulittle64_t originCount, objectSize;
  uint8_t key[32];
  uint8_t checkSum[32];
  llvm::support::ulittle64_t format;
  char magic[8];
};

} // namespace

static_assert(sizeof(Footer) == 96);

/// Of everything in front of the check sum.
static model::Digest checkSumOf(llvm::ArrayRef<llvm::StringRef> parts) {
  llvm::BLAKE3 hash;
  for (llvm::StringRef part : parts)
    hash.update(part);
  return hash.final<32>();
}

static llvm::StringRef beforeCheckSum(const Footer &footer) {
  return {reinterpret_cast<const char *>(&footer), offsetof(Footer, checkSum)};
}

std::string trailerFor(llvm::StringRef sharedObject, const Origins &origins, const model::Digest &key) {
  std::string text;
  for (uint32_t origin : origins) {
    llvm::support::ulittle32_t number(origin);
    text.append(reinterpret_cast<const char *>(&number), sizeof number);
  }
  Footer footer;
  footer.originCount = origins.size();
  footer.objectSize = sharedObject.size();
  std::memcpy(footer.key, key.data(), sizeof footer.key);
  model::Digest sum = checkSumOf({sharedObject, text, beforeCheckSum(footer)});
  std::memcpy(footer.checkSum, sum.data(), sizeof footer.checkSum);
  footer.format = format;
  std::memcpy(footer.magic, magic.data(), sizeof footer.magic);
  return text.append(reinterpret_cast<const char *>(&footer), sizeof footer);
}

std::optional<Origins> readEntry(llvm::StringRef bytes, const model::Digest &key) {
  Footer footer;
  if (bytes.size() < sizeof footer)
    return std::nullopt;
  llvm::StringRef content = bytes.drop_back(sizeof footer);
  std::memcpy(&footer, content.end(), sizeof footer);
  if (llvm::StringRef(footer.magic, sizeof footer.magic) != magic || footer.format != format ||
      std::memcmp(footer.key, key.data(), key.size()) != 0)
    return std::nullopt;
  uint64_t count = footer.originCount;
  if (footer.objectSize > content.size() || content.size() - footer.objectSize != count * sizeof(uint32_t) ||
      count > content.size())
    return std::nullopt;
  model::Digest sum = checkSumOf({content, beforeCheckSum(footer)});
  if (std::memcmp(sum.data(), footer.checkSum, sum.size()) != 0)
    return std::nullopt;
  Origins origins;
  for (uint64_t k = 0; k < count; ++k)
    origins.push_back(llvm::support::endian::read32le(content.data() + footer.objectSize + k * sizeof(uint32_t)));
  return origins;
}

} // namespace snn
