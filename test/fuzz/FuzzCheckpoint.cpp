// Restoring from any bytes either fails with a sentence or leaves a simulation that runs.
//
// A hash that must fit would stop nearly every input at the door; so all hashes are made right first, as far as the table can be
// found, unless the input is an odd number of bytes long.

#include "CheckpointFormat.h"
#include "CheckpointReader.h"
#include "ContentHash.h"
#include "Failure.h"
#include "LifNetwork.h"
#include "Simulation.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

using namespace snn::runtime;
using snn::test::LifNetwork;

namespace {

class Memory : public ByteSource {
public:
  explicit Memory(std::vector<std::byte> bytes) : bytes(std::move(bytes)) {}
  uint64_t size() const override { return bytes.size(); }
  void read(uint64_t offset, std::span<std::byte> to) const override {
    if (offset > bytes.size() || to.size() > bytes.size() - offset)
      __builtin_trap(); // the reader has believed something
    std::copy_n(bytes.data() + offset, to.size(), to.data());
  }
  std::vector<std::byte> bytes;
};

} // namespace

static void makeHashesRight(std::vector<std::byte> &bytes) {
  CheckpointHeader header;
  if (bytes.size() < sizeof header)
    return;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.fileBytes = bytes.size();
  uint64_t tableBytes = uint64_t(header.sections) * sizeof(CheckpointSection);
  if (header.tableOffset <= bytes.size() && tableBytes <= bytes.size() - header.tableOffset) {
    for (uint32_t s = 0; s < header.sections; ++s) {
      std::byte *at = bytes.data() + header.tableOffset + s * sizeof(CheckpointSection);
      CheckpointSection section;
      std::memcpy(&section, at, sizeof section);
      if (section.offset <= bytes.size() && section.bytes <= bytes.size() - section.offset)
        section.hash = ContentHash::of(bytes.data() + section.offset, section.bytes);
      std::memcpy(at, &section, sizeof section);
    }
    header.tableHash = ContentHash::of(bytes.data() + header.tableOffset, tableBytes);
  }
  header.headerHash = ContentHash::of(&header, offsetof(CheckpointHeader, headerHash));
  std::memcpy(bytes.data(), &header, sizeof header);
}

/// Two populations, drawn weights, delays of up to some steps; small, since it is restored thousands of times a second.
static Simulation &simulation() {
  static LifNetwork network;
  static std::unique_ptr<Simulation> built;
  if (!built) {
    network.add({.name = "A"}, 5);
    network.add({.name = "B"}, 3);
    network.add({.source = {0, 0, 5}, .target = {1, 0, 3}, .weightDeviation = 0.01, .delay = 0.3});
    built = std::make_unique<Simulation>(network.finish(), snn_options{2, 4});
    built->build();
  }
  return *built;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto *begin = reinterpret_cast<const std::byte *>(data);
  Memory file({begin, begin + size});
  if (size % 2 == 0)
    makeHashesRight(file.bytes);
  try {
    simulation().restore(CheckpointReader(file, "input"));
    simulation().advance(5, snn_sink{});
  } catch (const Failure &) {
  }
  return 0;
}

/// A checkpoint that the target accepts, for inputs to begin with.
void saveCheckpointForFuzzing(const char *path) { simulation().save(path); }

/// Puts one into the first folder of inputs: bytes that no mutation made from it are refused at the door.
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv) {
  for (int i = 1; i < *argc; ++i)
    if ((*argv)[i][0] != '-') {
      saveCheckpointForFuzzing(((*argv)[i] + std::string("/whole.checkpoint")).c_str());
      break;
    }
  return 0;
}
