#include "frontend/CheckNetwork.h"
#include "frontend/CheckLayout.h"
#include "frontend/CheckProjection.h"
#include "frontend/CheckUse.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::SMRange;
using model::Expr;

Scope snn::indexScope(CheckContext &context) {
  Scope scope;
  scope.add("i", [&](SMRange range) { return context.simulation(Expr::Kind::Index, Dimension::number(), range); });
  scope.add("n", [&](SMRange range) { return context.simulation(Expr::Kind::Count, Dimension::number(), range); });
  return scope;
}

LocalLets::LocalLets(CheckContext &context, const ast::Block &block, ScopeList outer)
    : context(context), outer(std::move(outer)) {
  for (const ast::Stmt *stmt : block.statements) {
    auto *syntax = llvm::dyn_cast<ast::VariableStmt>(stmt);
    if (!syntax)
      continue;
    if (lets.find(syntax->name.text)) {
      context.error(DiagnosticCode::N2, syntax->name.range, "`" + syntax->name.text + "` is declared twice");
      continue;
    }
    unsigned index = declared.size();
    declared.emplace_back().syntax = syntax;
    lets.add(
        syntax->name.text, [this, index](SMRange) { return resolve(index); }, syntax->name.range);
  }
  lets.incomplete = block.lacksNames;
}

Value LocalLets::resolve(unsigned index) {
  Let &let = declared[index];
  if (let.state == Let::Visiting)
    context.error(DiagnosticCode::N6, let.syntax->name.range,
                  "`" + let.syntax->name.text + "` is defined in terms of itself");
  if (let.state == Let::Unvisited && let.syntax->value) {
    let.state = Let::Visiting;
    ScopeList scopes = {&lets};
    scopes.append(outer);
    WeightDimension none;
    let.value = ExpressionChecker(context, scopes, none).checkValueOrDraw(*let.syntax->value);
  }
  let.state = Let::Done;
  return let.value;
}

NetworkChecker::NetworkChecker(DefinitionTable &definitions, NetworkNames &names)
    : context(names.context), definitions(definitions), names(names) {}

void NetworkChecker::run() {
  forEachInstance(names, [&](NetworkNames &owner, const NetworkNames::Instance &instance) {
    if (auto *population = llvm::dyn_cast<ast::PopulationStmt>(instance.syntax))
      checkPopulation(owner, *population, *instance.declared);
  });
  forEachInstance(names, [&](NetworkNames &owner, const NetworkNames::Instance &instance) {
    if (!llvm::isa<ast::GroupStmt>(instance.syntax))
      return;
    if (std::optional<model::Group> group = owner.groupOf(*instance.declared, instance.declared->range))
      owner.network.groups.push_back(*group);
  });
  names.checkValues();
  // What has the contacts of another projection comes after it, wherever it stands.
  for (bool isLike : {false, true})
    forEachInstance(names, [&](NetworkNames &owner, const NetworkNames::Instance &instance) {
      auto *projection = llvm::dyn_cast<ast::ProjectionStmt>(instance.syntax);
      if (projection && !projection->faulty && takesContacts(*projection) == isLike)
        ProjectionChecker(definitions, owner, *projection, instance.declared).run();
    });
}

void NetworkChecker::forEachInstance(NetworkNames &owner, Visit visit) {
  std::optional<CheckContext::InCopy> inPart;
  if (const PartUse *part = owner.part())
    inPart.emplace(context, part->syntax.name.range, "in this part of network `" + part->whole.syntax.name.text + "`");
  for (const NetworkNames::Instance &instance : owner.instances()) {
    NetworkNames::InInstance there(owner, instance.copy);
    visit(owner, instance);
    if (instance.declared && instance.declared->part)
      forEachInstance(*instance.declared->part, visit);
  }
}

void NetworkChecker::checkPopulation(NetworkNames &names, const ast::PopulationStmt &syntax, Declared &declared) {
  if (syntax.faulty)
    return;
  const CheckedDefinition &checked = definitions.find(syntax.model.model, model::DefinitionKind::Neuron);
  std::optional<uint64_t> size;
  if (syntax.size)
    size = names.count(*syntax.size, "the size of a population");
  if (size == uint64_t(0)) {
    context.error(DiagnosticCode::C1, syntax.size->range, "a population has at least one neuron");
    return;
  }
  if (!size)
    return;
  auto population = std::make_unique<model::Population>();
  population->name = declared.name;
  population->range = syntax.name.range;
  Scope index = indexScope(context), place = positionScope(*population, context);
  ScopeList outer = {&index, &place};
  outer.append(names.scopes());
  LocalLets lets(context, syntax.settings, outer);
  ScopeList scopes = {&lets.scope()};
  scopes.append(outer);
  llvm::SaveAndRestore ofNeuron(context.dataPlace, DataPlace{DataPlace::Neuron});
  population->layout = checkLayout(syntax.settings, *size, scopes, names);
  // A statement that could not be read may have been a position.
  if (population->layout.coordinates.empty() && syntax.settings.incomplete)
    population->layout.range = syntax.range;
  SettingsSyntax settings = settingsOf(syntax.settings);
  std::optional<model::Use> use;
  if (!checked.failed)
    use = checkUse(checked, settings, scopes, Dimension(), syntax.model.range, context);

  // A population in error is kept: its name and size are known to what refers to it.
  population->model = use ? std::move(*use) : model::Use{checked.definition, {}, syntax.model.range, {}, {}};
  if (std::optional<model::Integration> integration = integrationOf(syntax.settings, context))
    population->model.integration = *integration;
  population->size = *size;
  population->index = names.network.populations.size();
  declared.population = population.get();
  names.network.populations.push_back(std::move(population));
}
