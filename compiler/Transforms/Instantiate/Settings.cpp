#include "compiler/Transforms/Instantiate/Settings.h"

using namespace mlir;

namespace snn {

Spelling spellingOf(ir::VariableOp variable) {
  return {variable.getUnit().str(), variable.getScale().convertToDouble(), variable.getDocumentation().str()};
}

Spelling spellingOf(ir::ParameterOp parameter) {
  return {parameter.getUnit().str(), parameter.getScale().convertToDouble(), parameter.getDocumentation().str()};
}

std::string Settings::nameOf(ir::ParameterOp parameter) {
  StringRef name = parameter.getName();
  return name == "dt" || name == "duration" ? "param " + name.str() : name.str();
}

FlatSymbolRefAttr Settings::get(StringRef name, double value, const Spelling &spelling, std::optional<Location> origin) {
  FlatSymbolRefAttr &reference = known[name];
  if (reference)
    return reference;
  OpBuilder builder(program.getContext());
  if (last)
    builder.setInsertionPointAfter(last);
  else
    builder.setInsertionPointToStart(&program.getBody().front());
  last = ir::SettingOp::create(builder, origin.value_or(program.getLoc()), name, llvm::APFloat(value), spelling.unit,
                               llvm::APFloat(spelling.scale), spelling.documentation);
  return reference = FlatSymbolRefAttr::get(program.getContext(), name);
}

FlatSymbolRefAttr Settings::border(StringRef population, int64_t value, int64_t size) {
  if (value == size)
    return get(sizeOf(population), static_cast<double>(size));
  return get((population + "@" + Twine(value)).str(), static_cast<double>(value));
}

} // namespace snn
