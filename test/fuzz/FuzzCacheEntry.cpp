// Any bytes are a file of the cache, or are not read.
//
// A check sum that must fit would stop nearly every input at the door. So the first byte decides: an input is read as it is,
// or taken for a shared object and origins that a trailer is made for, of which one byte is then changed.

#include "compiler/Cache/CacheEntry.h"

#include <cstddef>
#include <cstdint>

using namespace snn;

/// A file about `content`, which must be read back as it was written.
static std::string wholeFile(llvm::StringRef content, const model::Digest &key) {
  Origins origins(content.size() % 7, static_cast<uint32_t>(content.size()));
  std::string file = content.str() + trailerFor(content, origins, key);
  if (readEntry(file, key) != origins)
    __builtin_trap();
  return file;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const model::Digest key{};
  if (size < 3)
    return 0;
  llvm::StringRef rest(reinterpret_cast<const char *>(data) + 3, size - 3);
  if (data[0] % 2 == 0) {
    (void)readEntry(rest, key);
    return 0;
  }
  std::string file = wholeFile(rest, key);
  size_t place = (file.size() - 1) - data[1] % file.size(); // mostly in the trailer
  if (data[2] == 0)
    return 0;
  file[place] ^= static_cast<char>(data[2]);
  if (readEntry(file, key))
    __builtin_trap();
  return 0;
}
