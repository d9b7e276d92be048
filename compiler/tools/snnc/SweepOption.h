// `--sweep NAME=10:30:5 ms` and `--sweep NAME=10,20,30 ms`.

#ifndef SNN_COMPILER_TOOLS_SNNC_SWEEPOPTION_H
#define SNN_COMPILER_TOOLS_SNNC_SWEEPOPTION_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include "snn/abi.h"

#include <string>
#include <vector>

namespace snn::tool {

struct SweepOption {
  std::string name;
  std::vector<double> values; ///< in `unit`, at least one
  std::string unit;           ///< empty for numbers

  /// Fails if the unit does not have the dimension of the setting's.
  llvm::Expected<std::vector<double>> inBaseUnitsOf(const snn_setting &setting) const;
};

/// The value of the option. A range `first:last:step` includes `last` if a whole number of steps leads there.
llvm::Expected<SweepOption> parseSweep(llvm::StringRef text);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SWEEPOPTION_H
