#include "Pieces.h"

#include "Alternatives.h"

#include <algorithm>

using namespace snn;
using test::Contacts;
using test::Dice;
using test::Place;

/// A rule and its options, with one more for contacts that are not stored.
static Contacts maybeProcedural(const std::string &rule, const std::string &arguments) {
  const std::string plain = arguments.empty() ? "" : "(" + arguments + ")";
  const std::string other = "(" + arguments + (arguments.empty() ? "" : ", ") + "procedural = true)";
  return {rule + test::alternative("procedural", plain, other), true};
}

static std::string options(Dice &dice, bool mayForbidMultapses) {
  std::string text = dice.chance(0.3) ? ", autapses = false" : "";
  if (mayForbidMultapses && dice.chance(0.5))
    text += ", multapses = false";
  return text;
}

Contacts test::generateContacts(Dice &dice, const Place &source, const Place &target) {
  const bool haveDistance = source.hasPosition && target.hasPosition;
  const int fewest = std::min(source.size, target.size) - 1; // others than the neuron itself
  switch (dice.below(10)) {
  case 0:
    if (source.size == target.size)
      return maybeProcedural("one_to_one", "");
    [[fallthrough]];
  case 1:
    return maybeProcedural("all_to_all", dice.pick({"", "autapses = false"}));
  case 2:
  case 3:
    return maybeProcedural("bernoulli", dice.number(0.2, 0.8) + options(dice, false));
  case 4:
    if (haveDistance)
      return maybeProcedural("bernoulli", dice.number(0.4, 1) + " * " +
                                              dice.pick({"gaussian(distance, 60 um)", "exponential(distance, 80 um)"}));
    return maybeProcedural("bernoulli", dice.number(0.3, 1) + " * (1 + pre.i) / (pre.n + post.i)" +
                                            dice.pick({"", ", autapses = false"}));
  case 5: {
    const int degree = dice.between(1, std::max(1, fewest));
    return maybeProcedural("fixed_outdegree", std::to_string(degree) + options(dice, degree <= fewest));
  }
  case 6: {
    const int degree = dice.between(1, std::max(1, fewest));
    return {"fixed_indegree(" + std::to_string(degree) + options(dice, degree <= fewest) + ")"};
  }
  case 7: {
    const int total = dice.between(1, std::max(1, fewest * fewest));
    return {"fixed_total(" + std::to_string(total) + options(dice, fewest > 0) + ")"};
  }
  case 8:
    if (haveDistance)
      return {"where distance < " + dice.number(40, 120) + " um"};
    return {"where pre.i % 3 == post.i % " + dice.pick({"2", "3"})};
  default:
    return {"where pre.i != post.i and pre.i < post.n / 2"};
  }
}

std::string test::generateWeight(Dice &dice, const Place &source, const Place &target, double scale,
                                 const std::string &unit) {
  const std::string value = dice.number(0.5 * scale, scale) + " " + unit,
                    small = dice.number(0.1 * scale, 0.2 * scale) + " " + unit;
  const bool haveDistance = source.hasPosition && target.hasPosition;
  switch (dice.below(11)) {
  case 0:
    return "~ normal(" + value + ", " + small + ") keeping sign";
  case 1:
    return "~ uniform(" + small + ", " + value + ")";
  case 2:
    return "~ lognormal(" + value + ", " + small + ")";
  case 3:
    return "~ gamma(" + value + ", " + small + ") at most 2 * " + value;
  case 4:
    return "~ normal(" + value + ", " + small + ") at least " + small + " clip";
  case 5:
    return "~ weibull(" + value + ", 2)";
  case 6:
    return value + " * (1 + 0.2*pre.i/pre.n)";
  case 7:
    return value + " * (1 + 0.3*(post.i % 2))";
  case 8:
    if (haveDistance)
      return value + " * gaussian(distance, 200 um)";
    [[fallthrough]];
  case 9:
    return "strength * " + value;
  default:
    return value;
  }
}

std::string test::generateDelay(Dice &dice, const Place &source, const Place &target, bool isConstant) {
  const std::string time = dice.tenths(0.1, 2.5) + " ms";
  if (dice.chance(0.25))
    return "";
  if (isConstant || dice.chance(0.4))
    return "delay " + time;
  switch (dice.below(4)) {
  case 0:
    return "delay ~ uniform(0.1 ms, " + dice.number(0.5, 4) + " ms)";
  case 1:
    return "delay ~ normal(" + time + ", 0.4 ms) at least dt";
  case 2:
    if (source.hasPosition && target.hasPosition)
      return "delay 0.2 ms + distance / (0.1 m/s)";
    [[fallthrough]];
  default:
    return "delay " + time + " + 0.1 ms * (pre.i % 3)";
  }
}
