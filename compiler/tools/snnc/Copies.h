// The copies of a network that a run has: the grid that `set` and `--sweep` span, each point as often as `batch` says.

#ifndef SNN_COMPILER_TOOLS_SNNC_COPIES_H
#define SNN_COMPILER_TOOLS_SNNC_COPIES_H

#include "compiler/tools/snnc/Options.h"

#include "snn/snn.h"

#include <optional>
#include <string>
#include <vector>

namespace snn::tool {

/// Settings that change together, and the values that they take.
struct SweepAxis {
  std::vector<uint32_t> settings;
  std::vector<std::vector<double>> rows; ///< base units; each as long as `settings`
};

class Copies {
public:
  /// Of an experiment and of `--sweep`, `--set` and `--batch`, which replace what the experiment says of the same settings. Fails
  /// on a name that the program does not have, on a unit that does not fit, and on a malformed range.
  static llvm::Expected<Copies> plan(const snn_model &program, const model::Experiment &experiment, const Options &options);

  uint32_t count() const { return points * batch; }
  /// Gives a simulation that is not built yet what makes it copy `copy`.
  snn_status apply(snn_simulation &simulation, uint32_t copy) const;
  /// The settings in which copies differ.
  std::vector<uint32_t> varied() const;
  /// Which of the draws of a batch a copy has; nothing unless there are several.
  std::optional<uint32_t> drawOf(uint32_t copy) const { return batch > 1 ? std::optional(copy % batch) : std::nullopt; }

private:
  uint32_t points = 1, batch = 1;
  bool redraws = false;
  std::vector<SweepAxis> axes;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COPIES_H
