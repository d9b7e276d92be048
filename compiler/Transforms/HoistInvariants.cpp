#include "compiler/Transforms/Passes.h"

#include "compiler/Explain/Findings.h"
#include "compiler/Explain/Formula.h"
#include "compiler/Transforms/Solve/Variation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"

namespace snn {
#define GEN_PASS_DEF_HOISTINVARIANTS
#include "compiler/Transforms/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

namespace {

class Hoister {
public:
  explicit Hoister(ir::BodyOp body) : body(body), variation(body) {
    for (Operation &op : body.getBody().front()) {
      if (isa<ir::PrepareOp>(op))
        prepare = &op.getRegion(0).front();
      if (isa<ir::InitialiseOp>(op))
        initialise = &op.getRegion(0).front();
      if (isa<ir::StepOp>(op))
        step = &op;
    }
  }

  void run();

private:
  bool isWorthHoisting(Value value);
  bool isCostly(Operation *op);
  void hoist(Value value);
  Value copyInto(Block &block, Value value, IRMapping &mapping);
  std::string freeName();
  void declare(StringRef name, Variation where, Location loc);

  ir::BodyOp body;
  VariationAnalysis variation;
  Block *prepare = nullptr, *initialise = nullptr;
  Operation *step = nullptr;
  IRMapping inPrepare, inInitialise;
  unsigned count = 0;
};

} // namespace

/// Is the value computed, rather than read or written down?
static bool isComputed(Value value) {
  Operation *op = value.getDefiningOp();
  return op && !isa<ir::ReadOp, arith::ConstantOp, ir::IndexOp>(op);
}

/// Worth a field of its own: loading a number per neuron costs about as much as two operations.
bool Hoister::isCostly(Operation *op) {
  if (isa<arith::DivFOp, ir::PropagatorOp, ir::ExprelOp, ir::RexprelOp, ir::LogisticOp, ir::DataOp>(op))
    return true;
  if (isa<math::MathDialect>(op->getDialect()) && !isa<math::FmaOp>(op))
    return true;
  return llvm::any_of(op->getOperands(), [&](Value operand) {
    return operand.getDefiningOp() && isComputed(operand) && variation.of(operand) == Variation::PerNeuron &&
           isCostly(operand.getDefiningOp());
  });
}

/// A value that changes less often than one of its users.
bool Hoister::isWorthHoisting(Value value) {
  if (!value.getType().isF64() || !isComputed(value))
    return false;
  Variation own = variation.of(value);
  if (own == Variation::PerStep)
    return false;
  bool usedMoreOften = llvm::any_of(value.getUsers(), [&](Operation *user) {
    if (user->getNumResults() == 0)
      return true; // a write, a spike
    Variation use = variation.of(user->getResult(0));
    return use > own || !user->getResult(0).getType().isF64();
  });
  return usedMoreOften && (own == Variation::PerPopulation || isCostly(value.getDefiningOp()));
}

Value Hoister::copyInto(Block &block, Value value, IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands())
    copyInto(block, operand, mapping);
  OpBuilder::atBlockEnd(&block).clone(*op, mapping);
  return mapping.lookup(value);
}

void Hoister::declare(StringRef name, Variation where, Location loc) {
  OpBuilder at(step);
  if (where == Variation::PerPopulation)
    ir::UniformOp::create(at, loc, name, IntegerAttr());
  else
    ir::FieldOp::create(at, loc, name, ir::FieldKind::Constant, "", llvm::APFloat(1.0), at.getF64Type(), IntegerAttr(), "");
}

/// c0, c1, ..., without those that the author uses.
std::string Hoister::freeName() {
  std::string name;
  do
    name = "c" + std::to_string(count++);
  while (SymbolTable::lookupSymbolIn(body, name));
  return name;
}

/// The operation, or the outermost loop over sub-steps around it: what does not change is read in front of that.
static Operation *outsideOfLoops(Operation *op) {
  while (isa<ir::RepeatOp, ir::IterateOp>(op->getParentOp()))
    op = op->getParentOp();
  return op;
}

void Hoister::hoist(Value value) {
  Variation where = variation.of(value);
  std::string name = freeName();
  declare(name, where, value.getLoc());
  bool uniform = where == Variation::PerPopulation;
  if (areFindingsWanted(body.getContext()))
    reportFinding(value.getLoc(), "hoisted", {{"body", body.getSymName().str()},
                                              {"per", uniform ? "population" : "element"},
                                              {"formula", formulaOf(value)}});
  Block &block = uniform ? *prepare : *initialise;
  Value copy = copyInto(block, value, uniform ? inPrepare : inInitialise);
  OpBuilder at = OpBuilder::atBlockEnd(&block);
  ir::WriteOp::create(at, value.getLoc(), name, copy);
  at.setInsertionPoint(outsideOfLoops(value.getDefiningOp()));
  Value read = ir::ReadOp::create(at, value.getLoc(), at.getF64Type(), name);
  value.replaceAllUsesWith(read);
}

void Hoister::run() {
  SmallVector<Value> values;
  step->walk([&](Operation *op) {
    for (Value result : op->getResults())
      if (isWorthHoisting(result))
        values.push_back(result);
  });
  for (Value value : values)
    hoist(value);
}

/// Removes operations nobody uses, last first.
static void eraseUnused(Operation *root) {
  SmallVector<Operation *> all;
  root->walk([&](Operation *op) { all.push_back(op); });
  for (Operation *op : llvm::reverse(all))
    if (op != root && isOpTriviallyDead(op))
      op->erase();
}

namespace {

struct HoistInvariantsPass : snn::impl::HoistInvariantsBase<HoistInvariantsPass> {
  void runOnOperation() override {
    ir::BodyOp body = getOperation();
    IRRewriter rewriter(body.getContext());
    auto simplify = [&] {
      DominanceInfo dominance(body);
      eliminateCommonSubExpressions(rewriter, dominance, body);
      for (Operation &op : body.getBody().front())
        if (op.getNumRegions())
          eraseUnused(&op);
    };
    simplify();
    Hoister(body).run();
    simplify();
  }
};

} // namespace
