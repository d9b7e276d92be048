#include "frontend/CheckProjection.h"

#include "frontend/CheckDimension.h"
#include "frontend/CheckData.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckJoined.h"
#include "frontend/CheckLayout.h"
#include "frontend/CheckUse.h"
#include "frontend/StateOwners.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;
using model::DefinitionKind;
using model::Expr;
using model::VariableKind;

ProjectionChecker::ProjectionChecker(DefinitionTable &definitions, NetworkNames &names,
                                     const ast::ProjectionStmt &syntax, Declared *declared)
    : context(names.context), definitions(definitions), names(names), syntax(syntax), declared(declared),
      projection(std::make_unique<model::Projection>()) {
  projection->range = syntax.range;
}

void ProjectionChecker::run() {
  if (!checkEnds() || !checkClauses())
    return;
  model::Network &network = names.network;
  if (privatePopulation) {
    privatePopulation->index = network.populations.size();
    network.populations.push_back(std::move(privatePopulation));
  }
  projection->index = network.projections.size();
  if (declared)
    declared->projection = projection.get();
  network.projections.push_back(std::move(projection));
  if (syntax.coupling == ast::Coupling::MutualGapJunction && !mirrored)
    joinBack(*network.projections.back());
}

const ast::ClauseStmt *ProjectionChecker::clause(ast::ClauseKeyword keyword) const {
  for (const ast::Stmt *stmt : syntax.body.statements)
    if (auto *found = llvm::dyn_cast<ast::ClauseStmt>(stmt); found && found->keyword == keyword)
      return found;
  return nullptr;
}

bool ProjectionChecker::checkEnds() {
  bool isPortKnown = true;
  auto withoutPort = [&](const ast::Expr *end, ast::Name &port) {
    auto *index = llvm::dyn_cast<ast::IndexExpr>(end);
    auto *member = llvm::dyn_cast<ast::MemberExpr>(index ? index->base : end);
    if (!member || names.isPath(*member))
      return end;
    std::optional<ast::Name> element = index ? names.element(member->member, *index) : member->member;
    isPortKnown &= element.has_value();
    port = element.value_or(member->member);
    return member->base;
  };
  std::optional<model::Group> targetGroup = names.group(*withoutPort(syntax.target, port));
  if (targetGroup)
    projection->target = *targetGroup;
  std::optional<model::Group> sourceGroup =
      isGapJunction() ? names.group(*withoutPort(syntax.source, sourcePort)) : checkSource();
  if (sourceGroup)
    projection->source = *sourceGroup;
  if (!targetGroup || !sourceGroup || !isPortKnown)
    return false;
  StringRef between = syntax.coupling == ast::Coupling::MutualGapJunction ? " <-> " : " -> ";
  std::string shown = mirrored ? mirrored->name + ", back" : names.shown(*syntax.source) + between.str() + names.shown(*syntax.target);
  projection->name = declared ? declared->name : names.namelessProjections.add(shown);
  return true;
}

std::optional<model::Group> ProjectionChecker::checkSource() {
  ast::ModelUse use;
  if (auto *call = llvm::dyn_cast<ast::CallExpr>(syntax.source))
    use = {call->callee, call->arguments, call->range};
  auto *name = llvm::dyn_cast<ast::NameExpr>(syntax.source);
  if (name && !names.isGroup(name->name) && definitions.contains(name->name, DefinitionKind::Neuron))
    use = {{name->name, name->range}, {}, name->range};
  if (use.model)
    return privateSource(use);
  std::optional<model::Group> group = names.group(*syntax.source);
  return group;
}

bool ProjectionChecker::checkSpikes() {
  const model::Definition &sourceModel = *projection->source.population->model.definition;
  bool isGraded = synapse && synapse->definition->onPre.empty();
  if (sourceModel.spike || isGraded || !definitions.isSound(sourceModel))
    return true;
  context
      .error(DiagnosticCode::C7, syntax.source->range,
             quoted(*syntax.source) + " never spikes: `" + sourceModel.name + "` has no `spike`")
      .note(sourceModel.range, "`" + sourceModel.name + "` is declared here");
  return false;
}

std::optional<model::Group> ProjectionChecker::privateSource(const ast::ModelUse &use) {
  const CheckedDefinition &checked = definitions.find(use.model, DefinitionKind::Neuron);
  if (checked.failed || !projection->target.population)
    return std::nullopt;
  Scope index = indexScope(context);
  ScopeList scopes = {&index};
  scopes.append(names.scopes());
  std::optional<model::Use> modelUse =
      checkUse(checked, settingsOf(use, context), scopes, Dimension(), use.range, context);
  if (!modelUse)
    return std::nullopt;
  privatePopulation = std::make_unique<model::Population>();
  privatePopulation->name = names.namelessPopulations.add(use.model.text + " -> " + names.shown(*syntax.target));
  privatePopulation->model = std::move(*modelUse);
  privatePopulation->size = projection->target.end - projection->target.begin;
  privatePopulation->anonymous = true;
  privatePopulation->range = use.range;
  return model::Group{privatePopulation->name, privatePopulation.get(), 0, privatePopulation->size, use.range};
}

bool ProjectionChecker::checkContacts(const Scope &joined) {
  const ast::ClauseStmt *connect = clause(ast::ClauseKeyword::Connect);
  bool good = !isGapJunction() || checkGapJunction();
  if (mirrored) {
    projection->connect = mirrored->connect;
    return good;
  }
  if (privatePopulation && connect) {
    context.error(DiagnosticCode::C2, connect->range,
                  "a private source is connected one to one to its target, so there is no `connect`");
    return false;
  }
  if (privatePopulation) {
    projection->connect.rule = model::ConnectRule::OneToOne;
    projection->connect.range = syntax.source->range;
    return true;
  }
  if (!connect) {
    if (!syntax.body.incomplete)
      context.error(DiagnosticCode::C4, syntax.source->range,
                    "a projection between populations needs a `connect` clause");
    return false;
  }
  const ast::CallExpr *like = likeClause(*connect);
  std::optional<model::Connectivity> checked =
      like ? contactsOf(*like) : checkConnect(*connect, projection->source, projection->target, joined, names);
  if (!checked)
    return false;
  projection->connect = std::move(*checked);
  return good && (!isGapJunction() || checkGapConnect());
}

bool ProjectionChecker::checkClauses() {
  Scope joined = joinedScope(projection->source, projection->target, definitions, context);
  bool good = checkContacts(joined);
  ScopeList outer = {&joined};
  outer.append(names.scopes());
  LocalLets lets(context, syntax.body, outer);
  scopes = {&lets.scope()};
  scopes.append(outer);
  bool modelsKnown = findModels();
  good &= checkWeight();
  good &= checkDelay();
  if (syntax.body.incomplete) // what fits cannot be told, since a clause is missing
    return false;
  return modelsKnown && checkSpikes() && good && definitions.isSound(targetModel()) && choosePort() && checkTotal() &&
         checkModels() && checkProcedural() &&
         checkTrainable();
}

bool ProjectionChecker::findModels() {
  if (isGapJunction()) {
    synapse = &definitions.find({"GapJunction", syntax.range}, DefinitionKind::Synapse);
    return !synapse->failed;
  }
  bool known = true;
  if (const ast::ClauseStmt *synapseClause = clause(ast::ClauseKeyword::Synapse)) {
    const CheckedDefinition &found = definitions.find(synapseClause->model.model, DefinitionKind::Synapse);
    known &= !found.failed;
    synapseSettings = settingsOf(synapseClause->model, context);
    if (found.definition->result)
      synapse = &found; // without an output it is Delta by another name
  }
  for (const ast::Stmt *stmt : syntax.body.statements)
    if (auto *found = llvm::dyn_cast<ast::ClauseStmt>(stmt); found && found->keyword == ast::ClauseKeyword::Plasticity) {
      rules.push_back({&definitions.find(found->model.model, DefinitionKind::Plasticity),
                       settingsOf(found->model, context), found->model.range});
      known &= !rules.back().rule->failed;
    }
  if (const ast::ClauseStmt *outputClause = clause(ast::ClauseKeyword::Output)) {
    output = &definitions.find(outputClause->model.model, DefinitionKind::Output);
    known &= !output->failed;
    outputSettings = settingsOf(outputClause->model, context);
  }
  return known;
}

/// A synapse takes a weight if it declares one; Delta does.
static bool takesWeight(const CheckedDefinition *synapse) {
  return !synapse || llvm::any_of(synapse->definition->variables,
                                  [](const auto &variable) { return variable->kind == VariableKind::Weight; });
}

bool ProjectionChecker::checkWeight() {
  if (mirrored) {
    projection->weight = mirrored->weight;
    return true;
  }
  const ast::ClauseStmt *weightClause = clause(ast::ClauseKeyword::Weight);
  if (!weightClause) {
    if (!takesWeight(synapse) || syntax.body.incomplete)
      return !syntax.body.incomplete;
    context.error(DiagnosticCode::C4, syntax.source->range, "the projection needs a `weight` clause");
    return false;
  }
  if (!takesWeight(synapse)) {
    context.error(DiagnosticCode::C4, weightClause->range, "synapse `" + synapse->definition->name + "` has no weight")
        .note(synapse->definition->range, "it is declared here");
    return false;
  }
  llvm::SaveAndRestore ofSynapse(context.dataPlace, DataPlace{DataPlace::Synapse});
  WeightDimension none;
  if (const ast::CallExpr *load = loadCall(*weightClause->value); load && mayNameUnit(*load)) {
    weight = context.number(0, Dimension::number(), load->range); // until the port says what it is
    weight.fitsEverything = true;
    loadedWeight = load;
    return true;
  }
  weight = ExpressionChecker(context, scopes, none).checkValueOrDraw(*weightClause->value);
  projection->weight = folded(weight.expr, context);
  return bool(weight);
}

bool ProjectionChecker::checkDelay() {
  const ast::ClauseStmt *delayClause = clause(ast::ClauseKeyword::Delay);
  if (!delayClause)
    return true;
  llvm::SaveAndRestore ofSynapse(context.dataPlace, DataPlace{DataPlace::Synapse});
  WeightDimension none;
  const ast::CallExpr *load = loadCall(*delayClause->value);
  Value delay = load ? dataValue(*load, Dimension::time(), {"ms", 1}, context)
                     : ExpressionChecker(context, scopes, none).checkAs(*delayClause->value, Dimension::time(), "a delay");
  if (!delay)
    return false;
  if (std::optional<double> constant = constantValue(*delay.expr); constant && *constant < 0) {
    context.error(DiagnosticCode::C10, delayClause->value->range, "a delay cannot be negative");
    return false;
  }
  projection->delay = folded(delay.expr, context);
  if (!delay.unit.text.empty())
    projection->delayUnit = delay.unit;
  checkDelayShare();
  return true;
}

bool ProjectionChecker::checkModels() {
  llvm::SaveAndRestore ofSynapse(context.dataPlace, DataPlace{DataPlace::Synapse});
  bool good = true;
  auto check = [&](const CheckedDefinition &checked, const SettingsSyntax &settings, const Dimension &unknown,
                   SMRange range) {
    std::optional<model::Use> result = checkUse(checked, settings, scopes, unknown, range, context);
    good &= result && checkJoined(*checked.definition, range);
    return result ? std::move(*result) : model::Use();
  };
  const Dimension &ofWeight = projection->weightDimension;
  if (synapse)
    projection->synapse = check(*synapse, synapseSettings, ofWeight,
                                isGapJunction() ? syntax.range : clause(ast::ClauseKeyword::Synapse)->model.range);
  // Without kinetics a pulse enters the output.
  Dimension entering = synapse ? synapse->result.with(ofWeight) : ofWeight / Dimension::time();
  if (output)
    projection->output = check(*output, outputSettings, entering, clause(ast::ClauseKeyword::Output)->model.range);
  return checkModulators() && checkRules() && good;
}

static bool releases(const model::Definition &rule) {
  return llvm::any_of(rule.onPre, [](const model::Assignment &statement) { return !statement.variable; });
}

/// Does what an event does to the synapse depend on the weight? Only then can the event count for more or less.
static bool receivesWeight(const model::Definition &synapse) {
  auto isWeight = [](const Expr &expr) {
    return expr.kind == Expr::Kind::Variable && expr.variable->kind == VariableKind::Weight;
  };
  return llvm::any_of(synapse.onPre,
                      [&](const model::Assignment &statement) { return findUse(*statement.value, isWeight) != nullptr; });
}

/// The rules of a projection: their weight is the projection's, and only spikes make them act.
bool ProjectionChecker::checkRules() {
  bool good = checkOneOfEach();
  for (const RuleClause &clause : rules) {
    const model::Definition &definition = *clause.rule->definition;
    auto reject = [&](const llvm::Twine &message) -> Diagnostic & {
      good = false;
      return context.error(DiagnosticCode::C20, clause.range, message)
          .note(definition.range, "`" + definition.name + "` is declared here");
    };
    if (!takesWeight(synapse))
      reject("`" + definition.name + "` acts on a weight, and synapse `" + synapse->definition->name + "` has none");
    else if (synapse && synapse->definition->onPre.empty())
      reject("`" + definition.name + "` acts on events, and synapse `" + synapse->definition->name + "` has no `on pre`");
    else if (std::optional<Dimension> fixed = clause.rule->weight.solution();
             fixed && *fixed != projection->weightDimension)
      reject("`" + definition.name + "` needs a weight that is " + fixed->describe() + ", but the weight here is " +
             projection->weightDimension.describe());
    if (synapse && releases(definition) && !receivesWeight(*synapse->definition))
      reject("`" + definition.name + "` says what an event counts for, and `on pre` of synapse `" +
             synapse->definition->name + "` does not use the weight");
    const model::Definition &target = targetModel();
    if (!definition.onPost.empty() && !target.spike)
      reject("`" + definition.name + "` has an `on post`, but `" + target.name + "` never spikes");
    if (!good)
      continue;
    std::optional<model::Use> use =
        checkUse(*clause.rule, clause.settings, scopes, projection->weightDimension, clause.range, context);
    good &= use && checkJoined(definition, clause.range) && checkSeenByRule(definition, clause.range) &&
            placeStates(*use, context);
    if (use)
      projection->plasticity.push_back(std::move(*use));
  }
  return good;
}

/// What is drawn again for every spike has one delay and nothing that outlives the spike.
bool ProjectionChecker::checkProcedural() {
  if (!projection->connect.procedural)
    return true;
  auto reject = [&](SMRange range, const llvm::Twine &message) {
    context.error(DiagnosticCode::C16, range, message)
        .note(projection->connect.range, "contacts are drawn again for every spike because of `procedural` here");
    return false;
  };
  auto differs = [](const Expr &expr) {
    return expr.kind == Expr::Kind::Draw || expr.kind == Expr::Kind::Data || expr.kind == Expr::Kind::Pre ||
           expr.kind == Expr::Kind::Post || expr.kind == Expr::Kind::PreIndex || expr.kind == Expr::Kind::PostIndex ||
           expr.kind == Expr::Kind::PrePosition || expr.kind == Expr::Kind::PostPosition;
  };
  if (!projection->plasticity.empty())
    return reject(projection->plasticity.front().range, "a plasticity rule needs synapses that are kept");
  if (projection->delay && findUse(*projection->delay, differs))
    return reject(projection->delay->range, "procedural connections have one delay for all, and this one differs between them");
  return true;
}

bool ProjectionChecker::checkJoined(const model::Definition &definition, SMRange range) {
  bool good = true;
  for (const auto &variable : definition.variables) {
    if (variable->kind != VariableKind::Pre && variable->kind != VariableKind::Post)
      continue;
    bool isPre = variable->kind == VariableKind::Pre;
    const model::Group &group = isPre ? projection->source : projection->target;
    const model::Definition &neuron = *group.population->model.definition;
    if (!definitions.isSound(neuron))
      continue;
    StringRef name = joinedName(*variable);
    const model::Variable *joined = neuron.find(name);
    if (const model::Variable *at = isPre ? projection->sourceAt : projection->port->readsAt; at && name == "V")
      joined = at;
    std::string reads =
        "`" + definition.name + "` reads `" + name.str() + "` of the " + (isPre ? "source" : "target") + ", ";
    if (joined && joined->dimension == variable->dimension)
      continue;
    good = false;
    Diagnostic &report = joined ? context.error(DiagnosticCode::C7, range,
                                                reads + variable->dimension.describe() + ", but in `" + neuron.name +
                                                    "` it is " + joined->dimension.describe())
                                : context.error(DiagnosticCode::C7, range,
                                                reads + "but `" + neuron.name + "` has no variable of that name");
    report.note(variable->range, "`" + name.str() + "` is declared here");
    report.note(joined ? joined->range : neuron.range, joined ? "and here" : "`" + neuron.name + "` is declared here");
  }
  return good;
}
