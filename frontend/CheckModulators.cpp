// What plasticity rules look at besides the joined neurons: modulators, states of the synapse, and the share of the delay.

#include "frontend/CheckProjection.h"

using namespace snn;
using llvm::StringRef;
using model::Expr;
using model::VariableKind;

/// `modulator D = DA`: once per name, and for some rule.
bool ProjectionChecker::checkModulators() {
  bool good = true;
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *clause = llvm::dyn_cast<ast::ClauseStmt>(stmt);
    if (!clause || clause->keyword != ast::ClauseKeyword::Modulator)
      continue;
    StringRef name = clause->name.text;
    std::optional<model::Group> group = names.group(*clause->value);
    if (!group) {
      good = false;
      continue;
    }
    auto isSame = [&](const model::ModulatorBinding &other) { return other.name == name; };
    if (auto other = llvm::find_if(projection->modulators, isSame); other != projection->modulators.end()) {
      context.error(DiagnosticCode::C20, clause->range, "modulator `" + name + "` is given twice for this projection")
          .note(other->range, "it is given here first");
      good = false;
      continue;
    }
    bool isWanted = llvm::any_of(rules, [&](const RuleClause &rule) {
      return llvm::any_of(rule.rule->definition->variables, [&](const auto &variable) {
        bool isModulator = variable->kind == VariableKind::Modulator || variable->kind == VariableKind::ModulatorState;
        return isModulator && StringRef(variable->name).split('.').first == name;
      });
    });
    if (!isWanted) {
      context.error(DiagnosticCode::C20, clause->name.range, "no rule of this projection has a modulator `" + name + "`");
      good = false;
      continue;
    }
    projection->modulators.push_back({name.str(), *group, clause->range});
  }
  return good;
}

bool ProjectionChecker::checkSeenByRule(const model::Definition &rule, llvm::SMRange range) {
  bool good = true;
  for (const auto &variable : rule.variables) {
    if (variable->kind == VariableKind::Syn)
      good &= checkSynapseState(*variable, rule, range);
    if (variable->kind == VariableKind::Pre || variable->kind == VariableKind::Post)
      good &= checkReadOfNeuron(*variable, rule, range);
    if (variable->kind == VariableKind::Modulator || variable->kind == VariableKind::ModulatorState)
      good &= checkModulator(*variable, rule, range);
  }
  return good;
}

/// What a rule reads of a neuron is there at any time: a state or a parameter.
bool ProjectionChecker::checkReadOfNeuron(const model::Variable &variable, const model::Definition &rule, llvm::SMRange range) {
  bool isPre = variable.kind == VariableKind::Pre;
  const model::Definition &neuron = *(isPre ? projection->source : projection->target).population->model.definition;
  const model::Variable *read = neuron.find(joinedName(variable));
  if (!read || read->kind == VariableKind::State || read->kind == VariableKind::Parameter)
    return true;
  context.error(DiagnosticCode::C20, range,
                "`" + rule.name + "` reads `" + variable.name + "`, which is neither a state nor a parameter of `" + neuron.name + "`")
      .note(variable.range, "`" + variable.name + "` is declared here");
  return false;
}

bool ProjectionChecker::checkSynapseState(const model::Variable &variable, const model::Definition &rule,
                                          llvm::SMRange range) {
  auto reject = [&](const llvm::Twine &message) {
    context.error(DiagnosticCode::C20, range, "`" + rule.name + "` reads `" + variable.name + "` of the synapse, " + message)
        .note(variable.range, "`" + variable.name + "` is declared here");
    return false;
  };
  if (!synapse)
    return reject("but the projection has no `synapse`");
  const model::Variable *state = synapse->definition->find(variable.name);
  if (!state || state->kind != VariableKind::State)
    return reject("but `" + synapse->definition->name + "` has no state of that name");
  auto here = [&](const model::Variable &v) {
    return DimensionTerm{v.dimension, v.weightPower}.with(projection->weightDimension);
  };
  if (here(*state) != here(variable))
    return reject(here(variable).describe() + ", but in `" + synapse->definition->name + "` it is " + here(*state).describe());
  return true;
}

bool ProjectionChecker::checkModulator(const model::Variable &variable, const model::Definition &rule, llvm::SMRange range) {
  auto [base, member] = StringRef(variable.name).split('.');
  auto binding = llvm::find_if(projection->modulators, [&, base = base](const model::ModulatorBinding &m) { return m.name == base; });
  if (binding == projection->modulators.end()) {
    if (variable.kind == VariableKind::ModulatorState && rule.find(base))
      return false; // told of the modulator itself
    context.error(DiagnosticCode::C20, range,
                  "`" + rule.name + "` needs to know who its modulator `" + base + "` is; say so by `modulator " + base + " = GROUP`")
        .note(variable.range, "`" + base + "` is declared here");
    return false;
  }
  const model::Definition &neuron = *binding->group.population->model.definition;
  auto reject = [&](const llvm::Twine &message) {
    context.error(DiagnosticCode::C20, binding->range, message).note(variable.range, "`" + variable.name + "` is declared here");
    return false;
  };
  if (!definitions.isSound(neuron))
    return true;
  if (variable.kind == VariableKind::Modulator) {
    bool waits = llvm::any_of(rule.onModulator, [&](const model::ModulatorHandler &h) { return h.modulator == &variable; });
    return !waits || neuron.spike || reject("`" + rule.name + "` waits for spikes of `" + base + "`, but `" + neuron.name + "` never spikes");
  }
  const model::Variable *state = neuron.find(member);
  if (!state || state->kind != VariableKind::State)
    return reject("`" + rule.name + "` reads `" + variable.name + "`, but `" + neuron.name + "` has no state `" + member + "`");
  if (state->dimension != variable.dimension)
    return reject("`" + rule.name + "` reads `" + variable.name + "`, " + variable.dimension.describe() + ", but in `" +
                  neuron.name + "` it is " + state->dimension.describe());
  uint64_t size = binding->group.end - binding->group.begin;
  return size == 1 || reject("`" + variable.name + "` is the state of one neuron, but the modulator has " + llvm::Twine(size));
}

void ProjectionChecker::checkDelayShare() {
  const ast::ClauseStmt *delay = clause(ast::ClauseKeyword::Delay);
  if (delay->share.text == "dendritic")
    projection->delayShare = model::DelayShare::Dendritic;
}

bool ProjectionChecker::checkOneOfEach() {
  bool good = true;
  auto once = [&](llvm::function_ref<bool(const model::Definition &)> does, StringRef what) {
    const RuleClause *first = nullptr;
    for (const RuleClause &clause : rules) {
      if (!does(*clause.rule->definition))
        continue;
      if (first) {
        context.error(DiagnosticCode::C20, clause.range, what + " in two rules").note(first->range, "the first is here");
        good = false;
      }
      first = first ? first : &clause;
    }
  };
  once([](const model::Definition &rule) {
    return llvm::any_of(rule.onPre, [](const model::Assignment &statement) { return statement.delivers; });
  }, "an event is delivered once, and there is a `deliver`");
  once([](const model::Definition &rule) {
    return llvm::any_of(rule.equations, [](const model::Equation &e) { return e.state->kind == VariableKind::Weight; });
  }, "the weight has one equation, and there is one");
  return good;
}
