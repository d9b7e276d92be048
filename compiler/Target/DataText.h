// How generated code names an array to the runtime's service `data` (abi.h).

#ifndef SNN_COMPILER_TARGET_DATATEXT_H
#define SNN_COMPILER_TARGET_DATATEXT_H

#include "dialects/snn/SnnDialect.h"

namespace snn {

/// Path, data set, unit and shape, a line each.
inline std::string dataText(llvm::StringRef path, llvm::StringRef dataSet, llvm::StringRef unit = "",
                            std::optional<llvm::ArrayRef<int64_t>> shape = std::nullopt) {
  std::string text = (path + "\n" + dataSet + "\n" + unit + "\n").str();
  for (int64_t extent : shape.value_or(llvm::ArrayRef<int64_t>()))
    text += std::to_string(extent) + " ";
  return text;
}

} // namespace snn

#endif // SNN_COMPILER_TARGET_DATATEXT_H
