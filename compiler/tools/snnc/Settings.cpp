#include "compiler/tools/snnc/Settings.h"

#include "compiler/tools/snnc/Spelling.h"
#include "compiler/tools/snnc/UnitText.h"

#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

namespace snn::tool {

static llvm::Error failure(const llvm::Twine &message) { return llvm::createStringError("`--set` " + message); }

/// Numbers inside expressions and borders of slices have names that nobody can write: "N.V#0", "N@3200".
static bool hasWritableName(const snn_setting &setting) {
  return StringRef(setting.name).find_first_of("#@") == StringRef::npos;
}

static llvm::Expected<uint32_t> findSetting(const snn_model &model, StringRef name) {
  std::vector<std::string> known;
  for (uint32_t i = 0; i < model.n_settings; ++i) {
    if (!hasWritableName(model.settings[i]))
      continue;
    if (name == model.settings[i].name)
      return i;
    known.push_back(model.settings[i].name);
  }
  std::string hint = suggestion(name, known);
  return failure("knows no value called `" + name + "`" +
                 (hint.empty() ? "; there are " + llvm::join(known, ", ") : hint));
}

/// The value in base units of `text` ("10 ms"), which must fit the dimension of `setting`.
static llvm::Expected<double> readValue(const snn_setting &setting, StringRef text) {
  StringRef digits = text.take_until([](char c) { return c == ' '; });
  StringRef unitText = text.drop_front(digits.size()).trim();
  double number;
  if (digits.getAsDouble(number))
    return failure("needs a number after `" + llvm::Twine(setting.name) + "=`, but got `" + text + "`");

  StringRef declared = setting.unit;
  if (unitText.empty()) {
    if (!declared.empty())
      return failure("needs a unit for `" + llvm::Twine(setting.name) + "`, which the model gives in " + declared);
    return number;
  }
  if (declared == "degC" || unitText == "degC") {
    if (declared != unitText)
      return failure("cannot read `" + unitText + "` for `" + llvm::Twine(setting.name) +
                     "`, which the model gives in " + (declared.empty() ? "plain numbers" : declared));
    return kelvinFromCelsius(digits);
  }
  std::optional<Unit> unit = parseUnitText(unitText);
  if (!unit)
    return failure("knows no unit `" + unitText + "`");
  std::optional<Unit> expected = parseUnitText(declared);
  Dimension dimension = expected ? expected->dimension : Dimension::number();
  if (unit->dimension != dimension)
    return failure("cannot give `" + llvm::Twine(setting.name) + "` the value `" + text + "`: it is " +
                   dimension.describe() + ", not " + unit->dimension.describe());
  return toBaseUnits(digits, *unit);
}

llvm::Error applySettings(const snn_model &model, llvm::ArrayRef<std::string> settings, snn_simulation &simulation) {
  for (StringRef text : settings) {
    auto [name, value] = text.split('=');
    if (!text.contains('='))
      return failure("takes NAME=VALUE, but got `" + text + "`");
    llvm::Expected<uint32_t> setting = findSetting(model, name.trim());
    if (!setting)
      return setting.takeError();
    llvm::Expected<double> number = readValue(model.settings[*setting], value.trim());
    if (!number)
      return number.takeError();
    if (snn_set(&simulation, *setting, *number) != SNN_OK)
      return llvm::createStringError(snn_message(&simulation));
  }
  return llvm::Error::success();
}

} // namespace snn::tool
