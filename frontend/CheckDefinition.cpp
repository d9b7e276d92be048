#include "frontend/CheckDefinition.h"
#include "frontend/CheckBounds.h"
#include "frontend/CheckCycles.h"

using namespace snn;
using ast::VariableKeyword;
using llvm::SMRange;
using llvm::StringRef;
using model::DefinitionKind;
using model::Expr;
using model::VariableKind;

static VariableKind kindOf(VariableKeyword keyword) {
  switch (keyword) {
  case VariableKeyword::Param:
    return VariableKind::Parameter;
  case VariableKeyword::Const:
    return VariableKind::Constant;
  case VariableKeyword::State:
  case VariableKeyword::PreState:
  case VariableKeyword::PostState:
    return VariableKind::State;
  case VariableKeyword::Input:
    return VariableKind::Input;
  case VariableKeyword::Let:
    return VariableKind::Let;
  case VariableKeyword::Weight:
    return VariableKind::Weight;
  case VariableKeyword::Pre:
    return VariableKind::Pre;
  case VariableKeyword::Post:
    return VariableKind::Post;
  case VariableKeyword::Syn:
    return VariableKind::Syn;
  case VariableKeyword::Modulator:
    return VariableKind::Modulator;
  }
  llvm_unreachable("every keyword is listed");
}

static model::StateOwner ownerOf(VariableKeyword keyword) {
  switch (keyword) {
  case VariableKeyword::PreState:
    return model::StateOwner::Pre;
  case VariableKeyword::PostState:
    return model::StateOwner::Post;
  default:
    return model::StateOwner::Derived;
  }
}

DefinitionChecker::DefinitionChecker(CheckContext &context, const ast::DefinitionStmt &syntax,
                                     const Overrides &overrides, CheckedDefinition &result)
    : context(context), syntax(syntax), overrides(overrides), result(result), definition(*result.definition),
      implied(definition, context) {
  simulationScope.add("t",
                      [&](SMRange range) { return context.simulation(Expr::Kind::Time, Dimension::time(), range); });
  simulationScope.add("dt",
                      [&](SMRange range) { return context.simulation(Expr::Kind::Step, Dimension::time(), range); });
  if (definition.kind != DefinitionKind::Neuron)
    return;
  simulationScope.add("i",
                      [&](SMRange range) { return context.simulation(Expr::Kind::Index, Dimension::number(), range); });
  simulationScope.add("n",
                      [&](SMRange range) { return context.simulation(Expr::Kind::Count, Dimension::number(), range); });
}

void DefinitionChecker::run() {
  variableScope.incomplete = syntax.body.lacksNames;
  const char *begin = syntax.body.range.Start.getPointer();
  variableScope.text = StringRef(begin, syntax.body.range.End.getPointer() - begin);
  if (syntax.body.incomplete || syntax.faulty)
    fail();
  declareVariables();
  for (Declared &declared : variables)
    resolve(declared);
  for (Declared &declared : variables)
    if (declared.state == Declared::Done)
      finishValue(declared);
  applyOverrides();
  for (Declared &declared : variables)
    if (declared.state == Declared::Done)
      finishBounds(declared);
  if (!checkChains())
    return;
  checkDependencies();
  checkStatements();
  for (Declared &declared : variables)
    if (declared.state == Declared::Done) {
      DimensionTerm dimension = result.weight.resolve(declared.dimension);
      declared.variable->dimension = dimension.known;
      declared.variable->weightPower = dimension.weightPower;
    }
  if (llvm::any_of(variables, [](const Declared &declared) { return declared.state == Declared::Failed; }))
    fail();
  checkInitialisation();
  checkCompleteness();
  implied.complete();
}

DefinitionChecker::Declared *DefinitionChecker::find(StringRef name) {
  auto found = indexOf.find(name);
  return found == indexOf.end() ? nullptr : &variables[found->second];
}

ExpressionChecker DefinitionChecker::expressions(bool noise, ImpliedStates *since) {
  bool isOfNeuron = definition.kind == DefinitionKind::Neuron || definition.kind == DefinitionKind::Current;
  bool isRule = definition.kind == DefinitionKind::Plasticity;
  return ExpressionChecker(context, {&variableScope, &simulationScope, &context.constants()}, result.weight,
                           {noise, noise && (isOfNeuron || isRule), isOfNeuron, noise ? impliedStates() : since});
}

ImpliedStates *DefinitionChecker::impliedStates() {
  bool isTold = definition.kind == DefinitionKind::Synapse || definition.kind == DefinitionKind::Plasticity;
  return isTold ? &implied : nullptr;
}

/// The parser has reported what does not belong into a definition of this kind; it is kept out of everything else.
static bool belongsInto(DefinitionKind kind, VariableKeyword keyword) {
  switch (keyword) {
  case VariableKeyword::Weight:
    return kind == DefinitionKind::Synapse || kind == DefinitionKind::Plasticity;
  case VariableKeyword::PreState:
  case VariableKeyword::PostState:
  case VariableKeyword::Syn:
  case VariableKeyword::Modulator:
    return kind == DefinitionKind::Plasticity;
  case VariableKeyword::Pre:
  case VariableKeyword::Post:
    return kind != DefinitionKind::Neuron && (keyword == VariableKeyword::Post || kind != DefinitionKind::Current);
  case VariableKeyword::Input:
    return kind == DefinitionKind::Neuron || kind == DefinitionKind::Output;
  case VariableKeyword::State:
    return kind != DefinitionKind::Output;
  default:
    return true;
  }
}

/// What a model costs to check and to compile grows faster than its number of variables.
static constexpr size_t mostVariables = 10000;

/// The names that are read at both ends of a connection: `pre V` and `post V`.
static llvm::StringSet<> namesAtBothEnds(const ast::Block &body) {
  llvm::StringSet<> pre, both;
  auto forEach = [&](VariableKeyword keyword, auto visit) {
    for (const ast::Stmt *stmt : body.statements)
      if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt); variable && variable->keyword == keyword)
        visit(variable->name.text);
  };
  forEach(VariableKeyword::Pre, [&](StringRef name) { pre.insert(name); });
  forEach(VariableKeyword::Post, [&](StringRef name) {
    if (pre.contains(name))
      both.insert(name);
  });
  return both;
}

void DefinitionChecker::declareVariables() {
  llvm::StringSet<> atBothEnds = namesAtBothEnds(syntax.body);
  auto nameOf = [&](const ast::VariableStmt &variable) {
    bool isEnd = variable.keyword == VariableKeyword::Pre || variable.keyword == VariableKeyword::Post;
    StringRef end = variable.keyword == VariableKeyword::Pre ? "pre." : "post.";
    return (isEnd && atBothEnds.contains(variable.name.text) ? end.str() : std::string()) + variable.name.text.str();
  };
  for (const ast::Stmt *stmt : syntax.body.statements) {
    auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
    if (!variable)
      continue;
    auto [entry, isNew] = indexOf.try_emplace(nameOf(*variable), variables.size());
    if (!isNew && variable->faulty) {
      fail(); // it need not be a declaration
      continue;
    }
    if (!isNew) {
      context.error(DiagnosticCode::N2, variable->name.range, "`" + variable->name.text + "` is declared twice")
          .note(variables[entry->second].variable->range, "it is declared here first");
      fail();
      continue;
    }
    if (variables.size() == mostVariables) {
      context.error(DiagnosticCode::M12, variable->name.range,
                    "`" + definition.name + "` has more than " + llvm::Twine(mostVariables) + " variables");
      indexOf.erase(entry);
      variableScope.incomplete = true; // whatever the others are called
      return fail();
    }
    auto &made = definition.variables.emplace_back(std::make_unique<model::Variable>());
    made->name = nameOf(*variable);
    made->kind = kindOf(variable->keyword);
    if (made->kind == VariableKind::Modulator)
      declareModulator(*made);
    made->owner = ownerOf(variable->keyword);
    made->documentation = variable->documentation.str();
    made->index = variables.size();
    made->isEvent = variable->isEvent && definition.kind == DefinitionKind::Neuron;
    made->isShared = variable->isShared;
    made->range = variable->name.range;
    variables.emplace_back(variable, made.get());
    if (!belongsInto(definition.kind, variable->keyword))
      variables.back().state = Declared::Failed;
    if (made->kind == VariableKind::Weight ||
        (made->kind == VariableKind::Input && definition.kind == DefinitionKind::Output))
      result.weight.name = made->name;
  }
  for (const auto &entry : atBothEnds)
    if (std::string name = entry.first().str(); !find(name))
      variableScope.add(name, [this, name](SMRange range) {
        context.error(DiagnosticCode::N1, range,
                      "`" + name + "` is ambiguous between two neurons: write `pre." + name + "` or `post." + name + "`");
        return Value();
      });
  for (unsigned index = 0; index < variables.size(); ++index)
    variableScope.add(variables[index].variable->name, [this, index](SMRange range) -> Value {
      Declared &declared = variables[index];
      if (!resolve(declared))
        return {};
      if (declared.variable->kind == VariableKind::Modulator)
        return reportModulator(*declared.variable, range);
      Value value = context.variable(Expr::Kind::Variable, *declared.variable, range);
      value.dimension = result.weight.resolve(declared.dimension);
      value.height = std::max(value.height, declared.value.height);
      return value;
    }, variables[index].variable->range);
}

/// Why a parameter or an initial value cannot depend on `expr`, or nothing if it can.
static std::string obstacle(const Expr &expr, bool forState, DefinitionKind kind) {
  switch (expr.kind) {
  case Expr::Kind::Variable:
    switch (expr.variable->kind) {
    case VariableKind::State:
      return forState ? "" : "a state";
    case VariableKind::Input:
      return "an input";
    case VariableKind::Weight:
      return "the weight of a connection";
    case VariableKind::Pre:
    case VariableKind::Syn:
    case VariableKind::ModulatorState:
      return "what changes in time";
    case VariableKind::Post: // of a membrane mechanism: a variable of its own neuron
      return kind == DefinitionKind::Current ? "" : "a variable of the joined neurons";
    default:
      return "";
    }
  case Expr::Kind::Time:
    return "the time";
  case Expr::Kind::RandomUniform:
  case Expr::Kind::RandomNormal:
  case Expr::Kind::RandomPoisson:
  case Expr::Kind::WhiteNoise:
    return "noise";
  case Expr::Kind::Old:
  case Expr::Kind::Delayed:
  case Expr::Kind::SinceSpike:
    return "the past";
  default:
    return "";
  }
}

/// Every later walk over values is recursive.
bool DefinitionChecker::checkChains() {
  auto values = [](const model::Variable &variable) { return variable.value; };
  const model::Variable *deep = findFault(definition, values).tooDeep;
  if (!deep)
    return true;
  // An expression that is too high has been reported where it stands.
  if (llvm::none_of(variables, [](const Declared &declared) { return declared.state == Declared::Failed; }))
    reportDeepChain(*deep, context);
  fail();
  return false;
}

void DefinitionChecker::checkDependencies() {
  for (Declared &declared : variables) {
    VariableKind kind = declared.variable->kind;
    if (declared.state != Declared::Done || !declared.variable->value || kind == VariableKind::Let)
      continue;
    if (kind == VariableKind::Constant && !constantValue(*declared.variable->value)) {
      context.error(DiagnosticCode::M7, declared.variable->value->range,
                    "`" + declared.variable->name + "` is a `const`, but this value is not known before the run");
      declared.state = Declared::Failed;
      continue;
    }
    bool isState = kind == VariableKind::State;
    auto isObstacle = [&](const Expr &expr) { return !obstacle(expr, isState, definition.kind).empty(); };
    llvm::SmallVector<const Expr *> values = {declared.variable->value};
    for (const model::Bound &bound : declared.variable->bounds)
      values.push_back(bound.value);
    for (const Expr *value : values)
      if (const Expr *found = findUse(*value, isObstacle)) {
        context.error(DiagnosticCode::M7, value->range,
                      (isState ? "an initial value" : "a parameter") + llvm::Twine(" cannot depend on ") +
                          obstacle(*found, isState, definition.kind) +
                          (found->variable ? " such as `" + found->variable->name + "`" : std::string()));
        declared.state = Declared::Failed;
        break;
      }
  }
}

void DefinitionChecker::checkInitialisation() {
  if (result.failed)
    return;
  auto values = [](const model::Variable &variable) { return variable.value; };
  llvm::SmallVector<const model::Variable *> cycle = findFault(definition, values).cycle;
  if (!cycle.empty()) {
    reportCycle(cycle, cycle.front()->range, context);
    fail();
    return;
  }
  model::Use defaults;
  defaults.definition = &definition;
  if (!checkBounds(defaults, context))
    fail();
}
