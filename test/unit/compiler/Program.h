// `.snn` text as machine code in this process.

#ifndef SNN_TEST_UNIT_COMPILER_PROGRAM_H
#define SNN_TEST_UNIT_COMPILER_PROGRAM_H

#include "compiler/Compiler.h"
#include "frontend/Frontend.h"
#include "snn/snn.h"

#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace snn::test {

class Program {
public:
  /// Compiles the last experiment of the text for a CPU, empty for this one; throws what the user would read.
  explicit Program(const std::string &source, const std::string &cpu = "");

  const snn_model &model() const { return program->model(); }

  /// Runs to the end of the duration and returns the spikes of the first record as (step, neuron).
  std::vector<std::pair<uint64_t, uint32_t>> spikes(uint64_t seed) const;

private:
  llvm::SourceMgr sources;
  FrontendResult checked;
  std::unique_ptr<Compiler> compiler;
  std::unique_ptr<LoadedProgram> program;
};

} // namespace snn::test

#endif // SNN_TEST_UNIT_COMPILER_PROGRAM_H
