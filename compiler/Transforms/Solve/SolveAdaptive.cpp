// `method adaptive(tolerance = ...)`: the embedded Runge-Kutta pair of orders 5 and 4 of Cash & Karp (1990,
// doi:10.1145/79505.79507), with sub-steps that every neuron chooses for itself. After each accepted sub-step the spike
// condition is tested and its block executed.
//
// A sub-step with the estimated error e is accepted where |e| <= tolerance (1 + |x|) for every state x, in base units. None
// is shorter than dt/100000, and one of that length is accepted whatever its error, so a step ends after a bounded number
// of rounds. What is not in the system keeps its value of the start of the step.

#include "compiler/Transforms/Solve/SubstepSpikes.h"

#include "compiler/Algebra/Derivative.h"
#include "compiler/Explain/Findings.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Solve/Solver.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

/// The longest and the shortest sub-step differ by at most this factor.
static constexpr double longestToShortest = 1e5;
/// Below this, the error of the method cannot be told from the rounding of single precision.
static constexpr double smallestToleranceInSingle = 1e-6;

static constexpr unsigned stages = 6;
/// Weights of the slopes so far in the stages behind the first, of all slopes in the result of fifth order, and in its
/// difference from that of fourth order.
static constexpr double stageWeights[stages - 1][stages - 1] = {
    {1. / 5},
    {3. / 40, 9. / 40},
    {3. / 10, -9. / 10, 6. / 5},
    {-11. / 54, 5. / 2, -70. / 27, 35. / 27},
    {1631. / 55296, 175. / 512, 575. / 13824, 44275. / 110592, 253. / 4096}};
static constexpr double resultWeights[stages] = {37. / 378, 0, 250. / 621, 125. / 594, 0, 512. / 1771};
static constexpr double errorWeights[stages] = {
    37. / 378 - 2825. / 27648, 0, 250. / 621 - 18575. / 48384, 125. / 594 - 13525. / 55296, -277. / 14336, 512. / 1771 - 1. / 4};

namespace {
using Values = SmallVector<Value>;

/// Arithmetic on the values of one round.
struct RoundBuilder {
  Arithmetic a;

  Value compare(arith::CmpFPredicate predicate, Value x, Value y) {
    return arith::CmpFOp::create(a.builder(), predicate, x, y);
  }
  Value smaller(Value x, Value y) { return a.select(compare(arith::CmpFPredicate::OLT, x, y), x, y); }
  Value larger(Value x, Value y) { return a.select(compare(arith::CmpFPredicate::OGT, x, y), x, y); }
  Value magnitude(Value x) { return math::AbsFOp::create(a.builder(), x); }
  Value either(Value x, Value y) { return arith::OrIOp::create(a.builder(), x, y); }
  Value both(Value x, Value y) { return arith::AndIOp::create(a.builder(), x, y); }
  Value negation(Value x) {
    return arith::XOrIOp::create(a.builder(), x, arith::ConstantOp::create(a.builder(), a.builder().getBoolAttr(true)));
  }
  Value weighted(ArrayRef<Value> slopes, ArrayRef<double> weights) {
    Value sum = a.constant(0);
    for (auto [slope, weight] : llvm::zip(slopes, weights))
      sum = weight == 0 ? sum : a.multiplyAdd(slope, a.constant(weight), sum);
    return sum;
  }
};
} // namespace

/// How much longer the next sub-step should be: 0.9 error^(-1/5) within a factor of five; a fifth where the error is no number.
static Value growth(RoundBuilder &r, Value error) {
  Value bounded = r.larger(error, r.a.constant(1e-4));
  Value power = math::PowFOp::create(r.a.builder(), bounded, r.a.constant(-0.2));
  Value factor = r.smaller(r.larger(r.a.multiply(r.a.constant(0.9), power), r.a.constant(0.2)), r.a.constant(5));
  Value isNumber = r.compare(arith::CmpFPredicate::ORD, error, error);
  return r.a.select(isNumber, factor, r.a.constant(0.2));
}

static double toleranceOf(ArrayRef<ir::OdeOp> odes) {
  double tolerance = 1;
  for (ir::OdeOp ode : odes)
    tolerance = std::min(tolerance, ode.getTolerance().convertToDouble());
  auto program = odes.front()->getParentOfType<ir::ProgramOp>();
  bool isSingle = !program || program.getPrecision() == ir::Precision::F32;
  return isSingle ? std::max(tolerance, smallestToleranceInSingle) : tolerance;
}

LogicalResult Solver::solveAdaptive(Equations &members) {
  Location loc = members.front().op.getLoc();
  SmallVector<ir::OdeOp> odes;
  for (Equation &equation : members) {
    odes.push_back(equation.op);
    for (Value normal : normals)
      if (dependsOn(equation.derivative, normal))
        return reject(equation.op.getLoc(), DiagnosticCode::M10)
               << "`method adaptive` cannot take white noise; `heun` and `milstein` can";
  }
  const double tolerance = toleranceOf(odes);
  Arithmetic &a = form.arithmetic();
  a.builder().setLoc(loc);

  // What goes from round to round: time that is left, length of the next sub-step, whether states are held, the states,
  // and what spikes change.
  SubstepSpikes spikes(system, builder);
  Value notHeld = arith::ConstantOp::create(a.builder(), a.builder().getBoolAttr(false));
  Values starts = {stepSize, stepSize, system.getHeld() ? system.getHeld() : notHeld};
  for (const Equation &equation : members)
    starts.push_back(equation.old);
  SmallVector<StringRef> states;
  for (const Equation &equation : members)
    states.push_back(equation.state);
  llvm::append_range(starts, spikes.starts(states));
  for (Equation &other : equations)
    if (spikes.writes(other.state))
      return reject(other.op.getLoc(), DiagnosticCode::M10)
             << "a spike changes `" << other.state << "`, so where it is tested after every sub-step, the equation of `"
             << other.state << "` must be `adaptive` too";
  SmallVector<Type> types = llvm::map_to_vector(starts, [](Value value) { return value.getType(); });
  Value shortest = a.divide(stepSize, a.constant(longestToShortest));
  auto loop = ir::IterateOp::create(builder, loc, types, starts);
  Block &block = loop.getBody().emplaceBlock();
  block.addArguments(types, SmallVector<Location>(types.size(), loc));
  OpBuilder inside = OpBuilder::atBlockEnd(&block);
  RoundBuilder r{Arithmetic(inside, loc)};

  Value left = block.getArgument(0), holding = block.getArgument(2);
  Value length = r.smaller(block.getArgument(1), left);
  size_t n = members.size();
  Values now(block.getArguments().slice(3, n)), values = now;
  std::vector<Values> slopes(n); // [state][stage], of time length
  for (unsigned stage = 0; stage < stages; ++stage) {
    if (stage > 0)
      for (size_t k = 0; k < n; ++k)
        values[k] = r.a.multiplyAdd(length, r.weighted(slopes[k], stageWeights[stage - 1]), now[k]);
    IRMapping mapping;
    for (size_t k = 0; k < n; ++k)
      mapping.map(members[k].old, values[k]);
    Values stageSlopes;
    for (size_t k = 0; k < n; ++k) {
      Value slope = cloneWith(inside, members[k].derivative, mapping);
      stageSlopes.push_back(members[k].held ? r.a.select(holding, r.a.constant(0), slope) : slope);
    }
    for (size_t k = 0; k < n; ++k)
      slopes[k].push_back(stageSlopes[k]);
  }

  Value error = r.a.constant(0);
  Values results;
  for (size_t k = 0; k < n; ++k) {
    Value result = r.a.multiplyAdd(length, r.weighted(slopes[k], resultWeights), now[k]);
    Value difference = r.magnitude(r.a.multiply(length, r.weighted(slopes[k], errorWeights)));
    Value scale = r.a.multiply(r.a.constant(tolerance), r.a.add(r.a.constant(1), r.larger(r.magnitude(now[k]), r.magnitude(result))));
    Value relative = r.a.divide(difference, scale);
    // What is not a number stays, which `larger` would lose.
    Value isLarger = r.compare(arith::CmpFPredicate::OGT, relative, error);
    error = r.a.select(r.either(isLarger, r.compare(arith::CmpFPredicate::UNO, relative, relative)), relative, error);
    results.push_back(result);
  }
  Value isRunning = r.compare(arith::CmpFPredicate::OGT, left, r.a.constant(0));
  Value isWrong = r.both(r.compare(arith::CmpFPredicate::UGT, error, r.a.constant(1)),
                         r.compare(arith::CmpFPredicate::OGT, length, shortest));
  Value isAccepted = r.both(isRunning, r.negation(isWrong));
  for (size_t k = 0; k < n; ++k)
    results[k] = r.a.select(isAccepted, results[k], now[k]);
  Value rest = r.a.select(isAccepted, r.a.subtract(left, length), left);
  Value next = r.larger(r.a.multiply(length, growth(r, error)), shortest);

  Values carried = spikes.afterSubstep(inside, states, results, isAccepted, holding, block.getArguments().drop_front(3 + n));
  Values yielded = {r.compare(arith::CmpFPredicate::OGT, rest, r.a.constant(0)), rest, next, holding};
  llvm::append_range(yielded, results);
  llvm::append_range(yielded, carried);
  ir::YieldOp::create(inside, loc, yielded);
  for (auto [k, equation] : llvm::enumerate(members)) {
    equation.next = loop.getResult(3 + k);
    equation.held = false; // held states have had no slope
  }
  spikes.finish(loop.getResults().drop_front(3 + n));
  if (areFindingsWanted(system.getContext()))
    for (Equation &equation : members)
      reportMethod(equation, {});
  return success();
}

} // namespace snn
