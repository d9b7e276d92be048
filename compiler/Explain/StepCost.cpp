#include "compiler/Explain/Explain.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

/// Bytes of one element of a slot: uniforms are in registers.
static uint32_t bytesOfSlot(ir::BodyOp body, StringRef slot, uint32_t realBytes) {
  auto field = dyn_cast_or_null<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, slot));
  if (!field)
    return 0;
  return field.getType().isF64() ? realBytes : field.getType().getIntOrFloatBitWidth() / 8;
}

static void count(Operation *op, StepCost &cost) {
  if (isa<arith::ConstantOp, ir::IndexOp, ir::StepNumberOp, ir::StepSizeOp>(op) || op->getNumResults() == 0)
    return;
  if (isa<arith::DivFOp, math::SqrtOp>(op))
    ++cost.divisions;
  else if (isa<ir::RandomOp>(op))
    ++cost.randomNumbers;
  else if (isa<math::FmaOp, math::AbsFOp, math::CopySignOp, math::FloorOp, math::CeilOp, math::RoundEvenOp>(op))
    ++cost.operations;
  else if (isa<math::MathDialect>(op->getDialect()) || isa<ir::ExprelOp, ir::RexprelOp, ir::LogisticOp, ir::PoissonCountOp>(op))
    ++cost.transcendentals;
  else
    ++cost.operations;
}

StepCost costOf(Block &block, ir::BodyOp body, uint32_t realBytes) {
  StepCost cost;
  llvm::StringMap<unsigned> touched; // 1: read, 2: written
  block.walk([&](Operation *op) {
    if (auto read = dyn_cast<ir::ReadOp>(op))
      touched[read.getSlot()] |= 1;
    else if (auto write = dyn_cast<ir::WriteOp>(op))
      touched[write.getSlot()] |= 2;
    else if (auto wait = dyn_cast<ir::CountDownOp>(op); wait && !wait.getQuiet())
      touched[wait.getSlot()] |= 3;
    else if (isa<ir::CountDownOp>(op))
      ; // once for a group of neurons
    else if (isa<ir::SpikeOp, ir::OnEventOp>(op))
      return WalkResult::skip(); // seldom
    else
      count(op, cost);
    return WalkResult::advance();
  });
  for (const auto &slot : touched)
    cost.bytes += bytesOfSlot(body, slot.first(), realBytes) * llvm::popcount(slot.second);
  return cost;
}

} // namespace snn
