#include "compiler/Transforms/Passes.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringSet.h"

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
    addDeliveries(program, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addTransmission(program, body, builder);
    for (auto body : program.getBody().getOps<ir::BodyOp>())
      addLanes(program, body, builder);
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
    auto transmit = ir::TransmitOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(routes), alignment);
    moveStep(body, transmit.getBody());
  }

  static void moveStep(ir::BodyOp body, Region &destination) {
    auto step = *body.getBody().getOps<ir::StepOp>().begin();
    destination.takeBody(step.getBody());
    step.erase();
  }

  /// The step of a body moves into the loop over its neurons.
  void addLanes(ir::ProgramOp program, ir::BodyOp body, OpBuilder &builder) {
    SmallVector<Attribute> populations;
    for (auto instance : program.getBody().getOps<ir::InstanceOp>())
      if (instance.getOf() == body.getSymName())
        populations.push_back(FlatSymbolRefAttr::get(instance));
    if (populations.empty())
      return;
    auto lanes = ir::LanesOp::create(builder, body.getLoc(), body.getSymName(), builder.getArrayAttr(populations));
    moveStep(body, lanes.getBody());
  }
};

} // namespace
