// `method euler steps 2`: equations that are advanced several times in a step, by a fraction of it, with all else held at
// what it is at the start of the step.

#include "compiler/Transforms/Solve/Solver.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

Solver::Solver(Solver &outer, OpBuilder inside, Value stepSize, unsigned rounds)
    : system(outer.system), builder(inside), variation(outer.variation), form(builder, outer.system.getLoc(), variation),
      stepSize(stepSize), rounds(rounds) {}

std::vector<Solver::Equations> Solver::takeSubstepped() {
  std::vector<Equations> groups;
  Equations together, adaptive, kept;
  for (Equation &equation : equations) {
    if (equation.method == ir::Method::Adaptive)
      adaptive.push_back(equation);
    else if (equation.op.getSteps() == 1)
      kept.push_back(equation);
    else if (equation.op.getAlone())
      groups.push_back({equation});
    else
      together.push_back(equation);
  }
  equations = std::move(kept);
  for (Equations &group : {std::ref(together), std::ref(adaptive)})
    if (!group.empty())
      groups.push_back(group);
  return groups;
}

/// Each sub-step has a Wiener increment of its own, of the variance of its length.
void Solver::drawPerSubstep(IRMapping &mapping, Solver &inner) {
  ImplicitLocOpBuilder &b = inner.form.arithmetic().builder();
  Value root;
  for (Value normal : normals) {
    auto random = normal.getDefiningOp<ir::RandomOp>();
    if (!root)
      root = math::SqrtOp::create(b, inner.stepSize);
    Value own = ir::RandomOp::create(b, b.getF64Type(), ir::RandomKind::Normal, random.getStream(), random.getShared(),
                                     /*per_substep=*/true);
    inner.normals.push_back(own);
    for (Operation *user : normal.getUsers()) // N / sqrt(dt)
      if (auto quotient = dyn_cast<arith::DivFOp>(user))
        mapping.map(quotient.getResult(), arith::DivFOp::create(b, own, root).getResult());
  }
}

LogicalResult Solver::solveSubsteps(Equations &members) {
  Arithmetic &a = form.arithmetic();
  a.builder().setLoc(members.front().op.getLoc());
  unsigned steps = members.front().op.getSteps();
  Value fraction = a.divide(stepSize, a.constant(steps));
  SmallVector<Value> starts;
  for (const Equation &equation : members)
    starts.push_back(equation.old);
  SmallVector<Type> types(members.size(), builder.getF64Type());
  auto loop = ir::RepeatOp::create(builder, members.front().op.getLoc(), types, steps, starts);
  Block &block = loop.getBody().emplaceBlock();
  OpBuilder inside = OpBuilder::atBlockEnd(&block);

  Solver inner(*this, inside, fraction, steps);
  IRMapping mapping;
  drawPerSubstep(mapping, inner);
  for (Equation &equation : members)
    mapping.map(equation.old, block.addArgument(inside.getF64Type(), equation.op.getLoc()));
  for (const Equation &equation : members) {
    Equation own = equation;
    own.old = mapping.lookup(equation.old);
    own.derivative = cloneWith(inside, equation.derivative, mapping);
    inner.equations.push_back(own);
  }
  if (failed(inner.advance()))
    return failure();
  SmallVector<Value> next;
  for (const Equation &equation : inner.equations)
    next.push_back(equation.next);
  ir::YieldOp::create(inside, loop.getLoc(), next);
  for (auto [equation, result] : llvm::zip(members, loop.getResults()))
    equation.next = result;
  return success();
}

} // namespace snn
