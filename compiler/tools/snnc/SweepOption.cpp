#include "compiler/tools/snnc/SweepOption.h"

#include "frontend/Units.h"

#include "llvm/ADT/SmallVector.h"

#include <charconv>
#include <cmath>

using llvm::StringRef;

namespace snn::tool {

static llvm::Error failure(const llvm::Twine &message) { return llvm::createStringError("`--sweep`: " + message); }

static constexpr double valuesAtMost = 100000;

/// Takes a number off the front of `text`.
static bool takeNumber(StringRef &text, double &number) {
  text = text.ltrim();
  auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc() || !std::isfinite(number))
    return false;
  text = text.drop_front(size_t(end - text.begin()));
  return true;
}

/// `10:30:5`, of which the numbers have been read.
static llvm::Error expandRange(llvm::ArrayRef<double> bounds, SweepOption &option) {
  double first = bounds[0], last = bounds[1], step = bounds[2];
  double steps = std::floor((last - first) / step + 1e-9);
  if (step == 0 || !(steps >= 0))
    return failure("no step of " + llvm::Twine(std::to_string(step)) + " leads from the first value of `" + option.name +
                   "` to the last");
  if (steps >= valuesAtMost)
    return failure("the range of `" + option.name + "` has more than 100000 values");
  option.values.clear();
  for (double k = 0; k <= steps; ++k)
    option.values.push_back(first + k * step);
  return llvm::Error::success();
}

llvm::Expected<SweepOption> parseSweep(StringRef text) {
  auto [name, values] = text.split('=');
  if (!text.contains('='))
    return failure("it takes NAME=FIRST:LAST:STEP UNIT or NAME=A,B,C UNIT, but got `" + text + "`");
  SweepOption option;
  option.name = name.trim().str();
  StringRef rest = values;
  char separator = 0;
  for (;;) {
    double number;
    if (!takeNumber(rest, number))
      return failure("a number is needed in `" + values + "`, at `" + rest + "`");
    option.values.push_back(number);
    rest = rest.ltrim();
    bool goesOn = rest.starts_with(",") || rest.starts_with(":");
    if (goesOn && separator && rest.front() != separator)
      return failure("`" + values + "` is neither a range such as `10:30:5 ms` nor a list such as `10,20,30 ms`");
    if (!goesOn)
      break;
    separator = rest.front();
    rest = rest.drop_front();
  }
  option.unit = rest.trim().str();
  if (separator != ':')
    return option;
  if (option.values.size() != 3)
    return failure("a range is FIRST:LAST:STEP, as in `10:30:5 ms`, but got `" + values + "`");
  if (llvm::Error error = expandRange(std::vector<double>(option.values), option))
    return error;
  return option;
}

llvm::Expected<std::vector<double>> SweepOption::inBaseUnitsOf(const snn_setting &setting) const {
  std::optional<Unit> given = parseUnit(unit), wanted = parseUnit(setting.unit);
  if (!given)
    return failure("`" + unit + "` is not a unit");
  if (wanted && given->dimension != wanted->dimension)
    return failure("`" + name + "` is in " + (*setting.unit ? std::string(setting.unit) : "plain numbers") + ", and `" +
                   (unit.empty() ? "a plain number" : unit) + "` does not fit");
  std::vector<double> base;
  for (double value : values)
    base.push_back(toBaseUnits(value, *given));
  return base;
}

} // namespace snn::tool
