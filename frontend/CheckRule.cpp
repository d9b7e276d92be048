// Statements of plasticity rules: who may write what in which handler, and what `modulator` declares.

#include "frontend/CheckDefinition.h"
#include "frontend/CheckDimension.h"

using namespace snn;
using llvm::StringRef;
using model::Expr;
using model::StateOwner;
using model::VariableKind;

/// `modulator D` lets the rule name any `D.x`. What is not declared as `modulator D.x: voltage` is a number, as traces are.
void DefinitionChecker::declareModulator(model::Variable &modulator) {
  auto [base, member] = StringRef(modulator.name).split('.');
  if (!member.empty()) {
    modulator.kind = VariableKind::ModulatorState;
    return;
  }
  variableScope.addMembers(base, [this, base = base.str()](StringRef name, llvm::SMRange range) -> std::optional<Value> {
    std::string path = base + "." + name.str();
    const model::Variable *known = definition.find(path);
    if (!known) {
      auto &made = definition.variables.emplace_back(std::make_unique<model::Variable>());
      made->name = path;
      made->kind = VariableKind::ModulatorState;
      made->unit = baseUnit(Dimension());
      made->index = definition.variables.size() - 1;
      made->range = range;
      known = made.get();
    }
    return context.variable(Expr::Kind::Variable, *known, range);
  });
}

Value DefinitionChecker::reportModulator(const model::Variable &modulator, llvm::SMRange range) {
  context.error(DiagnosticCode::M20, range,
                "`" + modulator.name + "` is a modulator and has no value; a state of it is `" + modulator.name + ".x`")
      .note(modulator.range, "`" + modulator.name + "` is declared here");
  return {};
}

/// Of a synapse or a rule, `on c > 1 { ... }`; of a rule, `on D { ... }`.
void DefinitionChecker::checkOtherHandler(const ast::HandlerStmt &handler) {
  if (handler.condition) {
    Value condition = expressions(true).checkTruth(*handler.condition);
    std::vector<model::Assignment> body = checkAssignments(handler.body);
    if (condition)
      definition.onCondition.push_back({condition.expr, std::move(body), handler.range});
    return;
  }
  StringRef name = handler.event.text;
  const Declared *declared = find(name);
  std::vector<model::Assignment> body = checkAssignments(handler.body);
  if (declared && declared->variable->kind == VariableKind::Modulator) {
    definition.onModulator.push_back({declared->variable, std::move(body), handler.range});
    return;
  }
  if (!declared && variableScope.incomplete)
    return fail();
  NearestName nearest(name);
  nearest.consider("pre");
  const bool isSynapse = definition.kind == model::DefinitionKind::Synapse;
  if (!isSynapse)
    nearest.consider("post");
  for (const Declared &other : variables)
    if (other.variable->kind == VariableKind::Modulator)
      nearest.consider(other.variable->name);
  Diagnostic &report = context.error(DiagnosticCode::M16, handler.event.range,
                                     "`" + definition.name + "` has no event `" + name + "`" + nearest.hint());
  if (declared)
    report.note(declared->variable->range,
                "`" + name + "` is declared here; what " +
                    (isSynapse ? "a synapse waits for is `pre`" : "a rule waits for is `pre`, `post`, a `modulator`") + " or a condition");
  else
    suggest(report, handler.event.range, nearest);
}

/// What `event` does to states that belong to one side, and that it neither releases nor delivers where nothing arrives.
void DefinitionChecker::checkRuleStatements(const std::vector<model::Assignment> &statements, StringRef event,
                                            StateOwner writer) {
  for (const model::Assignment &statement : statements) {
    if (!statement.variable && event != "pre") {
      StringRef word = statement.delivers ? "deliver" : "release";
      context.error(DiagnosticCode::M20, statement.range,
                    "`" + word + "` stands in `on pre`: it says what " +
                        (statement.delivers ? "an arriving event does" : "a spike of the source sends"));
      fail();
      continue;
    }
    StateOwner owner = statement.variable ? statement.variable->owner : StateOwner::Derived;
    if (owner == StateOwner::Derived || owner == writer)
      continue;
    context
        .error(DiagnosticCode::M21, statement.range,
               "`" + statement.variable->name + "` is one per " + (owner == StateOwner::Pre ? "source" : "target") +
                   ", and `on " + event + "` writes it")
        .note(statement.variable->range, "`" + statement.variable->name + "` is declared here");
    fail();
  }
}

/// A rule does something, and each handler only what it may.
void DefinitionChecker::checkRule() {
  auto isOfWeight = [](const model::Equation &equation) { return equation.state->kind == VariableKind::Weight; };
  if (definition.onPre.empty() && definition.onPost.empty() && definition.onModulator.empty() &&
      definition.onCondition.empty() && llvm::none_of(definition.equations, isOfWeight)) {
    context.error(DiagnosticCode::M20, syntax.name.range,
                  "plasticity `" + definition.name + "` does nothing: it has neither a handler such as `on pre` nor an equation of the weight");
    return fail();
  }
  checkRuleStatements(definition.onPre, "pre", StateOwner::Pre);
  checkRuleStatements(definition.onPost, "post", StateOwner::Post);
  for (const model::ModulatorHandler &handler : definition.onModulator)
    checkRuleStatements(handler.body, handler.modulator->name, StateOwner::Connection);
  for (const model::ConditionHandler &handler : definition.onCondition)
    checkRuleStatements(handler.body, "<condition>", StateOwner::Connection);
  const model::Assignment *delivery = nullptr;
  for (const model::Assignment &statement : definition.onPre) {
    if (statement.delivers && delivery) {
      context.error(DiagnosticCode::M20, statement.range, "an event is delivered once")
          .note(delivery->range, "the first `deliver` is here");
      fail();
    }
    if (statement.delivers)
      delivery = &statement;
  }
  auto refuse = [&](const Expr &value, llvm::function_ref<bool(const Expr &)> predicate, DiagnosticCode code,
                    StringRef message) {
    if (const Expr *found = findUse(value, predicate)) {
      context.error(code, found->range, message);
      fail();
    }
  };
  auto isNoise = [](const Expr &expr) {
    return expr.kind == Expr::Kind::RandomUniform || expr.kind == Expr::Kind::RandomNormal ||
           expr.kind == Expr::Kind::RandomPoisson || expr.kind == Expr::Kind::WhiteNoise;
  };
  auto isOld = [](const Expr &expr) { return expr.kind == Expr::Kind::Old; };
  auto isOldOfAnother = [](const Expr &expr) {
    auto isForeign = [](const Expr &part) {
      return part.kind == Expr::Kind::Variable &&
             (part.variable->kind == VariableKind::Syn || part.variable->kind == VariableKind::Pre ||
              part.variable->kind == VariableKind::ModulatorState);
    };
    return expr.kind == Expr::Kind::Old && findUse(*expr.operands[0], isForeign);
  };
  constexpr StringRef noNoise = "a random number in a plasticity rule is not supported yet";
  for (const model::Equation &equation : definition.equations) {
    refuse(*equation.value, isNoise, DiagnosticCode::P6, noNoise);
    refuse(*equation.value, isOld, DiagnosticCode::M20,
           "an equation is made of the values at the start of the step, so `old` has nothing to say in it");
  }
  for (const Handler &handler : handlersOf(definition))
    for (const model::Assignment &statement : *handler.body) {
      refuse(*statement.value, isNoise, DiagnosticCode::P6, noNoise);
      refuse(*statement.value, isOldOfAnother, DiagnosticCode::P6,
             "`old` of a variable of the source, the synapse or a modulator is not supported yet in a plasticity rule");
    }
  for (const model::ConditionHandler &handler : definition.onCondition) {
    refuse(*handler.condition, isNoise, DiagnosticCode::P6, noNoise);
    refuse(*handler.condition, isOld, DiagnosticCode::M20,
           "a condition is looked at when the step begins, so `old` has nothing to say in it");
  }
}
