// One line on a terminal that says how far a run has come.

#ifndef SNN_COMPILER_TOOLS_SNNC_PROGRESS_H
#define SNN_COMPILER_TOOLS_SNNC_PROGRESS_H

#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <string>

namespace snn::tool {

/// " 42 %   420 ms of 1 s   RTF 0.053   12 s left" after `done` of `total` steps of `dt` ms, those from `first`
/// on in `seconds` of wall time.
std::string progressText(uint64_t first, uint64_t done, uint64_t total, double dt, double seconds);

/// Shows `progressText` on `output` if that is a terminal, from half a second after it was made and at most five times a
/// second; a short run shows nothing. Make it just before the run.
class ProgressLine {
public:
  ProgressLine(const recorder::RunDescription &run, llvm::raw_ostream &output);
  /// Clears the line.
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;

  /// Valid as long as this object; never asks to stop.
  snn_sink sink();

  /// Removes the line, so that something else can be printed. It comes back with the next update.
  void clear();

private:
  using Clock = std::chrono::steady_clock;
  void update(uint64_t done, uint64_t total);

  const double dt;
  const uint64_t first;
  llvm::raw_ostream &output;
  const bool isTerminal;
  bool isShown = false;
  Clock::time_point start = Clock::now();
  Clock::time_point next = start + std::chrono::milliseconds(500);
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PROGRESS_H
