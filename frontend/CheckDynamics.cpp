// The statements of a definition: equations, spikes, refractoriness, handlers and results.

#include "frontend/CheckDefinition.h"

#include "llvm/ADT/DenseSet.h"

using namespace snn;
using llvm::StringRef;
using llvm::Twine;
using model::DefinitionKind;
using model::Expr;
using model::Op;
using model::VariableKind;

namespace {
/// Looks into each derived quantity once, however often it is used.
struct UseSearch {
  llvm::function_ref<bool(const Expr &)> predicate;
  llvm::DenseSet<const model::Variable *> seen;

  const Expr *find(const Expr &expr) {
    if (predicate(expr))
      return &expr;
    if (expr.kind == Expr::Kind::Variable && expr.variable->kind == VariableKind::Let)
      return expr.variable->value && seen.insert(expr.variable).second ? find(*expr.variable->value) : nullptr;
    for (const Expr *bound : {expr.modifiers.atLeast, expr.modifiers.atMost})
      if (const Expr *found = bound ? find(*bound) : nullptr)
        return found;
    for (const Expr *operand : expr.operands)
      if (const Expr *found = find(*operand))
        return found;
    return nullptr;
  }
};
} // namespace

const Expr *snn::findUse(const Expr &expr, llvm::function_ref<bool(const Expr &)> predicate) {
  return UseSearch{predicate, {}}.find(expr);
}

/// The parser has reported statements in the wrong place.
static bool belongsInto(DefinitionKind kind, ast::StmtKind stmt) {
  switch (stmt) {
  case ast::StmtKind::Spike:
  case ast::StmtKind::Refractory:
  case ast::StmtKind::Surrogate:
    return kind == DefinitionKind::Neuron;
  case ast::StmtKind::Equation:
    return kind != DefinitionKind::Output;
  case ast::StmtKind::Handler:
    return kind == DefinitionKind::Synapse || kind == DefinitionKind::Neuron || kind == DefinitionKind::Plasticity;
  case ast::StmtKind::Periodic:
    return kind == DefinitionKind::Neuron;
  case ast::StmtKind::Keep:
    return kind == DefinitionKind::Plasticity;
  case ast::StmtKind::Result:
    return kind != DefinitionKind::Neuron && kind != DefinitionKind::Plasticity;
  default:
    return stmt != ast::StmtKind::Misplaced;
  }
}

void DefinitionChecker::checkStatements() {
  unsigned errorsBefore = context.diagnostics.errorCount();
  for (const ast::Stmt *stmt : syntax.body.statements) {
    if (!belongsInto(definition.kind, stmt->kind))
      fail(); // what depends on it must not be counted as a mistake of its own
    else if (auto *equation = llvm::dyn_cast<ast::EquationStmt>(stmt))
      checkEquation(*equation);
    else if (auto *spike = llvm::dyn_cast<ast::SpikeStmt>(stmt))
      checkSpike(*spike);
    else if (auto *refractory = llvm::dyn_cast<ast::RefractoryStmt>(stmt))
      checkRefractory(*refractory);
    else if (auto *handler = llvm::dyn_cast<ast::HandlerStmt>(stmt))
      checkHandler(*handler);
    else if (auto *periodic = llvm::dyn_cast<ast::PeriodicStmt>(stmt))
      checkPeriodic(*periodic);
    else if (auto *method = llvm::dyn_cast<ast::MethodStmt>(stmt))
      checkMethod(*method);
    else if (auto *keep = llvm::dyn_cast<ast::KeepStmt>(stmt))
      checkKeep(*keep);
    else if (auto *output = llvm::dyn_cast<ast::ResultStmt>(stmt))
      checkResult(*output);
  }
  for (const ast::Stmt *stmt : syntax.body.statements) // of the spike, wherever that stands
    if (auto *surrogate = llvm::dyn_cast<ast::SurrogateStmt>(stmt); surrogate && belongsInto(definition.kind, stmt->kind))
      checkSurrogate(*surrogate);
  checkWhiteNoise();
  checkInputs();
  checkShared();
  if (context.diagnostics.errorCount() != errorsBefore)
    fail();
}

/// White noise has no value at a point in time, only an integral over it.
void DefinitionChecker::checkWhiteNoise() {
  auto isWhiteNoise = [](const Expr &expr) { return expr.kind == Expr::Kind::WhiteNoise; };
  auto refuse = [&](const Expr *expr, StringRef what) {
    if (const Expr *noise = expr ? findUse(*expr, isWhiteNoise) : nullptr)
      context.error(DiagnosticCode::M11, expr->range, what + " would need the value of white noise, which only an equation can integrate")
          .note(noise->range, "the noise is here");
  };
  auto refuseAll = [&](const std::vector<model::Assignment> &assignments) {
    for (const model::Assignment &assignment : assignments)
      refuse(assignment.value, "an assignment");
  };
  if (definition.spike) {
    refuse(definition.spike->condition, "a spike condition");
    refuse(definition.spike->threshold, "a threshold");
    refuseAll(definition.spike->reset);
  }
  if (definition.surrogate)
    refuse(definition.surrogate->argument, "a surrogate");
  if (definition.refractory)
    refuseAll(definition.refractory->atEnd);
  refuseAll(definition.onPre);
  refuseAll(definition.onStep);
  for (const model::EventHandler &handler : definition.onEvent)
    refuseAll(handler.body);
  for (const model::PeriodicUpdate &update : definition.periodic)
    refuseAll(update.body);
  refuseAll(definition.onPost);
  for (const model::ModulatorHandler &handler : definition.onModulator)
    refuseAll(handler.body);
  for (const model::ConditionHandler &handler : definition.onCondition) {
    refuse(handler.condition, "a condition");
    refuseAll(handler.body);
  }
  refuse(definition.result, "an output");
  if (definition.kind != DefinitionKind::Synapse)
    return;
  for (const model::Equation &equation : definition.equations)
    if (const Expr *noise = findUse(*equation.value, isWhiteNoise))
      context.error(DiagnosticCode::P6, noise->range, "`xi` outside a neuron is not supported yet");
}

const DefinitionChecker::Declared *DefinitionChecker::findState(const ast::Name &name, const Twine &what) {
  Declared *declared = find(name.text);
  bool isChangedWeight = declared && definition.kind == DefinitionKind::Plasticity &&
                         declared->variable->kind == VariableKind::Weight;
  if (declared && (declared->variable->kind == VariableKind::State || isChangedWeight))
    return resolve(*declared) ? declared : nullptr;
  if (declared) {
    context.error(DiagnosticCode::M3, name.range, what + " must be a state, and `" + name.text + "` is not one")
        .note(declared->variable->range, "`" + name.text + "` is declared here");
    return nullptr;
  }
  if (variableScope.incomplete || !variableScope.isFirstUnknown(name.text))
    return nullptr;
  NearestName nearest(name.text);
  variableScope.considerAll(nearest);
  Diagnostic &report = context.error(DiagnosticCode::N1, name.range, "unknown state `" + name.text + "`" + nearest.hint());
  suggest(report, name.range, nearest);
  if (const Declared *meant = find(nearest.best()))
    report.note(meant->variable->range, "`" + nearest.best() + "` is declared here");
  return nullptr;
}

void DefinitionChecker::checkEquation(const ast::EquationStmt &equation) {
  if (equation.startsGroup)
    ++group;
  const Declared *state = findState(equation.state, "what an equation describes");
  std::optional<model::Integration> integration = integrationOf(equation.method, context);
  if (!state) {
    expressions(true).checkQuantity(*equation.value); // it may have mistakes of its own
    return;
  }
  auto [first, isNew] = equationOf.try_emplace(state->variable, equation.range);
  if (!isNew) {
    context.error(DiagnosticCode::M2, equation.state.range, "`" + equation.state.text + "` has two equations")
        .note(first->second, "the first is here");
    return;
  }
  ExpressionChecker checker = expressions(true);
  Value value =
      checker.requireDimension(checker.checkQuantity(*equation.value), *equation.value,
                               state->dimension / DimensionTerm(Dimension::time()), "`" + equation.state.text + "'`");
  if (value && integration)
    definition.equations.push_back({state->variable, value.expr, *integration, group, equation.range});
}

void DefinitionChecker::checkSpike(const ast::SpikeStmt &spike) {
  if (definition.spike) {
    context.error(DiagnosticCode::M8, spike.range, "a neuron has one `spike`")
        .note(definition.spike->range, "the first is here");
    return;
  }
  ExpressionChecker checker = expressions(true);
  model::SpikeRule rule;
  rule.kind = model::SpikeRule::Kind::Level;
  rule.range = spike.range;
  rule.multiple = spike.multiple;
  Value condition;
  switch (spike.form) {
  case ast::SpikeKeyword::When:
    condition = checker.checkTruth(*spike.condition);
    break;
  case ast::SpikeKeyword::Crossing: {
    rule.kind = model::SpikeRule::Kind::Crossing;
    condition = checker.checkQuantity(*spike.condition);
    if (!condition)
      break;
    Value threshold = checker.requireDimension(checker.checkQuantity(*spike.threshold), *spike.threshold,
                                               condition.dimension, quoted(*spike.condition));
    rule.threshold = threshold.expr;
    break;
  }
  case ast::SpikeKeyword::Rate:
    rule.kind = model::SpikeRule::Kind::Rate;
    condition = checker.requireDimension(checker.checkQuantity(*spike.condition), *spike.condition,
                                         Dimension::frequency(), "a spike rate");
    break;
  }
  rule.condition = condition.expr;
  rule.reset = checkAssignments(spike.reset);
  definition.spike = std::move(rule);
}

void DefinitionChecker::checkRefractory(const ast::RefractoryStmt &refractory) {
  if (definition.refractory) {
    context.error(DiagnosticCode::M8, refractory.range, "a neuron has one `refractory`")
        .note(definition.refractory->range, "the first is here");
    return;
  }
  ExpressionChecker checker = expressions();
  Value duration = checker.requireDimension(checker.checkQuantity(*refractory.duration), *refractory.duration,
                                            Dimension::time(), "a refractory period");
  model::Refractory rule;
  rule.duration = duration.expr;
  rule.full = refractory.full;
  rule.range = refractory.range;
  for (const ast::Name &name : refractory.held) {
    const Declared *state = findState(name, "what is held");
    if (state && llvm::is_contained(rule.held, state->variable))
      context.error(DiagnosticCode::M8, name.range, "`" + name.text + "` is held twice");
    else if (state)
      rule.held.push_back(state->variable);
  }
  rule.atEnd = checkAssignments(refractory.atEnd);
  definition.refractory = std::move(rule);
}

void DefinitionChecker::checkHandler(const ast::HandlerStmt &handler) {
  if (definition.kind == DefinitionKind::Neuron)
    return checkEventHandler(handler);
  const bool isOfRule = definition.kind == DefinitionKind::Plasticity;
  if (handler.event.text != "pre" && !(isOfRule && handler.event.text == "post"))
    return checkOtherHandler(handler);
  std::vector<model::Assignment> &statements = handler.event.text == "pre" ? definition.onPre : definition.onPost;
  for (model::Assignment &assignment : checkAssignments(handler.body))
    statements.push_back(std::move(assignment));
}

void DefinitionChecker::checkMethod(const ast::MethodStmt &method) {
  if (std::optional<model::Integration> found = integrationOf(method.method, context))
    definition.integration = *found;
}

void DefinitionChecker::checkResult(const ast::ResultStmt &stmt) {
  if (definition.result) {
    context.error(DiagnosticCode::M8, stmt.range, "`" + definition.name + "` has one result")
        .note(definition.result->range, "the first is here");
    return;
  }
  Value value = expressions(/*noise=*/false, impliedStates()).checkQuantity(*stmt.value);
  definition.result = value.expr;
  result.result = value.dimension;
}

std::vector<model::Assignment> DefinitionChecker::checkAssignments(const ast::Block &block) {
  std::vector<model::Assignment> assignments;
  if (block.incomplete)
    fail();
  for (const ast::Stmt *stmt : block.statements) {
    std::optional<model::Assignment> checked;
    if (auto *assignment = llvm::dyn_cast<ast::AssignmentStmt>(stmt))
      checked = checkAssignment(*assignment);
    else if (auto *release = llvm::dyn_cast<ast::ReleaseStmt>(stmt))
      checked = checkRelease(*release);
    else if (auto *deliver = llvm::dyn_cast<ast::DeliverStmt>(stmt))
      checked = model::Assignment{nullptr, context.number(1, Dimension(), deliver->range).expr, deliver->range, /*delivers=*/true};
    if (checked)
      assignments.push_back(*checked);
  }
  return assignments;
}

std::optional<Op> snn::compoundOp(ast::AssignOp op) {
  switch (op) {
  case ast::AssignOp::Add:
    return Op::Add;
  case ast::AssignOp::Sub:
    return Op::Sub;
  case ast::AssignOp::Mul:
    return Op::Mul;
  case ast::AssignOp::Div:
    return Op::Div;
  default:
    return std::nullopt;
  }
}

std::optional<model::Assignment> DefinitionChecker::checkAssignment(const ast::AssignmentStmt &assignment) {
  if (assignment.op == ast::AssignOp::Draw) {
    fail();
    return std::nullopt; // reported by the parser
  }
  auto *target = llvm::dyn_cast<ast::NameExpr>(assignment.target);
  if (!target) {
    if (!llvm::isa<ast::ErrorExpr>(assignment.target))
      context.error(DiagnosticCode::M3, assignment.target->range, "only a state can be assigned to");
    return std::nullopt;
  }
  const Declared *state = findState({target->name, target->range}, "what is assigned to");
  ExpressionChecker checker = expressions(true);
  Value value = checker.checkQuantity(*assignment.value);
  if (!state || !value)
    return std::nullopt;
  std::optional<Op> op = compoundOp(assignment.op);
  bool scales = op == Op::Mul || op == Op::Div;
  value = checker.requireDimension(value, *assignment.value, scales ? DimensionTerm() : state->dimension,
                                   scales ? "a factor" : "`" + target->name + "`");
  if (!value)
    return std::nullopt;
  if (!op)
    return model::Assignment{state->variable, value.expr, assignment.range};
  Expr *written = context.make(Expr::Kind::Apply, assignment.range);
  written->op = *op;
  written->dimension = state->dimension.known;
  written->operands = {context.variable(Expr::Kind::Variable, *state->variable, target->range).expr, value.expr};
  return model::Assignment{state->variable, written, assignment.range};
}

void DefinitionChecker::checkCompleteness() {
  if (result.failed)
    return;
  bool ok = true;
  auto missing = [&](const Twine &message) {
    context.error(DiagnosticCode::M5, syntax.name.range, message);
    ok = false;
  };
  switch (definition.kind) {
  case DefinitionKind::Neuron:
    if (definition.refractory && !definition.spike)
      missing("`" + definition.name + "` has a refractory period but no `spike`");
    break;
  case DefinitionKind::Synapse: {
    bool isDelta = definition.equations.empty() && definition.onPre.empty() && definition.onCondition.empty();
    if (!definition.result && !isDelta)
      missing("synapse `" + definition.name + "` needs an `output`");
    else if (definition.result)
      checkWeightEntersOnce();
    break;
  }
  case DefinitionKind::Current:
    if (!definition.result)
      missing("membrane mechanism `" + definition.name + "` needs a `current = ...`");
    break;
  case DefinitionKind::Output: {
    auto isInput = [](const auto &variable) { return variable->kind == VariableKind::Input; };
    if (llvm::count_if(definition.variables, isInput) != 1)
      missing("output `" + definition.name + "` needs one `input`: what the synapse hands over");
    if (!definition.result)
      missing("output `" + definition.name + "` needs a `current = ...`");
    break;
  }
  case DefinitionKind::Plasticity:
    checkRule();
    break;
  }
  if (!ok)
    fail();
}

void DefinitionChecker::checkWeightEntersOnce() {
  auto isWeight = [](const Expr &expr) {
    return expr.kind == Expr::Kind::Variable && expr.variable->kind == VariableKind::Weight;
  };
  const model::Variable *weight = nullptr;
  for (const auto &variable : definition.variables)
    if (variable->kind == VariableKind::Weight)
      weight = variable.get();
  const Expr *inHandler = nullptr;
  for (const model::Assignment &assignment : definition.onPre)
    if (!inHandler)
      inHandler = findUse(*assignment.value, isWeight);
  for (const model::ConditionHandler &handler : definition.onCondition) {
    const Expr *inCondition = findUse(*handler.condition, isWeight);
    for (const model::Assignment &assignment : handler.body)
      inCondition = inCondition ? inCondition : findUse(*assignment.value, isWeight);
    if (!inCondition)
      continue;
    context.error(DiagnosticCode::M4, inCondition->range,
                  "the weight enters in `on pre` or in `output`, not where a condition comes to hold");
    return fail();
  }
  const Expr *inOutput = findUse(*definition.result, isWeight);
  const Expr *inEquation = nullptr;
  for (const model::Equation &equation : definition.equations)
    if (!inEquation)
      inEquation = findUse(*equation.value, isWeight);

  if (inEquation)
    context.error(DiagnosticCode::M4, inEquation->range,
                  "the weight enters in `on pre` or in `output`, not in an equation");
  else if (inHandler && inOutput)
    context.error(DiagnosticCode::M4, inOutput->range, "the weight enters twice")
        .note(inHandler->range, "it has entered in `on pre` already");
  else if (weight && !inHandler && !inOutput)
    context.error(DiagnosticCode::M4, weight->range,
                  "the weight `" + weight->name + "` enters neither in `on pre` nor in `output`");
  else
    return;
  fail();
}
