// The first bytes of an HDF5 file, version 3 of the superblock (HDF5 file format specification 3.0, section II.A).

#ifndef SNN_RECORDER_SUPERBLOCK_H
#define SNN_RECORDER_SUPERBLOCK_H

#include <cstddef>

namespace snn::recorder {

constexpr size_t superblockSize = 48;

/// Removes the mark "a writer has this file open", at which every plain reader gives up, and renews the checksum. `bytes` has
/// at least `superblockSize` bytes and 8-byte offsets; another version is left as it is.
void markAsClosed(unsigned char *bytes);

} // namespace snn::recorder

#endif // SNN_RECORDER_SUPERBLOCK_H
