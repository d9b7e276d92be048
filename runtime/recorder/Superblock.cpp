#include "Superblock.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace snn::recorder {

// Offsets of fields.
static constexpr size_t versionAt = 8, flagsAt = 11, checksumAt = 44;

static uint32_t word(const unsigned char *bytes) {
  uint32_t value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

/// Bob Jenkins' lookup3 (public domain) of the 44 bytes in front of the checksum, initial value 0: HDF5's metadata
/// checksum. 44 is three blocks of 12 and a last one of 8.
static uint32_t checksum(const unsigned char *bytes) {
  uint32_t a = 0xdeadbeef + checksumAt, b = a, c = a;
  for (int block = 0; block < 3; ++block, bytes += 12) {
    a += word(bytes);
    b += word(bytes + 4);
    c += word(bytes + 8);
    a -= c, a ^= std::rotl(c, 4), c += b;
    b -= a, b ^= std::rotl(a, 6), a += c;
    c -= b, c ^= std::rotl(b, 8), b += a;
    a -= c, a ^= std::rotl(c, 16), c += b;
    b -= a, b ^= std::rotl(a, 19), a += c;
    c -= b, c ^= std::rotl(b, 4), b += a;
  }
  a += word(bytes);
  b += word(bytes + 4);
  c ^= b, c -= std::rotl(b, 14);
  a ^= c, a -= std::rotl(c, 11);
  b ^= a, b -= std::rotl(a, 25);
  c ^= b, c -= std::rotl(b, 16);
  a ^= c, a -= std::rotl(c, 4);
  b ^= a, b -= std::rotl(a, 14);
  c ^= b, c -= std::rotl(b, 24);
  return c;
}

void markAsClosed(unsigned char *bytes) {
  if (bytes[versionAt] != 3)
    return;
  bytes[flagsAt] = 0;
  uint32_t sum = checksum(bytes);
  std::memcpy(bytes + checksumAt, &sum, sizeof sum);
}

} // namespace snn::recorder
