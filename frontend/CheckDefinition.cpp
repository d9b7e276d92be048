#include "frontend/CheckDefinition.h"
#include "frontend/BlameUnits.h"
#include "frontend/CheckBounds.h"
#include "frontend/CheckCycles.h"
#include "frontend/CheckDimension.h"

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

bool DefinitionChecker::resolve(Declared &declared) {
  unsigned index = declared.variable->index;
  if (declared.state == Declared::Visiting) {
    llvm::SmallVector<const model::Variable *> cycle;
    for (auto at = llvm::find(visiting, index); at != visiting.end(); ++at)
      cycle.push_back(variables[*at].variable);
    reportCycle(cycle, declared.variable->range, context);
    declared.state = Declared::Failed;
  }
  if (declared.state == Declared::Unvisited) {
    declared.state = Declared::Visiting;
    visiting.push_back(index);
    bool good = resolveUnvisited(declared) && declared.state != Declared::Failed;
    declared.state = good ? Declared::Done : Declared::Failed;
    visiting.pop_back();
  }
  return declared.state == Declared::Done;
}

bool DefinitionChecker::resolveUnvisited(Declared &declared) {
  const ast::VariableStmt &variable = *declared.syntax;
  bool isWeight = declared.variable->name == result.weight.name;
  if (declared.variable->kind == VariableKind::Modulator) // of which only spikes and states are known
    return true;
  if (variable.dimension) {
    auto declaredDimension = [&](const ast::Name &name) -> std::optional<std::optional<DimensionTerm>> {
      Declared *other = find(name.text);
      if (!other || other == &declared)
        return std::nullopt;
      return resolve(*other) ? std::optional(other->dimension) : std::optional<DimensionTerm>();
    };
    std::optional<DimensionClause> clause = dimensionOf(*variable.dimension, context, declaredDimension, variableScope);
    if (!clause)
      return false;
    declared.dimension = clause->dimension;
    declared.variable->unit = clause->unit;
    if (isWeight)
      result.weight.unify({Dimension(), 1}, clause->dimension);
    // The value of a constant decides the dimension of a power, so it must be known as early.
    return declared.variable->kind != VariableKind::Constant || !variable.value || resolveConstant(declared);
  }
  if (isWeight) {
    declared.dimension = {Dimension(), 1};
    return true;
  }
  if (variable.value)
    return resolveByValue(declared);
  StringRef example = variable.keyword == VariableKeyword::Input ? "current" : "voltage";
  context.error(DiagnosticCode::M5, variable.name.range,
                "`" + variable.name.text + "` needs a dimension, as in `" + variable.name.text + ": " + example + "`");
  return false;
}

const ast::Expr *DefinitionChecker::valueSyntax(const Declared &declared) const {
  auto override =
      declared.variable->kind == VariableKind::Constant ? overrides.find(declared.variable->name) : overrides.end();
  return override == overrides.end() ? declared.syntax->value : override->second->value;
}

bool DefinitionChecker::resolveConstant(Declared &declared) {
  declared.value = checkDefault(declared, *valueSyntax(declared), &declared.dimension);
  declared.variable->value = declared.value.expr;
  return bool(declared.value);
}

bool DefinitionChecker::resolveByValue(Declared &declared) {
  const ast::VariableStmt &variable = *declared.syntax;
  declared.value = checkDefault(declared, *valueSyntax(declared), nullptr);
  if (!declared.value)
    return false;
  declared.variable->value = declared.value.expr;
  if (context.hypothesis && context.hypothesis->variable == &variable) {
    declared.dimension = context.hypothesis->dimension;
    declared.variable->unit = baseUnit(declared.dimension);
    return true;
  }
  declared.dimension = declared.value.dimension;
  declared.variable->unit = declared.value.unit.text.empty() ? baseUnit(declared.dimension) : declared.value.unit;
  return true;
}

Value DefinitionChecker::checkDefault(const Declared &declared, const ast::Expr &value, const DimensionTerm *expected) {
  VariableKind kind = declared.variable->kind;
  bool mayDraw = kind == VariableKind::Parameter || kind == VariableKind::State;
  ExpressionChecker checker = expressions(kind == VariableKind::Let);
  if (auto *draw = llvm::dyn_cast<ast::DrawExpr>(&value); draw && !mayDraw) {
    context.error(DiagnosticCode::M7, value.range, "only a parameter or a state can be drawn from a distribution");
    return {};
  }
  Value checked = kind == VariableKind::Let ? checker.check(value) : checker.checkValueOrDraw(value);
  return expected ? checker.requireDimension(checked, value, *expected, "`" + declared.variable->name + "`") : checked;
}

void DefinitionChecker::finishValue(Declared &declared) {
  if (!declared.syntax->value)
    return; // an input or its like, or a parameter that every use must give
  if (!declared.value)
    declared.value = checkDefault(declared, *declared.syntax->value, &declared.dimension);
  declared.variable->value = declared.value.expr;
  if (!declared.value)
    declared.state = Declared::Failed;
}

void DefinitionChecker::applyOverrides() {
  for (const auto &entry : overrides) {
    const ast::AssignmentStmt &setting = *entry.second;
    Declared *declared = find(entry.first());
    if (!declared || declared->state == Declared::Failed || declared->variable->kind == VariableKind::Constant)
      continue; // reported by the table of definitions, or in place already
    declared->value = checkDefault(*declared, *setting.value, &declared->dimension);
    declared->variable->value = declared->value.expr;
    if (!declared->value)
      declared->state = Declared::Failed;
    else if (!declared->value.unit.text.empty())
      declared->variable->unit = declared->value.unit;
  }
}

void DefinitionChecker::finishBounds(Declared &declared) {
  if (!declared.syntax->bounds.empty() && declared.variable->kind != VariableKind::Parameter &&
      declared.variable->kind != VariableKind::Constant) {
    context.error(DiagnosticCode::M1, declared.syntax->bounds[0].range, "only a `param` or `const` can have bounds");
    return;
  }
  for (const ast::BoundClause &bound : declared.syntax->bounds) {
    ExpressionChecker checker = expressions();
    Value value = checker.requireDimension(checker.checkQuantity(*bound.value), *bound.value, declared.dimension,
                                           "`" + declared.variable->name + "`");
    if (value)
      declared.variable->bounds.push_back({opOf(bound.relation), value.expr});
  }
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
