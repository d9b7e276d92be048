#include "compiler/Transforms/Instantiate/Settings.h"

using namespace mlir;

namespace snn {

FlatSymbolRefAttr Settings::get(StringRef name, double value, StringRef unit, double scale,
                                std::optional<Location> origin) {
  FlatSymbolRefAttr &reference = known[name];
  if (reference)
    return reference;
  OpBuilder builder(program.getContext());
  if (last)
    builder.setInsertionPointAfter(last);
  else
    builder.setInsertionPointToStart(&program.getBody().front());
  last = ir::SettingOp::create(builder, origin.value_or(program.getLoc()), name, llvm::APFloat(value), unit, llvm::APFloat(scale));
  return reference = FlatSymbolRefAttr::get(program.getContext(), name);
}

FlatSymbolRefAttr Settings::border(StringRef population, int64_t value, int64_t size) {
  if (value == size)
    return get(sizeOf(population), static_cast<double>(size));
  return get((population + "@" + Twine(value)).str(), static_cast<double>(value));
}

} // namespace snn
