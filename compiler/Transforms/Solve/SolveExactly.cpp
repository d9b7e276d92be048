// Linear systems x' = A x + c with A constant in time: x(t + dt) = x + (exp(A dt) - 1) x + phi_1(A dt) c dt
// (Rotter & Diesmann 1999, doi:10.1007/s004220050570), correct also where time constants coincide.

#include "compiler/Transforms/Solve/Solver.h"

#include "compiler/Report.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

/// A block of n equations takes n^2 products in every step, however few of them feel each other directly. From here on the
/// equations are cheaper to advance one by one.
static constexpr size_t largestBlock = 32;

LogicalResult Solver::solveExactly() {
  Indices exact = withMethod(ir::Method::Exact);
  LinearSystem linear(form, statesOf(exact));
  std::vector<LinearRow> rows;
  for (unsigned i : exact) {
    std::optional<LinearRow> row = linear.row(equations[i].form);
    if (!row)
      return reject(equations[i].op.getLoc(), DiagnosticCode::M10)
             << "`method exact` needs linear equations whose coefficients do not change in time";
    rows.push_back(std::move(*row));
  }
  for (LinearBlock &block : coupledBlocks(rows)) {
    for (unsigned &state : block.states)
      state = exact[state];
    if (block.states.size() <= largestBlock) {
      solveBlock(block);
      exactBlocks.push_back(block.states);
    } else if (failed(releaseFromExact(block))) {
      return failure();
    }
  }
  return success();
}

/// Leaves a block that is too large to exponential Euler, unless its author has asked for the exact method.
LogicalResult Solver::releaseFromExact(const LinearBlock &block) {
  for (unsigned i : block.states) {
    if (ir::OdeOp op = equations[i].op; op.getMethod() == ir::Method::Exact)
      return reject(op.getLoc(), DiagnosticCode::M10)
             << "`method exact` solves at most " << largestBlock << " coupled equations together, but these are "
             << block.states.size()
             << "; without a method, each is advanced by `exp_euler`";
    equations[i].method = ir::Method::ExpEuler;
  }
  return success();
}

SmallVector<Value> Solver::matrix(const LinearBlock &block, bool holding) {
  SmallVector<Value> entries;
  for (auto [row, i] : llvm::enumerate(block.states)) {
    workOn(equations[i]);
    for (unsigned column = 0; column < block.states.size(); ++column) {
      auto coefficient = block.rows[row].coefficients.find(column);
      bool isZero = (holding && equations[i].held) || coefficient == block.rows[row].coefficients.end();
      entries.push_back(form.emit(isZero ? Polynomial() : timesDt(coefficient->second)));
    }
  }
  return entries;
}

/// exp(A dt) - 1 and phi_1(A dt), entry by entry; of a single equation without calling anybody.
static SmallVector<Value> propagate(Arithmetic &a, ArrayRef<Value> matrix) {
  auto &b = a.builder();
  if (matrix.size() == 1) {
    if (constantOf(matrix[0]) == 0.0)
      return {a.constant(0), a.constant(1)};
    return {math::ExpM1Op::create(b, matrix[0]), ir::ExprelOp::create(b, matrix[0].getType(), matrix[0])};
  }
  SmallVector<Type> types(2 * matrix.size(), b.getF64Type());
  return ir::PropagatorOp::create(b, types, matrix).getValues();
}

/// A term with a Dirac pulse is a jump at the start of the step and decays with the state; see `buildJumps`.
static bool isPulse(Value atom) {
  auto read = atom.getDefiningOp<ir::ReadOp>();
  return read && read.getSlot().ends_with(".pulses");
}

/// The state of one member after the step.
Value Solver::advanceLinear(const LinearBlock &block, unsigned row, ArrayRef<Value> propagator, bool holding) {
  size_t n = block.states.size();
  Polynomial increment;
  for (size_t column = 0; column < n; ++column) {
    Equation &other = equations[block.states[column]];
    if (!block.felt[row].test(column))
      continue;
    Polynomial decay = form.collect(propagator[row * n + column]);
    Polynomial response = form.collect(propagator[n * n + row * n + column]);
    increment += decay * form.atom(other.old);
    if (holding && other.held)
      continue;
    auto [pulses, steady] = form.partition(block.rows[column].rest, isPulse);
    increment += response * timesDt(steady) + decay * timesDt(pulses);
    if (row == column)
      increment += timesDt(pulses);
  }
  return form.addTo(equations[block.states[row]].old, increment);
}

void Solver::solveBlock(const LinearBlock &block) {
  Arithmetic &a = form.arithmetic();
  SmallVector<Value> free = propagate(a, matrix(block, false));
  SmallVector<Value> holding; // what still runs while a held state is a constant
  for (auto [row, member] : llvm::enumerate(block.states)) {
    Equation &equation = equations[member];
    workOn(equation);
    equation.next = advanceLinear(block, row, free, false);
    bool feelsHeld = !equation.held && system.getHeld() && llvm::any_of(block.felt[row].set_bits(), [&](unsigned j) {
      return equations[block.states[j]].held;
    });
    if (feelsHeld) {
      if (holding.empty())
        holding = propagate(a, matrix(block, true));
      equation.next = a.select(system.getHeld(), advanceLinear(block, row, holding, true), equation.next);
    }
    if (!equation.noise.empty()) {
      auto slope = block.rows[row].coefficients.find(row);
      bool isFlat = slope == block.rows[row].coefficients.end();
      equation.next = form.addTo(equation.next, exactNoiseIncrement(equation, isFlat ? Polynomial() : slope->second));
    }
  }
}

} // namespace snn
