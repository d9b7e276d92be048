#include "compiler/Cache/ProgramKey.h"

#include "compiler/Cache/BuildId.h"
#include "compiler/Cache/Processor.h"

#include "llvm/Support/BLAKE3.h"

#include "snn/abi.h"

namespace snn {

namespace {

/// Hashes texts so that no two lists of them are alike.
class KeyHash {
public:
  KeyHash &add(llvm::StringRef text) {
    uint64_t size = text.size();
    hash.update(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(&size), sizeof size));
    hash.update(text);
    return *this;
  }
  KeyHash &add(llvm::ArrayRef<uint8_t> bytes) {
    return add(llvm::StringRef(reinterpret_cast<const char *>(bytes.data()), bytes.size()));
  }
  model::Digest digest() { return hash.final<32>(); }

private:
  llvm::BLAKE3 hash;
};

} // namespace

std::optional<model::Digest> programKey(const model::Structure &structure, const CompileOptions &options,
                                        llvm::ArrayRef<std::string> libraries) {
  KeyHash key;
  key.add("snn program").add(std::to_string(SNN_ABI_VERSION));
  for (const std::string &library : libraries) {
    std::string id = buildIdOf(library);
    if (id.empty())
      return std::nullopt;
    key.add(id);
  }
  // An option that is added to the struct does not compile here until it enters the key.
  const auto &[cpu, verifyEach, debugInfo, jitDump] = options;
  (void)verifyEach; // changes no code
  assert(!debugInfo && !jitDump && "lines are not part of the structure, so programs that know theirs are not kept");
  const auto [name, features] = processorNamed(cpu);
  key.add(name).add(features);
  key.add(structure.digest());
  return key.digest();
}

} // namespace snn
