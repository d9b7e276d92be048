// Files of weights: those that a run begins with, and those that it leaves behind.

#ifndef SNN_COMPILER_TOOLS_SNNC_WEIGHTFILES_H
#define SNN_COMPILER_TOOLS_SNNC_WEIGHTFILES_H

#include "compiler/tools/snnc/CopyOfRun.h"
#include "compiler/tools/snnc/Options.h"

#include "snn/snn.h"

#include "llvm/Support/Error.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace snn::tool {

/// `--load-weights`: every copy of the network gets the weights of the file.
llvm::Error loadWeights(snn_batch &batch, const Options &options);

/// What `save weights` and `--save-weights` ask for.
class WeightSaving {
public:
  WeightSaving(const model::Experiment &experiment, const Options &options);

  /// Before the run: finds what would keep the files from being written.
  llvm::Error check() const;

  /// After a run that has come to its end. A file that is there already is replaced when the new one is whole.
  llvm::Error save(const std::vector<std::unique_ptr<CopyOfRun>> &copies) const;

private:
  /// By file: names of projections; none: all.
  std::map<std::string, std::set<std::string>> files;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_WEIGHTFILES_H
