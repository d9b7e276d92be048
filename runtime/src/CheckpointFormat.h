// The outside of a checkpoint file (docs/checkpoints.md): a header, sections of bytes, and the table of the sections.
//
// All numbers are little-endian, as in memory of the machines that generated code runs on. A section starts at a multiple of
// 8 bytes. What the sections mean is said by CheckpointContents.h.

#ifndef SNN_RUNTIME_CHECKPOINTFORMAT_H
#define SNN_RUNTIME_CHECKPOINTFORMAT_H

#include <bit>
#include <compare>
#include <cstdint>

namespace snn::runtime {

static_assert(std::endian::native == std::endian::little);

/// Not text, and changed by whoever takes it for text.
inline constexpr unsigned char checkpointMagic[8] = {0x89, 'S', 'N', 'N', '\r', '\n', 0x1a, '\n'};

inline constexpr uint32_t checkpointVersion = 2;

struct CheckpointHeader {
  unsigned char magic[8];
  uint32_t version;
  uint32_t sections;    ///< entries of the table
  uint64_t tableOffset; ///< bytes from the start of the file
  uint64_t fileBytes;   ///< of the whole file
  uint64_t tableHash;   ///< of the table
  uint64_t headerHash;  ///< of what stands before it
};

/// Kinds from this one on may be left out of account by a reader that does not know them.
inline constexpr uint32_t optionalSections = 0x80000000u;

enum class SectionKind : uint32_t {
  About = 1,        ///< which run, at which step
  NeuronField = 2,  ///< `index`: population, `part`: field
  Spikes = 3,       ///< on their way; `index`: population
  SynapseField = 4, ///< `index`: projection, `part`: field; behind the fields, weights that change
  History = 5,      ///< of the last steps, oldest first; `index`: population, `part`: field
  SpikeCounts = 6,  ///< `index`: position in the list of what was counted
};

struct SectionName {
  SectionKind kind;
  uint32_t index = 0, part = 0;
  auto operator<=>(const SectionName &) const = default;
};

struct CheckpointSection {
  SectionName name;
  uint32_t reserved; ///< 0
  uint64_t offset, bytes;
  uint64_t hash; ///< of its bytes
};

static_assert(sizeof(CheckpointHeader) == 48 && sizeof(CheckpointSection) == 40);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CHECKPOINTFORMAT_H
