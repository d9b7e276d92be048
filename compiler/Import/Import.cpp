#include "compiler/Import/Import.h"

#include "compiler/Import/ExpressionImporter.h"
#include "compiler/Import/Stream.h"
#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {
namespace {

class Importer {
public:
  Importer(MLIRContext &context, const llvm::SourceMgr &sources) : builder(&context), expressions(builder, sources) {}

  OwningOpRef<ModuleOp> import(const model::Experiment &experiment);

private:
  void importDefinition(const model::Definition &definition);
  void importVariable(const model::Variable &variable);
  void importEquation(const model::Equation &equation, const model::Integration &otherwise);
  void importHandlers(const model::Definition &definition);
  void importSpike(const model::SpikeRule &spike);
  void importRefractory(const model::Refractory &refractory);
  void importNetwork(const model::Network &network);
  void importPopulation(const model::Population &population);
  void importLayout(const model::Layout &layout);
  void importProjection(const model::Projection &projection);
  void importContacts(Region &region, const model::Projection &projection);
  void importUse(const model::Use &use, const model::Projection &projection);
  DictionaryAttr modulatorsOf(const model::Projection &projection);
  void importRuleHandlers(const model::Definition &definition);
  void importSettings(ArrayRef<model::Setting> settings, StringRef owner);
  std::vector<model::Setting> settingsOf(const model::Use &use, const model::Population *population,
                                         const model::Projection *projection) const;
  const model::Expr *givenBySet(model::SetTarget::What what, const model::Projection &projection) const;
  bool isDistinct(const model::Projection &projection) const;
  bool isReweighed(const model::Projection &projection) const;
  const model::WeightFile *loadOf(const model::Projection &projection) const;
  /// Calls `visit` with everything that `set` gives, and the value that it has in the first copy.
  void forEachSet(llvm::function_ref<void(const model::SetTarget &, const model::Expr *)> visit) const;
  DictionaryAttr ownersOf(const model::Use &use);
  void importAssignments(ArrayRef<model::Assignment> assignments, ArrayRef<model::Keep> keeps = {});
  Value keepWithin(const model::Keep &keep, Value value);
  void importExperiment(const model::Experiment &experiment);
  void importRecord(const model::Record &record);
  void importChange(const model::WeightChange &change);
  void importStop(const model::StopRule &stop);
  void importSpikes(const model::SpikeTimes &spikes);

  /// Fills `region` with `content` in a new block, with the insertion point inside meanwhile.
  template <typename Content> void fill(Region &region, Content content) {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&region);
    content();
  }

  /// Fills `region` with an expression that is yielded; leaves it empty for no expression.
  void fillExpression(Region &region, const model::Expr *expr) {
    if (!expr)
      return;
    fill(region, [&] {
      Value value = expressions.import(*expr);
      ir::YieldOp::create(builder, value.getLoc(), value);
    });
  }

  Location locate(llvm::SMRange range) const { return expressions.location(range); }
  FlatSymbolRefAttr reference(StringRef name) { return FlatSymbolRefAttr::get(builder.getContext(), name); }
  StringAttr string(StringRef text) { return builder.getStringAttr(text); }
  UnitAttr flag(bool set) { return set ? builder.getUnitAttr() : UnitAttr(); }
  FloatAttr real(double value) { return builder.getF64FloatAttr(value); }
  IntegerAttr number(uint64_t value) { return builder.getI64IntegerAttr(static_cast<int64_t>(value)); }

  OpBuilder builder;
  ExpressionImporter expressions;
  const model::Experiment *experiment = nullptr;
};

} // namespace

static bool definesMembers(const model::Use &use) { return use.definition != nullptr; }

/// The definitions a network uses, each once, in the order of use.
static SmallVector<const model::Definition *> usedDefinitions(const model::Network &network) {
  SmallVector<const model::Definition *> used;
  auto add = [&](const model::Use &use) {
    if (definesMembers(use) && !llvm::is_contained(used, use.definition))
      used.push_back(use.definition);
  };
  for (const auto &population : network.populations)
    add(population->model);
  for (const auto &projection : network.projections) {
    add(projection->synapse);
    add(projection->output);
    for (const model::Use &rule : projection->plasticity)
      add(rule);
  }
  return used;
}

OwningOpRef<ModuleOp> Importer::import(const model::Experiment &experiment) {
  this->experiment = &experiment;
  OwningOpRef<ModuleOp> module = ModuleOp::create(locate(experiment.range));
  builder.setInsertionPointToEnd(module->getBody());
  for (const model::Definition *definition : usedDefinitions(*experiment.network))
    importDefinition(*definition);
  importNetwork(*experiment.network);
  importExperiment(experiment);
  return module;
}

//===-- Definitions -----------------------------------------------------------------------------------------------------===//

void Importer::importDefinition(const model::Definition &definition) {
  Location loc = locate(definition.range);
  Operation *op = nullptr;
  switch (definition.kind) {
  case model::DefinitionKind::Neuron: op = ir::NeuronOp::create(builder, loc, definition.name); break;
  case model::DefinitionKind::Synapse: op = ir::SynapseOp::create(builder, loc, definition.name); break;
  case model::DefinitionKind::Output: op = ir::OutputOp::create(builder, loc, definition.name); break;
  case model::DefinitionKind::Current: llvm_unreachable("membrane mechanisms have become part of neurons");
  case model::DefinitionKind::Plasticity: op = ir::PlasticityOp::create(builder, loc, definition.name); break;
  }
  fill(op->getRegion(0), [&] {
    expressions.enterDefinition();
    for (const auto &variable : definition.variables)
      if (variable->kind == model::VariableKind::Past)
        expressions.namePast(*variable->value, variable->name);
    for (const auto &variable : definition.variables) {
      if (variable->kind == model::VariableKind::Modulator || variable->kind == model::VariableKind::Past)
        continue; // a name, of which there is no value; what is declared behind all that looks back
      expressions.enterDeclaration(definition.name + "." + variable->name);
      importVariable(*variable);
    }
    expressions.enterDeclaration(definition.name);
    for (const model::Equation &equation : definition.equations)
      importEquation(equation, definition.integration);
    importHandlers(definition);
    if (!definition.onPre.empty()) {
      auto handler = ir::OnPreOp::create(builder, locate(definition.onPre.front().range));
      fill(handler.getBody(), [&] { importAssignments(definition.onPre, definition.keeps); });
    }
    if (!definition.onPost.empty()) {
      auto handler = ir::OnPostOp::create(builder, locate(definition.onPost.front().range));
      fill(handler.getBody(), [&] { importAssignments(definition.onPost, definition.keeps); });
    }
    importRuleHandlers(definition);
    if (definition.result) {
      auto result = ir::ResultOp::create(builder, locate(definition.result->range));
      fillExpression(result.getExpression(), definition.result);
    }
    if (definition.spike)
      importSpike(*definition.spike);
    if (definition.refractory)
      importRefractory(*definition.refractory);
    expressions.declarePast();
  });
}

/// `state g: w`: of the dimension that each projection's weight has.
static bool isWeightAlike(const model::Variable &variable) {
  return variable.weightPower == Rational(1) && variable.dimension.isNumber();
}

void Importer::importVariable(const model::Variable &variable) {
  ir::VariableKind kind = ir::VariableKind::Param;
  switch (variable.kind) {
  case model::VariableKind::Parameter: kind = ir::VariableKind::Param; break;
  case model::VariableKind::Constant: kind = ir::VariableKind::Let; break;
  case model::VariableKind::State: kind = ir::VariableKind::State; break;
  case model::VariableKind::Input: kind = ir::VariableKind::Input; break;
  case model::VariableKind::Let: kind = ir::VariableKind::Let; break;
  case model::VariableKind::Weight: kind = ir::VariableKind::Weight; break;
  case model::VariableKind::Pre: kind = ir::VariableKind::Pre; break;
  case model::VariableKind::Post: kind = ir::VariableKind::Post; break;
  case model::VariableKind::Syn: kind = ir::VariableKind::Syn; break;
  case model::VariableKind::Modulator: llvm_unreachable("a modulator has no value");
  case model::VariableKind::ModulatorState: kind = ir::VariableKind::Modulator; break;
  case model::VariableKind::Past: llvm_unreachable("it is declared behind all that looks back");
  }
  double scale = variable.unit.scale > 0 ? variable.unit.scale : 1;
  StringRef unit = variable.isImplied ? "" : StringRef(variable.unit.text); // a number of steps
  auto op = ir::VariableOp::create(builder, locate(variable.range), kind, variable.name, unit, llvm::APFloat(scale),
                                     variable.documentation, isWeightAlike(variable), variable.isEvent, variable.isShared,
                                     variable.readsAt ? reference(variable.readsAt->name) : FlatSymbolRefAttr());
  fillExpression(op.getExpression(), variable.value);
}

static ir::Method methodOf(model::Method method) { return static_cast<ir::Method>(method); }

/// What an equation chooses, it chooses for itself alone.
void Importer::importEquation(const model::Equation &equation, const model::Integration &otherwise) {
  const bool chooses = !equation.integration.isDefault();
  const model::Integration &integration = chooses ? equation.integration : otherwise;
  auto op = ir::EquationOp::create(builder, locate(equation.range), equation.state->name, methodOf(integration.method),
                                   equation.group, integration.steps, llvm::APFloat(integration.tolerance), chooses);
  fill(op.getExpression(), [&] {
    Value value = expressions.import(*equation.value);
    if (equation.state->isImplied) // which is counted in steps
      value = arith::DivFOp::create(builder, op.getLoc(), value, ir::StepSizeOp::create(builder, op.getLoc(), builder.getF64Type()));
    ir::YieldOp::create(builder, op.getLoc(), value);
  });
}

void Importer::importHandlers(const model::Definition &definition) {
  for (const model::PeriodicUpdate &update : definition.periodic) {
    auto op = ir::EveryOp::create(builder, locate(update.range));
    fillExpression(op.getPeriod(), update.period);
    fill(op.getBody(), [&] { importAssignments(update.body); });
  }
  if (!definition.onStep.empty()) {
    auto op = ir::OnStepOp::create(builder, locate(definition.onStep.front().range));
    fill(op.getBody(), [&] { importAssignments(definition.onStep); });
  }
  for (const model::EventHandler &handler : definition.onEvent) {
    auto op = ir::OnInputOp::create(builder, locate(handler.range), handler.input->name, handler.bySign);
    fill(op.getBody(), [&] { importAssignments(handler.body); });
  }
}

/// What only rules have: `on D`, `on c > 1`, and bounds of what equations change.
void Importer::importRuleHandlers(const model::Definition &definition) {
  for (const model::ModulatorHandler &handler : definition.onModulator) {
    auto op = ir::OnModulatorOp::create(builder, locate(handler.range), string(handler.modulator->name));
    fill(op.getBody(), [&] { importAssignments(handler.body, definition.keeps); });
  }
  for (const model::ConditionHandler &handler : definition.onCondition) {
    auto op = ir::OnConditionOp::create(builder, locate(handler.range));
    fillExpression(op.getCondition(), handler.condition);
    fill(op.getBody(), [&] { importAssignments(handler.body, definition.keeps); });
  }
  for (const model::Keep &keep : definition.keeps) {
    auto op = ir::KeepOp::create(builder, locate(keep.range), reference(keep.variable->name));
    fill(op.getExpression(), [&] {
      Value low = expressions.import(*keep.low), high = expressions.import(*keep.high);
      ir::YieldOp::create(builder, op.getLoc(), ValueRange{low, high});
    });
  }
}

/// `keep x in low .. high` holds after every assignment.
Value Importer::keepWithin(const model::Keep &keep, Value value) {
  Location loc = locate(keep.range);
  auto limit = [&](arith::CmpFPredicate isBeyond, const model::Expr &expr) {
    Value bound = expressions.import(expr);
    Value beyond = arith::CmpFOp::create(builder, loc, isBeyond, value, bound);
    value = arith::SelectOp::create(builder, loc, beyond, bound, value); // what is no number stays so and is noticed
  };
  limit(arith::CmpFPredicate::OGT, *keep.high);
  limit(arith::CmpFPredicate::OLT, *keep.low);
  return value;
}

void Importer::importAssignments(ArrayRef<model::Assignment> assignments, ArrayRef<model::Keep> keeps) {
  for (const model::Assignment &assignment : assignments) {
    if (assignment.delivers) {
      ir::SendOp::create(builder, locate(assignment.range));
      continue;
    }
    Value value = expressions.import(*assignment.value);
    if (!assignment.variable) {
      ir::ReleaseOp::create(builder, locate(assignment.range), value);
      continue;
    }
    for (const model::Keep &keep : keeps)
      if (keep.variable == assignment.variable)
        value = keepWithin(keep, value);
    ir::WriteOp::create(builder, locate(assignment.range), reference(assignment.variable->name), value);
  }
}

void Importer::importSpike(const model::SpikeRule &spike) {
  auto op = ir::SpikeRuleOp::create(builder, locate(spike.range), static_cast<ir::SpikeKind>(spike.kind), spike.multiple);
  fill(op.getCondition(), [&] {
    SmallVector<Value> sides = {expressions.import(*spike.condition)};
    if (spike.threshold)
      sides.push_back(expressions.import(*spike.threshold));
    ir::YieldOp::create(builder, op.getLoc(), sides);
  });
  if (spike.reset.empty())
    return;
  fill(op.getReset(), [&] {
    importAssignments(spike.reset);
    ir::YieldOp::create(builder, op.getLoc(), ValueRange());
  });
}

void Importer::importRefractory(const model::Refractory &refractory) {
  SmallVector<Attribute> held;
  for (const model::Variable *variable : refractory.held)
    held.push_back(reference(variable->name));
  auto op = ir::RefractoryOp::create(builder, locate(refractory.range), flag(refractory.full), builder.getArrayAttr(held));
  fillExpression(op.getDuration(), refractory.duration);
  if (refractory.atEnd.empty())
    return;
  fill(op.getAtEnd(), [&] {
    importAssignments(refractory.atEnd);
    ir::YieldOp::create(builder, op.getLoc(), ValueRange());
  });
}

//===-- What `set` gives ----------------------------------------------------------------------------------------------------===//

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

//===-- Network and experiment --------------------------------------------------------------------------------------------===//

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

/// "V of N[:5]": how a record is called in files and messages.
static std::string recordName(const model::Record &record) {
  using What = model::Record::What;
  std::string variable = record.what == What::Spikes           ? "spikes"
                         : record.what == What::Rate           ? "rate"
                         : record.what == What::SynapseCurrent ? "current"
                         : record.what == What::Weight         ? "w"
                                                               : record.variable->name;
  if (record.isMean)
    variable = "mean " + variable;
  if (record.firstSynapse || record.endSynapse) {
    std::string begin = record.firstSynapse ? std::to_string(record.firstSynapse) : "";
    std::string end = record.endSynapse ? std::to_string(*record.endSynapse) : "";
    return variable + " of " + record.projection->name + "[" + begin + ":" + end + "]";
  }
  if (record.projection)
    return variable + " of " + record.projection->name;
  const model::Group &group = record.group;
  std::string step = record.stride > 1 ? ":" + std::to_string(record.stride) : "";
  if (!group.name.empty())
    return variable + " of " + group.name + (step.empty() ? "" : "[:" + step + "]");
  std::string begin = group.begin ? std::to_string(group.begin) : "";
  return variable + " of " + group.population->name + "[" + begin + ":" + std::to_string(group.end) + step + "]";
}

void Importer::importRecord(const model::Record &record) {
  auto milliseconds = [&](const model::Expr *expr) { return expr ? builder.getF64FloatAttr(expr->number) : FloatAttr(); };
  bool isWeight = record.what == model::Record::What::Weight;
  bool isOfElements = isWeight || record.what == model::Record::What::SynapseState; // synapses, or whatever the state is kept for
  ir::RecordOp::create(builder, locate(record.range), string(recordName(record)), reference(record.group.population->name),
                       number(isOfElements ? record.firstSynapse : record.group.begin),
                       number(isOfElements ? record.endSynapse.value_or(UINT64_MAX) : record.group.end), number(record.stride),
                       record.variable ? reference(record.variable->name) : FlatSymbolRefAttr(),
                       record.projection ? reference(record.projection->name) : FlatSymbolRefAttr(),
                       flag(record.what == model::Record::What::SynapseCurrent), flag(record.what == model::Record::What::Rate),
                       flag(record.isMean), milliseconds(record.every), milliseconds(record.from), milliseconds(record.until),
                       FlatSymbolRefAttr(), flag(isWeight));
}

void Importer::importChange(const model::WeightChange &change) {
  auto op = ir::ReweighOp::create(builder, locate(change.range), reference(change.projection->name), real(change.time->number));
  expressions.enterDeclaration("change");
  fillExpression(op.getValue(), change.value);
  fillExpression(op.getCondition(), change.condition);
}

void Importer::importStop(const model::StopRule &stop) {
  using model::Op;
  std::string group = stop.group.name.empty() ? stop.group.population->name + "[" + std::to_string(stop.group.begin) + ":" +
                                                    std::to_string(stop.group.end) + "]"
                                              : stop.group.name;
  bool below = stop.relation == Op::Less || stop.relation == Op::LessEqual;
  bool inclusive = stop.relation == Op::LessEqual || stop.relation == Op::GreaterEqual;
  ir::StopOp::create(builder, locate(stop.range), string(group), reference(stop.group.population->name), number(stop.group.begin),
                     number(stop.group.end), real(stop.window->number), builder.getBoolAttr(below), builder.getBoolAttr(inclusive),
                     real(stop.limit->number));
}

void Importer::importSpikes(const model::SpikeTimes &spikes) {
  ir::GivenSpikesOp::create(builder, locate(spikes.range), reference(spikes.group.population->name), number(spikes.group.begin),
                            number(spikes.group.end), reference(spikes.input->name),
                            spikes.data ? string(spikes.data->path) : StringAttr(),
                            string(spikes.data ? spikes.data->dataSet : ""),
                            spikes.data ? DenseF64ArrayAttr() : builder.getDenseF64ArrayAttr(spikes.times));
}

void Importer::importExperiment(const model::Experiment &experiment) {
  auto op = ir::SimulateOp::create(builder, locate(experiment.range), experiment.network->name,
                                   llvm::APFloat(experiment.dt), llvm::APFloat(experiment.duration), experiment.seed,
                                   static_cast<ir::Precision>(experiment.precision), methodOf(experiment.integration.method),
                                   experiment.integration.steps, llvm::APFloat(experiment.integration.tolerance));
  fill(op.getBody(), [&] {
    for (const model::Drive &drive : experiment.drives) {
      const std::string &population = drive.group.population->name;
      expressions.enterDeclaration("drive." + drive.variable->name);
      auto driveOp = ir::DriveOp::create(builder, locate(drive.range), reference(population), number(drive.group.begin),
                                         number(drive.group.end), reference(drive.variable->name), flag(drive.adds),
                                         string(drive.unit.text), real(drive.unit.scale),
                                         drive.every ? builder.getF64FloatAttr(drive.every->number) : FloatAttr());
      fillExpression(driveOp.getExpression(), drive.value);
    }
    for (const model::Record &record : experiment.records)
      importRecord(record);
    for (const model::WeightChange &change : experiment.changes)
      importChange(change);
    for (const model::StopRule &stop : experiment.stops)
      importStop(stop);
    for (const model::SpikeTimes &spikes : experiment.spikes)
      importSpikes(spikes);
  });
}

OwningOpRef<ModuleOp> importModel(MLIRContext &context, const model::Model &, const model::Experiment &experiment,
                                  const llvm::SourceMgr &sources) {
  return Importer(context, sources).import(experiment);
}

} // namespace snn
