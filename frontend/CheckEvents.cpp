// Handlers of a neuron: `on ex`, `on step`, `every`; its event inputs and shared states.

#include "frontend/CheckDefinition.h"
#include "frontend/CheckFold.h"

#include <algorithm>

using namespace snn;
using llvm::StringRef;
using llvm::Twine;
using model::Expr;
using model::Op;
using model::VariableKind;

void DefinitionChecker::checkPeriodic(const ast::PeriodicStmt &periodic) {
  ExpressionChecker checker = expressions();
  Value period = checker.requireDimension(checker.checkQuantity(*periodic.period), *periodic.period, Dimension::time(),
                                          "the period of `every`");
  auto varies = [](const Expr &expr) { return expr.kind == Expr::Kind::Time || (expr.variable && expr.variable->kind != VariableKind::Parameter && expr.variable->kind != VariableKind::Constant && expr.variable->kind != VariableKind::Let); };
  if (const Expr *found = period ? findUse(*period.expr, varies) : nullptr) {
    context.error(DiagnosticCode::M7, found->range, "the period of `every` cannot change in time");
    return;
  }
  std::optional<double> constant = period ? constantValue(*period.expr) : std::nullopt;
  if (constant && !(*constant > 0)) {
    context.error(DiagnosticCode::M13, periodic.period->range, "the period of `every` must be positive");
    return;
  }
  std::vector<model::Assignment> body = checkAssignments(periodic.body);
  if (period)
    definition.periodic.push_back({period.expr, std::move(body), periodic.range});
}

//===-- Event inputs --------------------------------------------------------------------------------------------------===//

namespace {
/// How a value depends on the weight of an event. `BySign`: it is proportional to positive weights and to negative ones, but not
/// by the same factor, as `max(ex, 0)` is.
enum class Dependence { Free, Proportional, BySign, Other };
} // namespace

static bool isZero(const Expr &expr) { return expr.kind == Expr::Kind::Number && expr.number == 0; }

static bool isComparison(const Expr &expr) {
  return expr.kind == Expr::Kind::Apply && (expr.op == Op::Less || expr.op == Op::LessEqual || expr.op == Op::Greater || expr.op == Op::GreaterEqual);
}

static Dependence dependenceOn(const Expr &expr, const model::Variable &input) {
  auto isInput = [&](const Expr &e) { return e.kind == Expr::Kind::Variable && e.variable == &input; };
  if (!findUse(expr, isInput))
    return Dependence::Free;
  if (expr.kind == Expr::Kind::Variable)
    return expr.variable == &input ? Dependence::Proportional : dependenceOn(*expr.variable->value, input);
  if (expr.kind != Expr::Kind::Apply)
    return Dependence::Other;
  auto of = [&](const Expr &operand) { return isZero(operand) ? Dependence::Proportional : dependenceOn(operand, input); };
  auto isScaled = [&](Dependence dependence) { return dependence == Dependence::Proportional || dependence == Dependence::BySign; };
  // The worse of two scaled operands.
  auto together = [&](const Expr &left, const Expr &right, Dependence atBest) {
    Dependence a = of(left), b = of(right);
    return isScaled(a) && isScaled(b) ? std::max({a, b, atBest}) : Dependence::Other;
  };
  const auto &operands = expr.operands;
  switch (expr.op) {
  case Op::Neg:
    return of(*operands[0]);
  case Op::Abs:
    return isScaled(of(*operands[0])) ? Dependence::BySign : Dependence::Other;
  case Op::Add:
  case Op::Sub:
    return together(*operands[0], *operands[1], Dependence::Proportional);
  case Op::Min:
  case Op::Max:
    return together(*operands[0], *operands[1], Dependence::BySign);
  case Op::Mul: {
    Dependence a = dependenceOn(*operands[0], input), b = dependenceOn(*operands[1], input);
    return a == Dependence::Free ? b : b == Dependence::Free ? a : Dependence::Other;
  }
  case Op::Div:
    return dependenceOn(*operands[1], input) == Dependence::Free ? of(*operands[0]) : Dependence::Other;
  case Op::Select: {
    const Expr &condition = *operands[0];
    if (dependenceOn(condition, input) == Dependence::Free)
      return together(*operands[1], *operands[2], Dependence::Proportional);
    // Which of two scaled values is larger is decided by the sign alone.
    bool bySign = isComparison(condition) && isScaled(of(*condition.operands[0])) && isScaled(of(*condition.operands[1]));
    return bySign ? together(*operands[1], *operands[2], Dependence::BySign) : Dependence::Other;
  }
  default:
    return Dependence::Other;
  }
}

/// What the handler adds to the state, for `x += amount` and `x -= amount`; else null.
static const Expr *amountOf(const model::Assignment &assignment) {
  const Expr &value = *assignment.value;
  bool isSum = value.kind == Expr::Kind::Apply && (value.op == Op::Add || value.op == Op::Sub);
  bool keepsState = isSum && value.operands[0]->kind == Expr::Kind::Variable &&
                    value.operands[0]->variable == assignment.variable;
  return keepsState ? value.operands[1] : nullptr;
}

/// The events of a step reach a neuron as the sum of their weights, or as the sums of the positive and of the negative ones, so what they
/// do must add up in the same way.
static bool addsUp(model::EventHandler &handler, CheckContext &context) {
  for (const model::Assignment &assignment : handler.body) {
    const Expr *amount = amountOf(assignment);
    auto isAssigned = [&](const Expr &expr) {
      return expr.kind == Expr::Kind::Variable && llvm::any_of(handler.body, [&](const model::Assignment &other) {
        return other.variable == expr.variable;
      });
    };
    Dependence dependence = amount ? dependenceOn(*amount, *handler.input) : Dependence::Other;
    handler.bySign |= dependence == Dependence::BySign;
    if ((dependence == Dependence::Proportional || dependence == Dependence::BySign) && !findUse(*amount, isAssigned))
      continue;
    context.error(DiagnosticCode::M15, assignment.range,
                  "events of one step are summed, so each may only add something proportional to `" + handler.input->name +
                      "` to a state")
        .note(handler.input->range, "`" + handler.input->name + "` is declared here");
    return false;
  }
  return true;
}

void DefinitionChecker::checkEventHandler(const ast::HandlerStmt &handler) {
  StringRef name = handler.event.text;
  Declared *declared = find(name);
  if (!declared && name == "step") {
    if (!definition.onStep.empty())
      context.error(DiagnosticCode::M8, handler.range, "a neuron has one `on step`")
          .note(definition.onStep.front().range, "the first is here");
    definition.onStep = checkAssignments(handler.body);
    return;
  }
  if (declared && (declared->state == Declared::Failed || declared->syntax->faulty))
    return fail(); // it may be meant to be one
  if (!declared || !declared->variable->isEvent) {
    if (!declared && variableScope.incomplete)
      return fail();
    NearestName nearest(name);
    nearest.consider("step");
    for (const Declared &other : variables)
      if (other.variable->isEvent)
        nearest.consider(other.variable->name);
    Diagnostic &report = context.error(DiagnosticCode::M16, handler.event.range,
                                       "`" + definition.name + "` has no event `" + name + "`" + nearest.hint());
    if (declared)
      report.note(declared->variable->range, "`" + name + "` is declared here; an input of events is declared as `input " + name + ": event ...`");
    else
      suggest(report, handler.event.range, nearest);
    return;
  }
  for (const model::EventHandler &other : definition.onEvent)
    if (other.input == declared->variable) {
      context.error(DiagnosticCode::M8, handler.range, "`on " + name + "` is given twice")
          .note(other.range, "the first is here");
      return;
    }
  unsigned before = context.diagnostics.errorCount();
  model::EventHandler checked{declared->variable, checkAssignments(handler.body), handler.range};
  if (context.diagnostics.errorCount() == before && !addsUp(checked, context))
    return;
  definition.onEvent.push_back(std::move(checked));
}

/// An input of events needs a handler, and has a value nowhere else. `at` names a state.
void DefinitionChecker::checkInputs() {
  for (Declared &declared : variables) {
    model::Variable &variable = *declared.variable;
    if (declared.syntax->readsAt)
      if (const Declared *state = findState(declared.syntax->readsAt, "what is read as the voltage"))
        variable.readsAt = state->variable;
    if (!variable.isEvent || declared.state != Declared::Done)
      continue;
    auto isHandler = [&](const ast::Stmt *stmt) {
      auto *handler = llvm::dyn_cast<ast::HandlerStmt>(stmt);
      return handler && handler->event.text == variable.name;
    };
    if (llvm::none_of(syntax.body.statements, isHandler) && !syntax.body.incomplete)
      context.error(DiagnosticCode::M5, variable.range,
                    "`" + variable.name + "` receives events, so it needs an `on " + variable.name + " { ... }`");
  }
  auto isEvent = [](const Expr &expr) { return expr.kind == Expr::Kind::Variable && expr.variable->isEvent; };
  auto refuse = [&](const Expr *expr) {
    if (const Expr *found = expr ? findUse(*expr, isEvent) : nullptr)
      context.error(DiagnosticCode::M16, found->range,
                    "`" + found->variable->name + "` is the weight of an event, which only its `on " + found->variable->name +
                        "` knows");
  };
  for (const model::Equation &equation : definition.equations)
    refuse(equation.value);
  if (definition.spike) {
    refuse(definition.spike->condition);
    refuse(definition.spike->threshold);
  }
  for (const Handler &handler : handlersOf(definition))
    for (const model::Assignment &assignment : *handler.body)
      if (!handler.input)
        refuse(assignment.value);
}

std::vector<Handler> snn::handlersOf(const model::Definition &definition) {
  std::vector<Handler> handlers = {{&definition.onPre}, {&definition.onPost}, {&definition.onStep}};
  for (const model::EventHandler &handler : definition.onEvent)
    handlers.push_back({&handler.body, handler.input});
  for (const model::ModulatorHandler &handler : definition.onModulator)
    handlers.push_back({&handler.body});
  for (const model::ConditionHandler &handler : definition.onCondition)
    handlers.push_back({&handler.body});
  for (const model::PeriodicUpdate &update : definition.periodic)
    handlers.push_back({&update.body});
  if (definition.spike)
    handlers.push_back({&definition.spike->reset, nullptr, /*perNeuron=*/true});
  if (definition.refractory)
    handlers.push_back({&definition.refractory->atEnd, nullptr, /*perNeuron=*/true});
  for (Handler &handler : handlers)
    handler.perNeuron |= handler.input != nullptr;
  return handlers;
}

//===-- Shared states -------------------------------------------------------------------------------------------------===//

/// Why a state that all neurons share cannot depend on `expr`, or nothing.
static StringRef ownedByNeuron(const Expr &expr) {
  if (expr.kind == Expr::Kind::Index)
    return "the index of a neuron";
  if (expr.kind == Expr::Kind::SinceSpike)
    return "the spikes of a neuron";
  if (expr.kind == Expr::Kind::Data)
    return "data of single neurons";
  if (expr.kind != Expr::Kind::Variable)
    return "";
  if (expr.variable->kind == VariableKind::Input)
    return "an input";
  return expr.variable->kind == VariableKind::State && !expr.variable->isShared ? "a state of single neurons" : "";
}

void DefinitionChecker::checkShared(const Expr *value, const Twine &what) {
  auto isOwned = [](const Expr &expr) { return !ownedByNeuron(expr).empty(); };
  if (const Expr *found = value ? findUse(*value, isOwned) : nullptr)
    context.error(DiagnosticCode::M14, value->range,
                  what + " has one value for all neurons, so it cannot depend on " + ownedByNeuron(*found) +
                      (found->variable ? " such as `" + found->variable->name + "`" : std::string()))
        .note(found->range, "the dependence is here");
}

void DefinitionChecker::checkShared() {
  for (const auto &variable : definition.variables)
    if (variable->isShared)
      checkShared(variable->value, "`" + variable->name + "`");
  for (const model::Equation &equation : definition.equations)
    if (equation.state->isShared)
      checkShared(equation.value, "`" + equation.state->name + "`");
  for (const Handler &handler : handlersOf(definition))
    for (const model::Assignment &assignment : *handler.body) {
      if (!assignment.variable || !assignment.variable->isShared) // a `release` assigns to nothing
        continue;
      if (handler.perNeuron)
        context.error(DiagnosticCode::M14, assignment.range,
                      "`" + assignment.variable->name + "` has one value for all neurons, so nothing that happens to one of them can change it")
            .note(assignment.variable->range, "it is declared here");
      else
        checkShared(assignment.value, "`" + assignment.variable->name + "`");
    }
}
