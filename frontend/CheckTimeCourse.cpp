// Data over time: `N.I = load("i.npy", every = 0.5 ms, interpolation = linear, beyond = repeat)`.

#include "frontend/CheckData.h"
#include "frontend/CheckExpr.h"
#include "frontend/CheckFold.h"

#include "llvm/ADT/StringSwitch.h"

using namespace snn;
using llvm::StringRef;
using model::TimeCourse;

namespace {

/// The options of one `load`, each of which is given at most once.
class CourseChecker {
public:
  CourseChecker(const ast::CallExpr &load, const TimeCourse &neurons, const ScopeList &times, CheckContext &context)
      : load(load), times(times), context(context), course(neurons) {}

  std::optional<TimeCourse> check();

private:
  void checkOption(const ast::Argument &option);
  void checkEvery(const ast::Argument &option);
  StringRef choice(const ast::Argument &option);

  void reject(llvm::SMRange range, const llvm::Twine &message) {
    context.error(DiagnosticCode::X12, range, message);
    isGood = false;
  }

  const ast::CallExpr &load;
  const ScopeList &times;
  CheckContext &context;
  TimeCourse course;
  bool isGood = true;
};

} // namespace

/// The name that stands behind the `=` of an option; empty if something else does.
StringRef CourseChecker::choice(const ast::Argument &option) {
  auto *name = llvm::dyn_cast<ast::NameExpr>(option.value);
  return name ? StringRef(name->name) : StringRef();
}

void CourseChecker::checkEvery(const ast::Argument &option) {
  WeightDimension none;
  ExpressionChecker checker(context, times, none);
  Value value = checker.requireDimension(checker.checkQuantity(*option.value), *option.value, Dimension::time(),
                                         "the time from one sample to the next");
  isGood &= bool(value);
  if (!value)
    return;
  std::optional<double> time = constantValue(*value.expr);
  if (!time) {
    context.error(DiagnosticCode::C9, option.value->range, "the time from one sample to the next must be known before the run");
    isGood = false;
    return;
  }
  if (!(*time > 0))
    return reject(option.value->range, "the time from one sample to the next must be positive, and " + quoted(*option.value) + " is not");
  fixParameters(*value.expr);
  course.every = context.number(*time, Dimension::time(), option.value->range).expr;
}

void CourseChecker::checkOption(const ast::Argument &option) {
  StringRef name = option.name.text;
  if (name == "every")
    return checkEvery(option);
  if (name == "interpolation") {
    auto between = llvm::StringSwitch<std::optional<TimeCourse::Between>>(choice(option))
                       .Case("previous", TimeCourse::Between::Previous)
                       .Case("linear", TimeCourse::Between::Linear)
                       .Default(std::nullopt);
    if (!between)
      return reject(option.value->range, "an `interpolation` is `previous` or `linear`");
    course.between = *between;
    return;
  }
  if (name == "beyond") {
    auto beyond = llvm::StringSwitch<std::optional<TimeCourse::Beyond>>(choice(option))
                      .Case("hold", TimeCourse::Beyond::Hold)
                      .Case("zero", TimeCourse::Beyond::Zero)
                      .Case("repeat", TimeCourse::Beyond::Repeat)
                      .Default(std::nullopt);
    if (!beyond)
      return reject(option.value->range, "what comes `beyond` the last sample is `hold`, `zero` or `repeat`");
    course.beyond = *beyond;
    return;
  }
  NearestName nearest(name);
  for (StringRef known : {"every", "interpolation", "beyond"})
    nearest.consider(known);
  reject(option.name.range, "`load` has no option `" + name + "`" + nearest.hint());
}

std::optional<TimeCourse> CourseChecker::check() {
  const ast::Argument *other = nullptr;
  llvm::StringMap<const ast::Argument *> given;
  for (const ast::Argument &option : load.arguments) {
    if (!option.name)
      continue;
    auto [first, isNew] = given.try_emplace(option.name.text, &option);
    if (!isNew) {
      context.error(DiagnosticCode::X12, option.name.range, "`" + option.name.text + "` is given twice")
          .note(first->second->name.range, "it is given here first");
      isGood = false;
      continue;
    }
    if (option.name.text != "every")
      other = &option;
    checkOption(option);
  }
  if (other && !given.contains("every") && isGood)
    reject(other->name.range, "without `every` the array has one number per neuron, and no times to which `" + other->name.text + "` could apply");
  return isGood ? std::optional(course) : std::nullopt;
}

std::optional<TimeCourse> snn::checkCourse(const ast::CallExpr &load, const TimeCourse &neurons, const ScopeList &times,
                                           CheckContext &context) {
  return CourseChecker(load, neurons, times, context).check();
}
