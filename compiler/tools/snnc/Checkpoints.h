// `--save FILE`, `--save-every TIME` and `--resume FILE`.

#ifndef SNN_COMPILER_TOOLS_SNNC_CHECKPOINTS_H
#define SNN_COMPILER_TOOLS_SNNC_CHECKPOINTS_H

#include "compiler/tools/snnc/Options.h"

#include "snn/snn.h"

#include <chrono>
#include <string>

namespace snn::tool {

/// Brings a built simulation to where the checkpoint `options.resume` was taken. Fails if it cannot be used, or if nothing
/// of the run is left to do.
llvm::Error resume(snn_batch &batch, double dt, const Options &options);

/// Saves a simulation as the command line wants it: the clock starts when this is made.
class Saving {
public:
  explicit Saving(const Options &options) : options(options) {}

  /// Asks to stop when it is time to save.
  snn_sink sink();

  /// Fails if what is there already is something else, so that it would not be replaced.
  llvm::Error check() const;

  bool isWanted() const { return !options.save.empty(); }
  bool isDue() const;
  llvm::Error save(snn_batch &batch);

  /// What to type to go on from what was saved.
  std::string commandToContinue() const;

private:
  using Clock = std::chrono::steady_clock;

  const Options &options;
  Clock::time_point last = Clock::now();
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_CHECKPOINTS_H
