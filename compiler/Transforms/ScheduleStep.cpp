#include "compiler/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

#include "llvm/ADT/StringSet.h"

#include <map>
#include <tuple>

namespace snn {
#define GEN_PASS_DEF_SCHEDULESTEP
#include "compiler/Transforms/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

namespace {

struct ScheduleStepPass : snn::impl::ScheduleStepBase<ScheduleStepPass> {
  void runOnOperation() override {
    ir::ProgramOp program = getOperation();
    OpBuilder builder = OpBuilder::atBlockEnd(&program.getBody().front());
    auto loop = ir::TimeLoopOp::create(builder, program.getLoc());
    builder.createBlock(&loop.getBody());
    takeParts(program);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addVisits(program, body, builder, /*ofModulators=*/false);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addAside<ir::AdvanceOp>(program, body, builder, "advance");
    addDeliveries(program, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addTransmission(program, body, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addVisits(program, body, builder, /*ofModulators=*/true);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addLanes(program, body, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addResponses(program, body, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addEmission(program, body, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addAside<ir::RememberOp>(program, body, builder, "remember");
    ir::MeetOp::create(builder, program.getLoc());
  }

  /// One delivery for each way of storing amounts and delays, in the order of the first projection of that kind.
  void addDeliveries(ir::ProgramOp program, OpBuilder &builder) {
    SymbolTable symbols(program);
    llvm::MapVector<std::pair<int, int>, SmallVector<Attribute>> routes; // amount stored, delay stored
    llvm::MapVector<std::pair<int, int>, SmallVector<Location>> places;
    llvm::StringSet<> withStates;
    for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
      withStates.insert(synapses.getRoute());
    for (auto route : program.getBody().getOps<ir::RouteOp>()) {
      if (withStates.contains(route.getSymName()))
        continue;
      auto connector = symbols.lookup<ir::ConnectorOp>(route.getConnector());
      std::pair<int, int> kind = {connector.getAmountStored(), connector.getDelayStored()};
      routes[kind].push_back(FlatSymbolRefAttr::get(route));
      places[kind].push_back(route.getLoc());
    }
    auto flag = [&](bool set) { return set ? builder.getUnitAttr() : UnitAttr(); };
    for (auto &[kind, names] : routes)
      ir::DeliverOp::create(builder, builder.getFusedLoc(places[kind]), builder.getArrayAttr(names), flag(kind.first),
                            flag(kind.second));
  }

  /// What does not happen in the middle of a step leaves it, with copies of what it is computed from there.
  void takeParts(ir::ProgramOp program) {
    parts.clear();
    SmallVector<Operation *> found;
    program.walk([&](Operation *op) {
      if (isa<ir::AdvanceOp, ir::OnSpikeOp, ir::RememberOp, ir::OnTargetSpikeOp, ir::EverySynapseOp>(op))
        found.push_back(op);
    });
    for (Operation *op : found) {
      copyOperandsInto(op->getRegion(0).front());
      auto body = op->getParentOfType<ir::BodyOp>();
      auto visit = dyn_cast<ir::EverySynapseOp>(op);
      StringRef modulator = visit ? visit.getModulator().value_or("") : "";
      Part &part = parts[{body.getSymName(), op->getName().getStringRef(), modulator}];
      part.delayStored = op->hasAttr("delay_stored");
      part.late = op->hasAttr("late");
      part.region = std::make_shared<Region>();
      part.region->takeBody(op->getRegion(0));
      op->erase();
    }
  }

  static void copyOperandsInto(Block &block) {
    IRMapping copies;
    OpBuilder at = OpBuilder::atBlockBegin(&block);
    std::function<void(Value)> copy = [&](Value value) {
      Operation *op = value.getDefiningOp();
      if (op->getBlock() == &block || copies.contains(value))
        return;
      llvm::for_each(op->getOperands(), copy);
      at.clone(*op, copies);
    };
    SmallVector<Operation *> own = llvm::map_to_vector(block, [](Operation &op) { return &op; });
    for (Operation *op : own) {
      at.setInsertionPoint(op);
      for (OpOperand &operand : op->getOpOperands()) {
        copy(operand.get());
        operand.set(copies.lookupOrDefault(operand.get()));
      }
    }
  }

  struct Part {
    std::shared_ptr<Region> region; // shared, for passes are copied
    bool delayStored = false, late = false;
  };

  template <typename OpT> Part *partOf(ir::BodyOp body) {
    auto found = parts.find({body.getSymName(), OpT::getOperationName(), StringRef()});
    return found == parts.end() ? nullptr : &found->second;
  }

  /// A loop over the neurons beside the step.
  template <typename OpT> void addAside(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder, StringRef name) {
    SmallVector<Attribute> populations = populationsOf(program, body);
    Part *part = partOf<OpT>(body);
    if (!part || populations.empty())
      return;
    auto lanes = ir::LanesOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(populations),
                                     builder.getStringAttr(name));
    lanes.getBody().takeBody(*part->region);
  }

  void addEmission(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder) {
    SmallVector<Attribute> populations = populationsOf(program, body);
    Part *part = partOf<ir::OnSpikeOp>(body);
    if (!part || populations.empty())
      return;
    auto emit = ir::EmitOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(populations));
    emit.getBody().takeBody(*part->region);
  }

  static SmallVector<Attribute> routesOf(ir::ProgramOp program, ir::BodyOp body) {
    SmallVector<Attribute> routes;
    for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
      if (synapses.getOf() == body.getSymName())
        routes.push_back(synapses.getRouteAttr());
    return routes;
  }

  /// What happens to all synapses: in every step, or when a modulator spikes.
  void addVisits(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder, bool ofModulators) {
    SmallVector<Attribute> routes = routesOf(program, body);
    for (auto &[key, part] : parts) {
      auto [ofBody, operation, modulator] = key;
      if (ofBody != body.getSymName() || operation != ir::EverySynapseOp::getOperationName() ||
          modulator.empty() == ofModulators || routes.empty())
        continue;
      auto visit = ir::VisitOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(routes),
                                       modulator.empty() ? StringAttr() : builder.getStringAttr(modulator), part.delayStored);
      visit.getBody().takeBody(*part.region);
    }
  }

  void addResponses(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder) {
    SmallVector<Attribute> routes = routesOf(program, body);
    Part *part = partOf<ir::OnTargetSpikeOp>(body);
    if (!part || routes.empty())
      return;
    auto respond = ir::RespondOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(routes),
                                         part->delayStored, part->late);
    respond.getBody().takeBody(*part->region);
  }

  static SmallVector<Attribute> populationsOf(ir::ProgramOp program, ir::BodyOp body) {
    SmallVector<Attribute> populations;
    for (auto instance : program.getBody().getOps<ir::InstanceOp>())
      if (instance.getOf() == body.getSymName())
        populations.push_back(FlatSymbolRefAttr::get(instance));
    return populations;
  }

  /// The step of a body of synapses moves into the loop over them.
  void addTransmission(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder) {
    SmallVector<Attribute> routes;
    ir::Alignment alignment{};
    for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
      if (synapses.getOf() == body.getSymName()) {
        routes.push_back(synapses.getRouteAttr());
        alignment = synapses.getAlignment(); // the body of a `pre` projection reads the weight in a way of its own
      }
    if (routes.empty())
      return;
    auto transmit =
        ir::TransmitOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(routes), alignment);
    moveStep(body, transmit.getBody());
    for (Operation &op : transmit.getBody().front()) // each of them is executed in a loop of its own
      if (isa<ir::OnEventOp, ir::ContributionOp>(op))
        copyOperandsInto(op.getRegion(0).front());
  }

  static void moveStep(ir::BodyOp body, Region &destination) {
    auto step = *body.getBody().getOps<ir::StepOp>().begin();
    destination.takeBody(step.getBody());
    step.erase();
  }

  /// The step of a body moves into the loop over its neurons.
  void addLanes(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder) {
    SmallVector<Attribute> populations = populationsOf(program, body);
    if (populations.empty())
      return;
    auto lanes =
        ir::LanesOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(populations), StringAttr());
    moveStep(body, lanes.getBody());
  }

  std::map<std::tuple<StringRef, StringRef, StringRef>, Part> parts; ///< by body, operation and modulator
};

} // namespace
