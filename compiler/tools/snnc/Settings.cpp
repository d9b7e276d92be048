#include "compiler/tools/snnc/Settings.h"

#include <charconv>

using llvm::StringRef;

namespace snn::tool {

static llvm::Error failure(const llvm::Twine &message) { return llvm::createStringError("`--set`: " + message); }

llvm::Error applySettings(llvm::ArrayRef<std::string> settings, snn_simulation &simulation) {
  for (StringRef text : settings) {
    auto [name, value] = text.split('=');
    if (!text.contains('='))
      return failure("it takes NAME=VALUE, but got `" + text + "`");
    StringRef quantity = value.trim();
    double number;
    auto [end, error] = std::from_chars(quantity.begin(), quantity.end(), number);
    if (error != std::errc())
      return failure("a number is needed after `" + name + "=`, but got `" + value + "`");
    StringRef unit = quantity.drop_front(size_t(end - quantity.begin())).trim(); // `10 ms` and `10ms`
    if (snn_set(&simulation, name.trim().str().c_str(), number, unit.str().c_str()) != SNN_OK)
      return failure(snn_message(&simulation));
  }
  return llvm::Error::success();
}

} // namespace snn::tool
