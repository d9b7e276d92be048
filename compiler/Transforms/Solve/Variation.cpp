#include "compiler/Transforms/Solve/Variation.h"

using namespace mlir;

namespace snn {

static Variation ofSlot(Operation *slot) {
  auto field = dyn_cast_or_null<ir::FieldOp>(slot);
  if (!field)
    return Variation::PerPopulation;
  bool isFixed = field.getKind() == ir::FieldKind::Parameter || field.getKind() == ir::FieldKind::Constant;
  return isFixed ? Variation::PerNeuron : Variation::PerStep;
}

VariationAnalysis::VariationAnalysis(ir::BodyOp body)
    : slots(body), weightsChange(body.walk([](ir::SetWeightOp) { return WalkResult::interrupt(); }).wasInterrupted()) {}

Variation VariationAnalysis::of(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  Variation result = Variation::PerPopulation;
  if (!op || isa<ir::StepNumberOp, ir::RandomOp, ir::RepeatOp, ir::IterateOp, ir::JoinedOp, ir::LookBackOp, ir::EventStepOp>(op))
    result = Variation::PerStep;
  else if (auto read = dyn_cast<ir::ReadOp>(op))
    result = ofSlot(slots.lookup(read.getSlot()));
  else if (auto weight = dyn_cast<ir::WeightOp>(op))
    result = weight.getOfRow() || weightsChange ? Variation::PerStep : Variation::PerNeuron; // of a row: no value of the element
  else if (isa<ir::IndexOp, ir::DataOp, ir::DrawOp>(op))
    result = Variation::PerNeuron;
  if (op)
    for (Value operand : op->getOperands())
      result = std::max(result, of(operand));
  return known[value] = result;
}

} // namespace snn
