#include "compiler/Transforms/Passes.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Instantiate/JoinedNeuron.h"
#include "compiler/Transforms/Instantiate/PopulationBody.h"
#include "compiler/Transforms/Instantiate/SynapseBody.h"
#include "compiler/Transforms/Instantiate/WeightChange.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

namespace snn {
#define GEN_PASS_DEF_INSTANTIATEMODELS
#include "compiler/Transforms/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

namespace {

class Instantiator {
public:
  Instantiator(ModuleOp module, ir::SimulateOp simulate, ir::NetworkOp network)
      : module(module), simulate(simulate), network(network), symbols(module), inNetwork(network),
        builder(module.getContext()) {}

  LogicalResult run();

private:
  LogicalResult instantiatePopulation(ir::PopulationOp population);
  LogicalResult addRoute(ir::ProjectionOp projection, const PopulationBody &target);
  LogicalResult addSynapses(ir::ProjectionOp projection, const PopulationBody &target);
  LogicalResult addChange(ir::ReweighOp change, ir::ProjectionOp projection, const PopulationBody &target);
  void addTotal(ir::ProjectionOp projection, const PopulationBody &target);
  ir::ProjectionOp drawn(ir::ProjectionOp projection);
  ir::ConnectorOp buildConnector(ir::ProjectionOp projection, const PopulationBody &target, Arguments &arguments);
  void buildPerWeight(ir::ConnectorOp connector, ir::ProjectionOp projection, const PopulationBody &target, Arguments &arguments);
  DictionaryAttr modulatorsOf(ir::ProjectionOp projection);
  void addSupply(const Supply &supply, ir::PopulationOp population);
  void addRange(ir::GroupOp group);
  LogicalResult addProbe(ir::RecordOp record);
  void addLimit(ir::StopOp stop);
  void addSpikeTimes(ir::GivenSpikesOp given);

  /// An operation of the program that prints like `op` but for its name, or null; what prints alike computes alike.
  template <typename OpT> StringRef shareOrKeep(OpT op, StringRef printed);
  FlatSymbolRefAttr border(StringRef population, uint64_t value);
  FlatSymbolRefAttr reference(StringRef name) { return FlatSymbolRefAttr::get(module.getContext(), name); }

  ModuleOp module;
  ir::SimulateOp simulate;
  ir::NetworkOp network;
  SymbolTable symbols, inNetwork;
  OpBuilder builder;
  ir::ProgramOp program;
  std::unique_ptr<Settings> settings;
  llvm::StringMap<unsigned> probes; ///< how many there are of a name
  llvm::StringSet<> hiddenWeights; ///< projections of which an event adds what is no multiple of the weight
  llvm::StringMap<std::string> shared; ///< printed form -> name
};

} // namespace

/// The printed operation without its name and location, as a key for sharing.
static std::string printedWithoutName(Operation *op) {
  auto name = SymbolTable::getSymbolName(op);
  SymbolTable::setSymbolName(op, "_");
  std::string text;
  llvm::raw_string_ostream stream(text);
  // Alone: numbering and verifying the module around it for each operation would take quadratic time.
  op->print(stream, OpPrintingFlags().useLocalScope().assumeVerified());
  SymbolTable::setSymbolName(op, name);
  return text;
}

template <typename OpT> StringRef Instantiator::shareOrKeep(OpT op, StringRef name) {
  auto [it, isNew] = shared.try_emplace(printedWithoutName(op), name.str());
  if (!isNew)
    op.erase();
  return it->second;
}

FlatSymbolRefAttr Instantiator::border(StringRef population, uint64_t value) {
  auto op = inNetwork.lookup<ir::PopulationOp>(population);
  return settings->border(population, static_cast<int64_t>(value), static_cast<int64_t>(op.getSize()));
}

LogicalResult Instantiator::run() {
  builder.setInsertionPointToEnd(module.getBody());
  std::string name = network.getSymName().str();
  network.setSymName(name + ".network");
  program = ir::ProgramOp::create(builder, simulate.getLoc(), name, simulate.getPrecision(), simulate.getSeed());
  builder.createBlock(&program.getBody());
  settings = std::make_unique<Settings>(program);
  settings->get("dt", simulate.getDt().convertToDouble(), {"ms", 1, "length of a step"});
  settings->get("duration", simulate.getDuration().convertToDouble(), {"ms", 1, "model time of the experiment"});
  for (auto population : network.getBody().getOps<ir::PopulationOp>())
    if (failed(instantiatePopulation(population)))
      return failure();
  for (auto group : network.getBody().getOps<ir::GroupOp>())
    addRange(group);
  for (auto record : simulate.getBody().getOps<ir::RecordOp>())
    if (failed(addProbe(record)))
      return failure();
  for (auto stop : simulate.getBody().getOps<ir::StopOp>())
    addLimit(stop);
  for (auto given : simulate.getBody().getOps<ir::GivenSpikesOp>())
    addSpikeTimes(given);
  for (Operation &op : llvm::make_early_inc_range(module.getBody()->getOperations()))
    if (&op != program.getOperation())
      op.erase();
  return success();
}

static bool modulates(StringRef population, ir::ProjectionOp projection) {
  return projection.getModulators() && llvm::any_of(projection.getModulatorsAttr(), [&](NamedAttribute modulator) {
    return cast<FlatSymbolRefAttr>(cast<ArrayAttr>(modulator.getValue())[0]).getValue() == population;
  });
}

/// The modulators of a projection with borders that may change at run time.
DictionaryAttr Instantiator::modulatorsOf(ir::ProjectionOp projection) {
  if (!projection.getModulators())
    return {};
  SmallVector<NamedAttribute> modulators;
  for (NamedAttribute modulator : projection.getModulatorsAttr()) {
    auto who = cast<ArrayAttr>(modulator.getValue());
    auto population = cast<FlatSymbolRefAttr>(who[0]);
    auto at = [&](unsigned i) { return border(population.getValue(), cast<IntegerAttr>(who[i]).getInt()); };
    modulators.push_back(builder.getNamedAttr(modulator.getName(), builder.getArrayAttr({population, at(1), at(2)})));
  }
  return builder.getDictionaryAttr(modulators);
}

LogicalResult Instantiator::instantiatePopulation(ir::PopulationOp population) {
  StringRef name = population.getSymName();
  PopulationPlan plan{population, symbols.lookup<ir::NeuronOp>(population.getModel()), {}, {}, {}, simulate, {}, {}};
  for (auto projection : network.getBody().getOps<ir::ProjectionOp>()) {
    if (projection.getTarget() == name)
      plan.projections.push_back(projection);
    if (projection.getSource() == name)
      plan.outgoing.push_back(projection);
    if (modulates(name, projection))
      plan.modulated.push_back(projection);
  }
  for (auto drive : simulate.getBody().getOps<ir::DriveOp>())
    if (drive.getPopulation() == name)
      plan.drives.push_back(drive);
  for (auto record : simulate.getBody().getOps<ir::RecordOp>())
    if (record.getPopulation() == name && record.getVariable())
      plan.records.push_back(record);

  FlatSymbolRefAttr size = settings->get(Settings::sizeOf(name), static_cast<double>(population.getSize()));
  PopulationBody bodyBuilder(builder, symbols, *settings, plan);
  std::string bodyName = (name + ".body").str();
  FailureOr<ir::BodyOp> body = bodyBuilder.build(bodyName);
  if (failed(body))
    return failure();
  StringRef sharedName = shareOrKeep(*body, bodyName);
  builder.setInsertionPointToEnd(&program.getBody().front());
  ir::InstanceOp::create(builder, population.getLoc(), name, sharedName, size.getValue(),
                         builder.getArrayAttr(bodyBuilder.arguments()), population.getAnonymous());
  for (const Supply &supply : bodyBuilder.supplies())
    addSupply(supply, population);
  for (ir::ProjectionOp projection : plan.projections)
    if (failed(addRoute(projection, bodyBuilder)))
      return failure();
  for (ir::ProjectionOp projection : plan.projections)
    if (!projection.getTotal().empty())
      addTotal(projection, bodyBuilder);
  for (auto change : simulate.getBody().getOps<ir::ReweighOp>())
    for (ir::ProjectionOp projection : plan.projections)
      if (change.getProjection() == projection.getSymName() && failed(addChange(change, projection, bodyBuilder)))
        return failure();
  return success();
}

void Instantiator::addSupply(const Supply &supply, ir::PopulationOp population) {
  ir::CourseOp course = supply.course;
  StringRef name = population.getSymName();
  FlatSymbolRefAttr every;
  if (course.getEvery()) {
    std::string setting = course.getDrive().str() + ".data.every"; // "N.I.every" is that of a drive that is set so often
    unsigned count = ++probes[setting];
    every = settings->get(count == 1 ? setting : setting + "#" + std::to_string(count), course.getEvery()->convertToDouble(), {"ms"});
  }
  ir::SupplyOp::create(builder, course.getLoc(), course.getDriveAttr(), reference(name), border(name, course.getBegin()),
                       border(name, course.getEnd()), reference(supply.field), course.getPathAttr(), course.getDataSetAttr(),
                       course.getUnitAttr(), every, course.getBetweenAttr(), course.getBeyondAttr());
}

//===-- Projections -----------------------------------------------------------------------------------------------------===//

static bool isRandom(Region &expression) { return !expression.empty() && variesByElement(expression); }

/// What is joined the other way round has the same weights and numbers, and its ends are those of the contact as it is drawn.
ir::ProjectionOp Instantiator::drawn(ir::ProjectionOp projection) {
  auto mirrored = projection.getMirrors();
  return mirrored ? inNetwork.lookup<ir::ProjectionOp>(*mirrored) : projection;
}

ir::ConnectorOp Instantiator::buildConnector(ir::ProjectionOp projection, const PopulationBody &target, Arguments &arguments) {
  ir::ProjectionOp drawn = this->drawn(projection);
  std::string name = drawn.getSymName().str();
  auto connector = ir::ConnectorOp::create(builder, projection.getLoc(), projection.getSymName().str() + ".connector",
                                           storesWeights(projection, symbols),
                                           isRandom(projection.getDelay()), /*changes=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&connector.getAmount());
  Value weight = copyWithSettings(builder, drawn.getWeight(), name + ".weight", weightSpelling(drawn), *settings, arguments, nullptr);
  // Where rules act on every event, they compute what it adds.
  bool hasRules = !rulesOf(projection, symbols).empty();
  Value amount = hasRules ? weight : target.landing(projection).amount(builder, weight, arguments);
  ir::YieldOp::create(builder, projection.getLoc(), amount);
  resolveJoinedNeurons(connector.getAmount(), drawn, symbols, inNetwork, *settings, arguments);
  if (!hasRules)
    buildPerWeight(connector, projection, target, arguments);
  if (projection.getRule() == ir::Rule::PairBernoulli) {
    builder.createBlock(&connector.getProbability());
    std::string contacts = projection.getLike().value_or(name).str();
    ir::YieldOp::create(builder, projection.getLoc(), copyAllWithSettings(builder, projection.getNumber(), contacts + ".probability", {},
                                                                          *settings, arguments, nullptr));
    resolveJoinedNeurons(connector.getProbability(), projection, symbols, inNetwork, *settings, arguments);
  }
  if (projection.getDelay().empty())
    return connector;
  builder.createBlock(&connector.getDelay());
  Spelling inDelays = {projection.getDelayUnit().str(), projection.getDelayScale().convertToDouble(), ""};
  Value delay = copyWithSettings(builder, projection.getDelay(), name + ".delay", inDelays, *settings, arguments, nullptr);
  ir::YieldOp::create(builder, projection.getLoc(), delay);
  resolveJoinedNeurons(connector.getDelay(), projection, symbols, inNetwork, *settings, arguments);
  return connector;
}

/// Hosts and files see weights, and what is stored are amounts.
void Instantiator::buildPerWeight(ir::ConnectorOp connector, ir::ProjectionOp projection, const PopulationBody &target,
                                  Arguments &arguments) {
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&connector.getPerWeight());
  FailureOr<Value> perWeight = buildAmountPerWeight(builder, projection.getLoc(), [&](OpBuilder &at, Value weight) {
    return target.landing(projection).amount(at, weight, arguments);
  });
  if (failed(perWeight))
    hiddenWeights.insert(projection.getSymName());
  if (failed(perWeight) || !*perWeight) {
    connector.getPerWeight().getBlocks().clear();
    return;
  }
  ir::YieldOp::create(builder, projection.getLoc(), *perWeight);
  resolveJoinedNeurons(connector.getPerWeight(), projection, symbols, inNetwork, *settings, arguments);
}

/// Where it is written what an event does; without a model of synapse, where the projection is.
static Location placeOfEvents(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto synapse = symbols.lookup<ir::SynapseOp>(use.getDefinition()))
      for (auto handler : synapse.getBody().getOps<ir::OnPreOp>())
        return handler.getLoc();
  return projection.getLoc();
}

LogicalResult Instantiator::addRoute(ir::ProjectionOp projection, const PopulationBody &target) {
  std::string name = projection.getSymName().str();
  Arguments arguments;
  ir::ConnectorOp connector = buildConnector(projection, target, arguments);
  StringRef connectorName = shareOrKeep(connector, connector.getSymName().str());
  builder.setInsertionPointToEnd(&program.getBody().front());
  FlatSymbolRefAttr number;
  if (!projection.getNumber().empty() && projection.getRule() != ir::Rule::PairBernoulli) {
    std::string contacts = projection.getLike().value_or(drawn(projection).getSymName()).str();
    Value value = cast<ir::YieldOp>(projection.getNumber().front().getTerminator()).getValues().front();
    if (auto parameter = value.getDefiningOp<ir::ParameterOp>())
      number = settings->get(Settings::nameOf(parameter), parameter.getValue().convertToDouble(), spellingOf(parameter),
                             parameter.getLoc());
    else
      number = settings->get(contacts + "." + stringifyRule(projection.getRule()).str(), *constantOf(value), {}, value.getLoc());
  }
  const Landing &landing = target.landing(projection);
  bool isHidden = hiddenWeights.contains(name);
  if (isHidden && projection.getWeightsFile())
    return reject(projection.getLoc(), DiagnosticCode::X8)
           << "the weights of `" << name << "` cannot be loaded: what an event adds is not proportional to the weight";
  ir::RouteOp::create(builder, placeOfEvents(projection, symbols), name, connectorName, builder.getArrayAttr(arguments.all()),
                      projection.getSource(), border(projection.getSource(), projection.getSourceBegin()).getValue(),
                      border(projection.getSource(), projection.getSourceEnd()).getValue(), projection.getTarget(),
                      border(projection.getTarget(), projection.getTargetBegin()).getValue(),
                      border(projection.getTarget(), projection.getTargetEnd()).getValue(), landing.field,
                      projection.getRule(), number, projection.getAutapses(), projection.getMultapses(),
                      projection.getPathAttr(), projection.getStream(),
                      landing.slope.empty() ? FlatSymbolRefAttr() : reference(landing.slope), projection.getMirrorsAttr(),
                      projection.getDataSet(), projection.getProcedural(), isHidden, projection.getWeightUnit(),
                      projection.getWeightScale(), projection.getWeightsFileAttr());
  bool hasStates = projection.getAlignment() != ir::Alignment::Post && synapseOf(projection, symbols).first;
  bool isBySign = !landing.slope.empty() && !hasStates;
  bool hasBody = hasStates || isBySign || !rulesOf(projection, symbols).empty();
  if (hasBody && projection.getProcedural())
    return reject(projection.getLoc(), DiagnosticCode::C16)
           << "`" << name << "` cannot be procedural: "
           << (isBySign ? "the target sums events of either sign apart"
                        : ("its synapses have states of their own, since " + projection.getReason().value_or("")).str());
  return success(!hasBody || succeeded(addSynapses(projection, target)));
}

/// The synapses of a projection as elements of a body, where one state per target does not do or plasticity rules act on them.
LogicalResult Instantiator::addSynapses(ir::ProjectionOp projection, const PopulationBody &target) {
  StringRef name = projection.getSymName();
  std::string bodyName = (name + ".body").str();
  SynapseBody synapseBody(builder, symbols, *settings, projection, simulate, target.landing(projection));
  FailureOr<ir::BodyOp> body = synapseBody.build(bodyName);
  if (failed(body))
    return failure();
  StringRef sharedName = shareOrKeep(*body, bodyName);
  bool isPost = projection.getAlignment() == ir::Alignment::Post;
  builder.setInsertionPointToEnd(&program.getBody().front());
  ir::SynapsesOp::create(builder, projection.getLoc(), (name + ".synapses").str(), name, sharedName,
                         builder.getArrayAttr(synapseBody.arguments()),
                         isPost ? ir::Alignment::Connection : *projection.getAlignment(), changesWeights(projection, symbols),
                         isPost, modulatorsOf(projection), projection.getDendritic());
  return success();
}

/// The amounts that are stored are computed anew, from the weights that they stand for.
LogicalResult Instantiator::addChange(ir::ReweighOp change, ir::ProjectionOp projection, const PopulationBody &target) {
  std::string name = ("change of " + projection.getSymName()).str();
  unsigned count = ++probes[name];
  if (count > 1)
    name += "#" + std::to_string(count);
  Arguments arguments;
  builder.setInsertionPointToEnd(&program.getBody().front());
  auto connector = ir::ConnectorOp::create(builder, change.getLoc(), name + ".connector", /*amount_stored=*/true,
                                           /*delay_stored=*/false, /*changes=*/true);
  bool isWeightStored = !rulesOf(projection, symbols).empty();
  auto toAmount = [&](OpBuilder &at, Value weight) {
    return isWeightStored ? weight : target.landing(projection).amount(at, weight, arguments);
  };
  if (failed(buildChangedAmount(builder, change, connector.getAmount(), name, weightSpelling(projection), *settings, arguments, toAmount)))
    return failure();
  resolveJoinedNeurons(connector.getAmount(), projection, symbols, inNetwork, *settings, arguments);
  StringRef connectorName = shareOrKeep(connector, connector.getSymName().str());
  builder.setInsertionPointToEnd(&program.getBody().front());
  ir::ChangeOp::create(builder, change.getLoc(), name, projection.getSymName(), connectorName, builder.getArrayAttr(arguments.all()),
                       settings->get(name + ".at", change.getTime().convertToDouble(), {"ms"}).getValue());
  return success();
}

/// What the stored amounts onto a target are scaled to, as an amount.
void Instantiator::addTotal(ir::ProjectionOp projection, const PopulationBody &target) {
  std::string name = ("total of " + projection.getSymName()).str();
  Arguments arguments;
  builder.setInsertionPointToEnd(&program.getBody().front());
  auto connector = ir::ConnectorOp::create(builder, projection.getLoc(), name + ".connector", /*amount_stored=*/true,
                                           /*delay_stored=*/false, /*changes=*/true);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&connector.getAmount());
    Value total = copyWithSettings(builder, projection.getTotal(), projection.getSymName().str() + ".total", weightSpelling(projection),
                                   *settings, arguments, nullptr);
    bool hasRules = !rulesOf(projection, symbols).empty();
    ir::YieldOp::create(builder, projection.getLoc(), hasRules ? total : target.landing(projection).amount(builder, total, arguments));
    resolveJoinedNeurons(connector.getAmount(), projection, symbols, inNetwork, *settings, arguments);
  }
  StringRef connectorName = shareOrKeep(connector, connector.getSymName().str());
  builder.setInsertionPointToEnd(&program.getBody().front());
  ir::TotalOp::create(builder, projection.getLoc(), name, projection.getSymName(), connectorName, builder.getArrayAttr(arguments.all()));
}

//===-- Groups and records ------------------------------------------------------------------------------------------------===//

void Instantiator::addRange(ir::GroupOp group) {
  ir::RangeOp::create(builder, group.getLoc(), (group.getSymName() + ".range").str(), group.getPopulation(),
                      border(group.getPopulation(), group.getBegin()).getValue(),
                      border(group.getPopulation(), group.getEnd()).getValue());
}

LogicalResult Instantiator::addProbe(ir::RecordOp record) {
  std::string name = record.getName().str();
  // The same may be recorded twice, in different steps or from different times.
  unsigned count = ++probes[name];
  std::string place = count == 1 ? name : name + "#" + std::to_string(count);
  auto milliseconds = [&](std::optional<llvm::APFloat> value, const char *what) {
    return value ? settings->get(place + "." + what, value->convertToDouble(), {"ms"}) : FlatSymbolRefAttr();
  };
  FlatSymbolRefAttr every = milliseconds(record.getEvery(), "every"), from = milliseconds(record.getFrom(), "from"),
                    until = milliseconds(record.getUntil(), "until");
  std::string variable = record.getRate()      ? "rate"
                         : record.getCurrent() ? "current"
                                               : record.getVariable().value_or("").str();
  auto projection = record.getProjection() ? inNetwork.lookup<ir::ProjectionOp>(*record.getProjection()) : ir::ProjectionOp();
  bool isOfState = projection && !record.getCurrent() && !record.getWeights();
  if (record.getWeights() || (isOfState && projection.getAlignment() != ir::Alignment::Post)) {
    if (record.getMean() && isOfState)
      return reject(record.getLoc(), DiagnosticCode::X5)
             << "`" << variable << "` is kept per " << placeOf(*projection.getAlignment())
             << ", and means are of what neurons have; record it and average, or record the `current`";
    // Up to the last synapse or source, of which the runtime knows the number.
    auto end = static_cast<int64_t>(record.getEnd());
    FlatSymbolRefAttr first = settings->get(place + "@begin", static_cast<double>(record.getBegin()));
    FlatSymbolRefAttr last = settings->get(place + "@end", end < 0 ? std::ldexp(1, 53) : static_cast<double>(end));
    ir::ProbeOp::create(builder, record.getLoc(), builder.getStringAttr(name), builder.getStringAttr(isOfState ? variable : "w"),
                        record.getPopulationAttr(), first, last, record.getStrideAttr(), isOfState ? record.getFieldAttr() : FlatSymbolRefAttr(),
                        UnitAttr(), UnitAttr(), every, from, until,
                        FlatSymbolRefAttr::get(projection), projection.getWeightUnitAttr(), projection.getWeightScaleAttr());
    return success();
  }
  uint64_t begin = record.getBegin(), end = record.getEnd();
  if (isOfState) { // the range is one of the targets
    uint64_t targets = projection.getTargetEnd() - projection.getTargetBegin();
    end = static_cast<int64_t>(end) < 0 ? targets : end;
    if (end > targets)
      return reject(record.getLoc(), DiagnosticCode::C1)
             << "`" << variable << "` is kept per target, of which there are " << targets << "; " << *projection.getReason();
    begin += projection.getTargetBegin();
    end += projection.getTargetBegin();
  }
  ir::ProbeOp::create(builder, record.getLoc(), builder.getStringAttr(name),
                      builder.getStringAttr(record.getMean() ? "mean " + variable : variable), record.getPopulationAttr(),
                      border(record.getPopulation(), begin), border(record.getPopulation(), end),
                      record.getStrideAttr(), record.getFieldAttr(), record.getRateAttr(), record.getMeanAttr(), every, from, until, FlatSymbolRefAttr(),
                      builder.getStringAttr(""), builder.getF64FloatAttr(1));
  return success();
}

void Instantiator::addLimit(ir::StopOp stop) {
  std::string name = "stop when rate of " + stop.getName().str();
  unsigned count = ++probes[name];
  std::string place = count == 1 ? name : name + "#" + std::to_string(count);
  ir::LimitOp::create(builder, stop.getLoc(), stop.getNameAttr(), stop.getPopulationAttr(),
                      border(stop.getPopulation(), stop.getBegin()), border(stop.getPopulation(), stop.getEnd()),
                      settings->get(place + ".over", stop.getWindow().convertToDouble(), {"ms"}), stop.getBelowAttr(),
                      stop.getInclusiveAttr(), settings->get(place, stop.getLimit().convertToDouble(), {"Hz", 1e-3}));
}

void Instantiator::addSpikeTimes(ir::GivenSpikesOp given) {
  ir::SpikeTimesOp::create(builder, given.getLoc(), given.getPopulationAttr(), border(given.getPopulation(), given.getBegin()),
                           border(given.getPopulation(), given.getEnd()), given.getInputAttr(), given.getPathAttr(),
                           given.getDataSetAttr(), given.getTimesAttr());
}

namespace {

struct InstantiateModelsPass : snn::impl::InstantiateModelsBase<InstantiateModelsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto simulations = module.getOps<ir::SimulateOp>();
    if (simulations.empty())
      return;
    ir::SimulateOp simulate = *simulations.begin();
    auto network = SymbolTable(module).lookup<ir::NetworkOp>(simulate.getNetwork());
    if (failed(Instantiator(module, simulate, network).run()))
      signalPassFailure();
  }
};

} // namespace
