#include "compiler/tools/snnc/WallTime.h"

#include "llvm/ADT/StringSwitch.h"

#include <cmath>

namespace snn::tool {

std::optional<double> wallTimeUnit(llvm::StringRef text) {
  return llvm::StringSwitch<std::optional<double>>(text)
      .Case("ms", 1e-3)
      .Case("s", 1)
      .Case("min", 60)
      .Case("h", 3600)
      .Default(std::nullopt);
}

std::optional<double> parseWallTime(llvm::StringRef text) {
  llvm::StringRef digits = text.take_while([](char c) { return llvm::StringRef("0123456789.").contains(c); });
  std::optional<double> unit = wallTimeUnit(text.drop_front(digits.size()).trim());
  double number;
  if (!unit || digits.getAsDouble(number) || !(number > 0) || !std::isfinite(number))
    return std::nullopt;
  return number * *unit;
}

} // namespace snn::tool
