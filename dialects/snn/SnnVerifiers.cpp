// Rules that TableGen cannot say: of single operations, and of names inside definitions and bodies.

#include "dialects/snn/SnnDialect.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace snn::ir;

//===-- Expressions -----------------------------------------------------------------------------------------------------===//

LogicalResult PropagatorOp::verify() {
  size_t entries = getMatrix().size();
  size_t n = static_cast<size_t>(std::llround(std::sqrt(static_cast<double>(entries))));
  if (n == 0 || n * n != entries)
    return emitOpError("needs the entries of a square matrix, but has ") << entries;
  if (getValues().size() != 2 * entries)
    return emitOpError("yields two matrices of ")
           << entries << " entries, but has " << getValues().size() << " results";
  return success();
}

static size_t parameterCount(Distribution distribution) {
  switch (distribution) {
  case Distribution::Exponential:
    return 1;
  case Distribution::Normal:
  case Distribution::Uniform:
  case Distribution::Lognormal:
  case Distribution::Gamma:
  case Distribution::Weibull:
  case Distribution::Beta:
    return 2;
  case Distribution::TruncatedNormal:
    return 4;
  }
  llvm_unreachable("covered switch");
}

LogicalResult DrawOp::verify() {
  size_t expected = parameterCount(getDistribution());
  if (getParameters().size() != expected)
    return emitOpError() << "has " << getParameters().size() << " parameters, but `"
                         << stringifyDistribution(getDistribution()) << "` takes " << expected;
  return success();
}

//===-- Declarations ----------------------------------------------------------------------------------------------------===//

namespace {

/// What a name may be used as.
struct Slot {
  Type type;
  bool isState;
};
using Slots = llvm::StringMap<Slot>;

} // namespace

static InFlightDiagnostic unknownName(Operation *user, StringRef name, StringRef place) {
  return user->emitOpError() << "names `" << name << "`, which " << place << " does not declare";
}

static LogicalResult verifyAccess(Operation *user, const Slots &slots, StringRef name, Type type, StringRef place) {
  auto slot = slots.find(name);
  if (slot == slots.end())
    return unknownName(user, name, place);
  if (slot->second.type != type)
    return user->emitOpError() << "takes `" << name << "` for " << type << ", but it is " << slot->second.type;
  return success();
}

static LogicalResult verifyState(Operation *user, const Slots &slots, StringRef name, StringRef place) {
  auto slot = slots.find(name);
  if (slot == slots.end())
    return unknownName(user, name, place);
  if (!slot->second.isState)
    return user->emitOpError() << "needs a state, which `" << name << "` is not";
  return success();
}

/// Every name used in `root` is a slot, and is used as what it is.
static LogicalResult verifyNames(Operation *root, const Slots &slots, StringRef place) {
  WalkResult result = root->walk([&](Operation *op) -> WalkResult {
    return TypeSwitch<Operation *, LogicalResult>(op)
        .Case([&](ReadOp read) { return verifyAccess(op, slots, read.getSlot(), read.getValue().getType(), place); })
        .Case(
            [&](WriteOp write) { return verifyAccess(op, slots, write.getSlot(), write.getValue().getType(), place); })
        .Case([&](CountDownOp wait) { return verifyAccess(op, slots, wait.getSlot(), wait.getPassed().getType(), place); })
        .Case([&](EquationOp equation) { return verifyState(op, slots, equation.getState(), place); })
        .Case([&](OdeOp ode) { return verifyState(op, slots, ode.getState(), place); })
        .Default([](Operation *) { return success(); });
  });
  return failure(result.wasInterrupted());
}

static LogicalResult verifyModel(Operation *model, Region &body) {
  Slots slots;
  for (auto variable : body.getOps<VariableOp>())
    slots[variable.getSymName()] = {Float64Type::get(model->getContext()),
                                    variable.getKind() == VariableKind::State || variable.getKind() == VariableKind::Weight};
  return verifyNames(model, slots, "its definition");
}

LogicalResult NeuronOp::verifyRegions() { return verifyModel(*this, getBody()); }
LogicalResult SynapseOp::verifyRegions() { return verifyModel(*this, getBody()); }
LogicalResult OutputOp::verifyRegions() { return verifyModel(*this, getBody()); }
LogicalResult PlasticityOp::verifyRegions() { return verifyModel(*this, getBody()); }

LogicalResult SpikeRuleOp::verifyRegions() {
  auto yield = dyn_cast<YieldOp>(getCondition().front().getTerminator());
  if (!yield)
    return emitOpError("needs an `snn.yield` at the end of its condition");
  auto yields = [&](Type type, unsigned count) {
    return yield.getNumOperands() == count &&
           llvm::all_of(yield.getOperandTypes(), [&](Type own) { return own == type; });
  };
  Builder builder(getContext());
  if (getKind() == SpikeKind::Level && !yields(builder.getI1Type(), 1))
    return emitOpError("of kind `level` needs a condition that yields one i1");
  if (getKind() == SpikeKind::Crossing && !yields(builder.getF64Type(), 2))
    return emitOpError("of kind `crossing` needs a condition that yields its two sides as f64");
  if (getKind() == SpikeKind::Rate && !yields(builder.getF64Type(), 1))
    return emitOpError("of kind `rate` needs a condition that yields one f64");
  return success();
}

//===-- Bodies and schedule ---------------------------------------------------------------------------------------------===//

static Slots slotsOf(BodyOp body) {
  Slots slots;
  for (auto field : body.getBody().getOps<FieldOp>())
    slots[field.getSymName()] = {field.getType(), field.getKind() == FieldKind::State};
  for (auto uniform : body.getBody().getOps<UniformOp>())
    slots[uniform.getSymName()] = {Float64Type::get(body.getContext()), false};
  return slots;
}

LogicalResult BodyOp::verifyRegions() {
  auto count = [&](auto ops) { return std::distance(ops.begin(), ops.end()); };
  if (count(getBody().getOps<PrepareOp>()) != 1 || count(getBody().getOps<InitialiseOp>()) != 1)
    return emitOpError("needs one `snn.prepare` and one `snn.initialise`");
  if (count(getBody().getOps<StepOp>()) > 1)
    return emitOpError("has several `snn.step`");
  return verifyNames(*this, slotsOf(*this), "its body");
}

/// The block of `op` is the step of a body.
template <typename OpT> static LogicalResult verifyStepOf(OpT op, SymbolTableCollection &symbols, StringRef place) {
  auto body = symbols.lookupNearestSymbolFrom<BodyOp>(op, op.getOfAttr());
  if (!body)
    return op.emitOpError() << "is of `" << op.getOf() << "`, which is no body of the program";
  return verifyNames(op, slotsOf(body), place);
}

LogicalResult LanesOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyStepOf(*this, symbols, "the body of its lanes");
}

LogicalResult RespondOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyStepOf(*this, symbols, "the body of its synapses");
}

LogicalResult VisitOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyStepOf(*this, symbols, "the body of its synapses");
}

LogicalResult EmitOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyStepOf(*this, symbols, "the body of its neurons");
}

LogicalResult TransmitOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return verifyStepOf(*this, symbols, "the body of its synapses");
}
