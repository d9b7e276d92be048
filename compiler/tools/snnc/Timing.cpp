#include "compiler/tools/snnc/Timing.h"

#include "llvm/Support/Format.h"

namespace snn::tool {

static void printLine(llvm::raw_ostream &output, llvm::StringRef phase, double milliseconds) {
  output << "timing: " << llvm::left_justify(phase, 16) << llvm::format("%10.2f ms\n", milliseconds);
}

void Timing::print(llvm::raw_ostream &output) const {
  double sum = 0;
  for (const PhaseTime &phase : phases) {
    printLine(output, phase.phase, phase.milliseconds);
    sum += phase.milliseconds;
  }
  printLine(output, "total", sum);
}

} // namespace snn::tool
