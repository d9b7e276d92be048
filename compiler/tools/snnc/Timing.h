// Where the wall time of a command goes, for `--timing` and the benchmarks.

#ifndef SNN_COMPILER_TOOLS_SNNC_TIMING_H
#define SNN_COMPILER_TOOLS_SNNC_TIMING_H

#include "compiler/Compiler.h"

#include <chrono>

namespace snn::tool {

/// The phases of one command, in the order in which they ended.
class Timing {
public:
  void add(llvm::StringRef phase, double milliseconds) { phases.push_back({phase.str(), milliseconds}); }
  void add(const std::vector<PhaseTime> &more) { phases.insert(phases.end(), more.begin(), more.end()); }

  const std::vector<PhaseTime> &all() const { return phases; }

  /// A table: one phase per line, then the sum.
  void print(llvm::raw_ostream &output) const;

private:
  std::vector<PhaseTime> phases;
};

/// Milliseconds since it was made.
class Stopwatch {
public:
  double milliseconds() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }

private:
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_TIMING_H
