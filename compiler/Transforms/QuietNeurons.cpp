#include "compiler/Transforms/QuietNeurons.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

using namespace mlir;

namespace snn {

static constexpr const char *quietSuffix = ".quiet";

bool isAlikeForAll(Value value, ir::BodyOp body) {
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast_or_null<ir::ReadOp>(op))
    return !isa<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, read.getSlot()));
  if (!op || isa<ir::IndexOp, ir::DrawOp, ir::DataOp, ir::RandomOp, ir::CountDownOp, ir::LookBackOp, ir::RepeatOp, ir::IterateOp, ir::IntegrateOp>(op))
    return false;
  return llvm::all_of(op->getOperands(), [&](Value operand) { return isAlikeForAll(operand, body); });
}

/// Nothing that a step leaves out by not computing it: values alone, and what the schedule puts elsewhere.
static bool leavesNoTrace(Operation &op) {
  if (isa<ir::AdvanceOp, ir::OnSpikeOp, ir::RememberOp>(op))
    return true;
  auto effects = dyn_cast<MemoryEffectOpInterface>(op);
  return op.getNumRegions() == 0 && effects && !effects.hasEffect<MemoryEffects::Write>();
}

/// The wait, if the spike at its end and the next wait that is drawn then are all that ever happens in the step.
static ir::CountDownOp onlyWait(Block &step) {
  ir::CountDownOp wait;
  for (Operation &op : step) {
    if (auto found = dyn_cast<ir::CountDownOp>(op); found && !wait) {
      wait = found;
    } else if (auto spike = dyn_cast<ir::SpikeOp>(op)) {
      bool isItsEnd = wait && spike.getCondition() == wait.getIsOver();
      if (!isItsEnd || llvm::any_of(spike.getBody().getOps<ir::WriteOp>(), [&](ir::WriteOp write) { return write.getSlot() != wait.getSlot(); }))
        return {};
    } else if (!leavesNoTrace(op)) {
      return {};
    }
  }
  return wait;
}

void leaveQuietNeuronsAlone(ir::BodyOp body) {
  for (auto step : body.getBody().getOps<ir::StepOp>()) {
    ir::CountDownOp wait = onlyWait(step.getBody().front());
    if (!wait || !isAlikeForAll(wait.getPassed(), body))
      continue;
    auto counted = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, wait.getSlot()));
    std::string name = (wait.getSlot() + quietSuffix).str();
    OpBuilder at(counted->getContext());
    at.setInsertionPointAfter(counted);
    ir::FieldOp::create(at, wait.getLoc(), name, ir::FieldKind::State, "", llvm::APFloat(1.0), counted.getType(), IntegerAttr(), "");
    auto initialise = *body.getBody().getOps<ir::InitialiseOp>().begin();
    at.setInsertionPointToEnd(&initialise.getBody().front()); // none is quiet until it has been looked at
    ir::WriteOp::create(at, wait.getLoc(), name, arith::ConstantOp::create(at, wait.getLoc(), at.getI32IntegerAttr(0)));
    wait.setQuiet(name);
  }
}

} // namespace snn
