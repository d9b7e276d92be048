// Populations, projections, and what an experiment's `set` gives them.

#include "compiler/Import/Importer.h"

#include "compiler/Import/Stream.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

void Importer::forEachSet(llvm::function_ref<void(const model::SetTarget &, const model::Expr *)> visit) const {
  for (const model::Sweep &sweep : experiment->sweeps)
    for (auto [target, value] : llvm::zip_equal(sweep.targets, sweep.rows.front()))
      visit(target, value);
}

/// The settings of a use, with those of the experiment in the place of the network's.
std::vector<model::Setting> Importer::settingsOf(const model::Use &use, const model::Population *population,
                                                 const model::Projection *projection) const {
  std::vector<model::Setting> settings = use.settings;
  forEachSet([&](const model::SetTarget &target, const model::Expr *value) {
    bool isOfUse = target.variable && target.population == population && target.projection == projection &&
                   use.definition->find(target.variable->name) == target.variable;
    if (!isOfUse)
      return;
    auto known = llvm::find_if(settings, [&](const model::Setting &setting) { return setting.variable == target.variable; });
    if (known == settings.end())
      settings.push_back({target.variable, value, value->range});
    else
      known->value = value;
  });
  return settings;
}

/// The weight or delay that `set` gives to a projection, or null.
const model::Expr *Importer::givenBySet(model::SetTarget::What what, const model::Projection &projection) const {
  const model::Expr *given = nullptr;
  forEachSet([&](const model::SetTarget &target, const model::Expr *value) {
    if (target.what == what && target.projection == &projection)
      given = value;
  });
  return given;
}

bool Importer::isDistinct(const model::Projection &projection) const {
  bool isSet = false;
  forEachSet([&](const model::SetTarget &target, const model::Expr *) {
    isSet |= target.what == model::SetTarget::What::SynapseVariable && target.projection == &projection;
  });
  bool isReadByRule = llvm::any_of(projection.plasticity, [](const model::Use &rule) {
    return llvm::any_of(rule.definition->variables,
                        [](const auto &variable) { return variable->kind == model::VariableKind::Syn; });
  });
  return isSet || isReadByRule || llvm::any_of(experiment->records, [&](const model::Record &record) { return record.projection == &projection; });
}

void Importer::importSettings(ArrayRef<model::Setting> settings, StringRef owner) {
  for (const model::Setting &setting : settings) {
    expressions.enterDeclaration((owner + "." + setting.variable->name).str());
    auto op = ir::SetOp::create(builder, locate(setting.range), reference(setting.variable->name));
    fillExpression(op.getExpression(), setting.value);
  }
}

void Importer::importPopulation(const model::Population &population) {
  const model::Integration &integration = population.model.integration;
  auto op = ir::PopulationOp::create(builder, locate(population.range), population.name, population.model.definition->name,
                                     population.size, population.anonymous, methodOf(integration.method), integration.steps,
                                     llvm::APFloat(integration.tolerance));
  fill(op.getBody(), [&] {
    importLayout(population.layout);
    importSettings(settingsOf(population.model, &population, nullptr), "");
  });
}

/// Coordinates are settings by names that no variable has. What is drawn for them is so whoever reads it first.
void Importer::importLayout(const model::Layout &layout) {
  expressions.enterDeclaration("position");
  for (const model::Expr *coordinate : layout.coordinates)
    expressions.nameDraws(*coordinate);
  for (auto [axis, coordinate] : llvm::enumerate(layout.coordinates)) {
    auto op = ir::SetOp::create(builder, locate(coordinate->range), reference(coordinateName(axis)));
    fillExpression(op.getExpression(), coordinate);
  }
}

/// Where a rule's states are kept; null for synapses and outputs.
DictionaryAttr Importer::ownersOf(const model::Use &use) {
  if (use.definition->kind != model::DefinitionKind::Plasticity)
    return {};
  SmallVector<NamedAttribute> owners;
  for (const auto &variable : use.definition->variables)
    if (variable->kind == model::VariableKind::State || variable->kind == model::VariableKind::Past) {
      model::StateOwner owner = use.owners[variable->index];
      StringRef place = owner == model::StateOwner::Pre    ? "pre"
                        : owner == model::StateOwner::Post ? "post"
                                                           : "connection";
      owners.push_back(builder.getNamedAttr(variable->name, string(place)));
    }
  return builder.getDictionaryAttr(owners);
}

/// Who the modulators are: population and borders of the group; null where there are none.
DictionaryAttr Importer::modulatorsOf(const model::Projection &projection) {
  SmallVector<NamedAttribute> modulators;
  for (const model::ModulatorBinding &modulator : projection.modulators)
    modulators.push_back(builder.getNamedAttr(
        modulator.name, builder.getArrayAttr({reference(modulator.group.population->name), number(modulator.group.begin),
                                              number(modulator.group.end)})));
  return modulators.empty() ? DictionaryAttr() : builder.getDictionaryAttr(modulators);
}

void Importer::importUse(const model::Use &use, const model::Projection &projection) {
  if (!use.definition)
    return;
  auto op = ir::UseOp::create(builder, locate(use.range), reference(use.definition->name), ownersOf(use));
  fill(op.getBody(), [&] { importSettings(settingsOf(use, nullptr, &projection), use.definition->name); });
}

bool Importer::isReweighed(const model::Projection &projection) const {
  return loadOf(projection) ||
         llvm::any_of(experiment->changes, [&](const model::WeightChange &change) {
           return change.projection == &projection || (projection.mirrors && change.projection == projection.mirrors);
         });
}

/// `load weights of` it, or null.
const model::WeightFile *Importer::loadOf(const model::Projection &projection) const {
  auto isOf = [&](const model::WeightFile &load) { return load.projection == &projection; };
  auto found = llvm::find_if(experiment->loads, isOf);
  return found == experiment->loads.end() ? nullptr : &*found;
}

/// Where a number of the model has been imported several times, it is one setting, so that nobody can change one of them alone.
static void shareNumbers(Block &block) {
  DenseMap<uintptr_t, Value> known;
  for (auto constant : llvm::make_early_inc_range(block.getOps<arith::ConstantOp>())) {
    auto origin = dyn_cast<OpaqueLoc>(constant.getLoc());
    if (!origin)
      continue;
    auto [first, isNew] = known.try_emplace(origin.getUnderlyingLocation(), constant.getResult());
    if (isNew)
      continue;
    constant.replaceAllUsesWith(first->second);
    constant.erase();
  }
}

/// What decides about contacts: a number, or of pairs with a place their probability, how far they reach, and where they are.
void Importer::importContacts(Region &region, const model::Projection &projection) {
  const model::Connectivity &connect = projection.connect;
  if (!connect.reach)
    return fillExpression(region, connect.number);
  const model::Layout &source = projection.source.population->layout, &target = projection.target.population->layout;
  fill(region, [&] {
    SmallVector<Value> values = {expressions.import(*connect.number), expressions.import(*connect.reach)};
    Location loc = locate(connect.range);
    for (StringRef end : {"pre.", "post."})
      for (size_t axis = 0; axis < source.coordinates.size(); ++axis)
        values.push_back(ir::ReadOp::create(builder, loc, builder.getF64Type(), (end + coordinateName(axis)).str()));
    for (size_t axis = 0; axis < target.coordinates.size(); ++axis)
      values.push_back(target.periods.empty() ? arith::ConstantOp::create(builder, loc, builder.getF64FloatAttr(0)).getResult()
                                              : expressions.import(*target.periods[axis]));
    ir::YieldOp::create(builder, loc, values);
    shareNumbers(region.front());
  });
}

void Importer::importProjection(const model::Projection &projection) {
  const model::Connectivity &connect = projection.connect;
  const model::WeightFile *load = loadOf(projection);
  auto op = ir::ProjectionOp::create(
      builder, locate(projection.range), string(projection.name), reference(projection.source.population->name),
      number(projection.source.begin), number(projection.source.end), reference(projection.target.population->name),
      number(projection.target.begin), number(projection.target.end), reference(projection.port->name),
      ir::RuleAttr::get(builder.getContext(), static_cast<ir::Rule>(connect.rule)), builder.getBoolAttr(connect.autapses),
      builder.getBoolAttr(connect.multapses), connect.data ? string(connect.data->path) : StringAttr(),
      builder.getI32IntegerAttr(streamOf((connect.like ? connect.like->name : projection.name) + ".connect")),
      string(connect.data ? connect.data->dataSet : ""), connect.like ? string(connect.like->name) : StringAttr(),
      flag(connect.procedural), ir::AlignmentAttr(), StringAttr(), FlatSymbolRefAttr(), UnitAttr(), flag(isDistinct(projection)),
      flag(isReweighed(projection)), projection.sourceAt ? reference(projection.sourceAt->name) : FlatSymbolRefAttr(),
      projection.mirrors ? reference(projection.mirrors->name) : FlatSymbolRefAttr(), modulatorsOf(projection),
      flag(projection.delayShare == model::DelayShare::Dendritic), load ? string(load->path) : StringAttr(), string(projection.weightUnit.text), real(projection.weightUnit.scale),
      string(projection.delayUnit.text), real(projection.delayUnit.scale));
  importContacts(op.getNumber(), projection);
  expressions.enterDeclaration("weight");
  const model::Expr *weight = givenBySet(model::SetTarget::What::Weight, projection);
  const model::Expr *delay = givenBySet(model::SetTarget::What::Delay, projection);
  fillExpression(op.getWeight(), weight ? weight : projection.weight);
  expressions.enterDeclaration("delay");
  fillExpression(op.getDelay(), delay ? delay : projection.delay);
  fillExpression(op.getTotal(), projection.total);
  fill(op.getClauses(), [&] {
    importUse(projection.synapse, projection);
    importUse(projection.output, projection);
    for (const model::Use &rule : projection.plasticity)
      importUse(rule, projection);
    ir::YieldOp::create(builder, op.getLoc(), ValueRange());
  });
}

void Importer::importNetwork(const model::Network &network) {
  auto op = ir::NetworkOp::create(builder, builder.getUnknownLoc(), network.name);
  fill(op.getBody(), [&] {
    for (const auto &population : network.populations)
      importPopulation(*population);
    for (const model::Group &group : network.groups)
      ir::GroupOp::create(builder, locate(group.range), string(group.name), reference(group.population->name),
                          number(group.begin), number(group.end));
    for (const auto &projection : network.projections)
      importProjection(*projection);
  });
}

} // namespace snn
