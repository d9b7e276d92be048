// Which method advances which equation; exponential Euler, Euler and Runge-Kutta. The exact method is in SolveExactly.cpp.

#include "compiler/Transforms/Solve/Solver.h"

#include "compiler/Algebra/Derivative.h"
#include "compiler/Explain/Findings.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Solve/ShareExponentials.h"
#include "compiler/Transforms/Solve/LazyStates.h"
#include "compiler/Transforms/Solve/Variation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

static std::function<bool(Value)> variesInSystem(ir::IntegrateOp system) {
  auto analysis = std::make_shared<VariationAnalysis>(system->getParentOfType<ir::BodyOp>());
  return [analysis](Value value) { return analysis->of(value) == Variation::PerStep; };
}

Solver::Solver(ir::IntegrateOp system, ArrayRef<Value> normals)
    : system(system), normals(normals), builder(system), variation(variesInSystem(system)),
      form(builder, system.getLoc(), variation) {}

LogicalResult Solver::solve() {
  if (failed(inlineBody()))
    return failure();
  std::vector<Equations> substepped = takeSubstepped();
  if (failed(advance()))
    return failure();
  for (Equations &members : substepped) {
    bool isAdaptive = members.front().method == ir::Method::Adaptive;
    if (failed(isAdaptive ? solveAdaptive(members) : solveSubsteps(members)))
      return failure();
    equations.insert(equations.end(), members.begin(), members.end());
  }
  writeBack();
  return success();
}

LogicalResult Solver::advance() {
  for (Equation &equation : equations)
    if (failed(prepare(equation)))
      return failure();
  chooseMethods();
  if (system.getLazy() && failed(requireClosedForm()))
    return failure();
  if (failed(solveExactly()))
    return failure();
  for (unsigned i : withMethod(ir::Method::ExpEuler))
    if (failed(solveExponentialEuler(equations[i])))
      return failure();
  for (unsigned i : withMethod(ir::Method::Euler))
    solveEuler(equations[i]);
  for (unsigned i : withMethod(ir::Method::Milstein))
    if (failed(solveMilstein(equations[i])))
      return failure();
  for (ir::Method method : {ir::Method::Rk2, ir::Method::Rk4, ir::Method::Heun})
    if (Indices members = withMethod(method); !members.empty())
      solveRungeKutta(members, method);
  shareExponentials(form, *builder.getInsertionBlock());
  if (areFindingsWanted(system.getContext()))
    reportMethods();
  return success();
}

/// Moves the computations in front of the system, where the updates will stand too.
LogicalResult Solver::inlineBody() {
  for (Operation &op : llvm::make_early_inc_range(system.getBody().front())) {
    if (auto ode = dyn_cast<ir::OdeOp>(op))
      equations.push_back({ode, ode.getState().str(), {}, ode.getDerivative(), {}, {}, ode.getMethod(), false, {}, {}, {}});
    else
      op.moveBefore(system);
  }
  Block &block = *system->getBlock();
  llvm::StringMap<Value> reads;
  for (Operation &op : block) {
    if (&op == system.getOperation())
      break;
    if (auto step = dyn_cast<ir::StepSizeOp>(op); step && !stepSize && !system.getLazy())
      stepSize = step;
    if (auto write = dyn_cast<ir::WriteOp>(op))
      reads.erase(write.getSlot());
    if (auto read = dyn_cast<ir::ReadOp>(op))
      reads[read.getSlot()] = read;
  }
  if (system.getLazy())
    stepSize = timeSinceUpdate(builder, system);
  if (!stepSize)
    stepSize = ir::StepSizeOp::create(builder, system.getLoc(), builder.getF64Type());
  for (Equation &equation : equations) {
    Value &old = reads[equation.state];
    if (!old)
      old = ir::ReadOp::create(builder, system.getLoc(), builder.getF64Type(), equation.state);
    equation.old = old;
    equation.held = llvm::any_of(system.getHolding(), [&](Attribute a) {
      return cast<FlatSymbolRefAttr>(a).getValue() == equation.state;
    });
  }
  return success();
}

LogicalResult Solver::prepare(Equation &equation) {
  workOn(equation);
  equation.form = form.collect(equation.derivative);
  auto noise = separateNoise(form, equation.form, normals);
  if (!noise)
    return reject(equation.op.getLoc(), DiagnosticCode::M10)
           << "`xi` is white noise, which an equation may contain only as a sum of terms like `sigma * xi`";
  equation.noise = std::move(*noise);
  return success();
}

/// What is built from here on stands for this equation: messages and debuggers show its line.
void Solver::workOn(Equation &equation) { form.arithmetic().builder().setLoc(equation.op.getLoc()); }

Solver::Indices Solver::withMethod(ir::Method method) {
  Indices indices;
  for (unsigned i = 0; i < equations.size(); ++i)
    if (equations[i].method == method)
      indices.push_back(i);
  return indices;
}

SmallVector<Value> Solver::statesOf(const Indices &members) {
  return llvm::map_to_vector(members, [&](unsigned i) { return equations[i].old; });
}

/// Where the author does not choose: the largest set of equations that is a linear system is solved exactly, the others by
/// exponential Euler. An equation leaves the set while it has a coefficient that changes, for instance with another state.
void Solver::chooseMethods() {
  Indices candidates;
  for (unsigned i = 0; i < equations.size(); ++i)
    if (equations[i].method == ir::Method::Default || equations[i].method == ir::Method::Exact)
      candidates.push_back(i);
  for (bool changed = true; changed;) {
    LinearSystem linear(form, statesOf(candidates));
    Indices kept;
    for (unsigned i : candidates)
      if (equations[i].method == ir::Method::Exact || linear.row(equations[i].form))
        kept.push_back(i);
      else if (areFindingsWanted(system.getContext()))
        equations[i].whyNotExact = whyNotLinear(equations[i], candidates);
    changed = kept.size() != candidates.size();
    candidates = kept;
  }
  for (unsigned i : candidates)
    equations[i].method = ir::Method::Exact;
  for (Equation &equation : equations)
    if (equation.method == ir::Method::Default)
      equation.method = ir::Method::ExpEuler;
}

/// x += dt exprel(dt J) f with J the derivative of the whole right-hand side f by x (exponential
/// Rosenbrock-Euler, equation by equation; Hochbruck & Ostermann 2010, doi:10.1017/S0962492910000048). Noise is added after
/// the drift, undamped.
LogicalResult Solver::solveExponentialEuler(Equation &equation) {
  workOn(equation);
  if (failed(solveDrift(equation)))
    return failure();
  if (!equation.noise.empty())
    equation.next = form.addTo(equation.next, noiseIncrement(equation));
  return success();
}

LogicalResult Solver::solveDrift(Equation &equation) {
  Arithmetic &a = form.arithmetic();
  Value x = equation.old;
  // A product of states, such as m^3 h, differs by orders of magnitude between a neuron that spikes and its neighbours.
  auto factor = [&](Value z, const Polynomial &slope) -> Value {
    return ir::ExprelOp::create(a.builder(), z.getType(), z, form.variesByProducts(slope));
  };
  if (auto split = form.linearIn(equation.form, x)) {
    auto &[slope, rest] = *split;
    if (slope.empty()) {
      equation.next = form.addTo(x, timesDt(rest));
    } else if (!form.variesInTime(slope)) {
      Value z = form.emit(timesDt(slope));
      Value decay = math::ExpM1Op::create(a.builder(), z);
      Polynomial increment = timesDt(rest) * form.atom(factor(z, slope)) + form.atom(x) * form.atom(decay);
      equation.next = form.addTo(x, increment);
    } else { // exprel(z) (z x + dt rest): the slope is computed once for both
      Value z = form.emit(timesDt(slope));
      equation.next = a.multiplyAdd(factor(z, slope), a.multiplyAdd(z, x, form.emit(timesDt(rest))), x);
    }
    return success();
  }
  Value drift = equation.noise.empty() ? equation.derivative : form.emit(equation.form);
  FailureOr<Value> derivative = differentiate(builder, drift, x);
  if (failed(derivative))
    return failure();
  const Polynomial &slope = equation.slope = form.collect(*derivative);
  Value z = form.emit(timesDt(slope));
  equation.next = a.multiplyAdd(factor(z, slope), form.emit(timesDt(equation.form)), x);
  return success();
}

void Solver::solveEuler(Equation &equation) {
  workOn(equation);
  equation.next = form.addTo(equation.old, timesDt(equation.form) + noiseIncrement(equation));
}

Value Solver::derivativeAt(Equation &equation, const Indices &members, ArrayRef<Value> values) {
  IRMapping mapping;
  for (auto [k, member] : llvm::enumerate(members))
    mapping.map(equations[member].old, values[k]);
  return cloneWith(builder, equation.derivative, mapping);
}

Value Solver::cloneWith(OpBuilder &at, Value value, IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumResults() != 1)
    return value;
  bool isAffected = false;
  for (Value operand : op->getOperands())
    isAffected |= cloneWith(at, operand, mapping) != operand;
  if (!isAffected) {
    mapping.map(value, value);
    return value;
  }
  return at.clone(*op, mapping)->getResult(0);
}

/// The midpoint rule, Heun's method and the classical fourth-order method, for all members together. What is not a member keeps the value
/// it has at the start of the step in every stage.
void Solver::solveRungeKutta(const Indices &members, ir::Method method) {
  Arithmetic &a = form.arithmetic();
  bool isFourth = method == ir::Method::Rk4;
  SmallVector<SmallVector<Value>> slopes; // [stage][member], times dt
  for (unsigned stage = 0, stages = isFourth ? 4 : 2; stage < stages; ++stage) {
    SmallVector<Value> at, slope;
    double fraction = stage == 0 ? 0 : stage == 3 || method == ir::Method::Heun ? 1 : 0.5;
    for (auto [k, member] : llvm::enumerate(members)) {
      workOn(equations[member]);
      Value x = equations[member].old;
      at.push_back(stage == 0 ? x : a.multiplyAdd(slopes[stage - 1][k], a.constant(fraction), x));
    }
    for (unsigned member : members) {
      workOn(equations[member]);
      Value f = stage == 0 ? equations[member].derivative : derivativeAt(equations[member], members, at);
      slope.push_back(form.emit(timesDt(form.collect(f))));
    }
    slopes.push_back(slope);
  }
  for (auto [k, member] : llvm::enumerate(members)) {
    workOn(equations[member]);
    Value increment = slopes[1][k];
    if (isFourth) { // (k1 + 2 k2 + 2 k3 + k4) / 6
      Value middle = a.multiply(a.add(slopes[1][k], slopes[2][k]), a.constant(2));
      increment = a.multiply(a.add(a.add(slopes[0][k], slopes[3][k]), middle), a.constant(1. / 6));
    }
    if (method == ir::Method::Heun)
      increment = a.multiply(a.add(slopes[0][k], slopes[1][k]), a.constant(0.5));
    equations[member].next = a.add(equations[member].old, increment);
  }
}

void Solver::writeBack() {
  Arithmetic &a = form.arithmetic();
  for (Equation &equation : equations) {
    workOn(equation);
    Value next = equation.next;
    if (equation.held && system.getHeld())
      next = a.select(system.getHeld(), equation.old, next);
    ir::WriteOp::create(builder, equation.op.getLoc(), equation.state, next);
  }
  system.erase();
}

} // namespace snn
