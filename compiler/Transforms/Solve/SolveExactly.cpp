// Linear systems x' = A x + c with A constant in time: x(t + dt) = x + (exp(A dt) - 1) x + phi_1(A dt) c dt
// (Rotter & Diesmann 1999, doi:10.1007/s004220050570), correct also where time constants coincide.

#include "compiler/Transforms/Solve/Solver.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

/// Members that influence each other, directly or not, belong to one block.
std::vector<Solver::Indices> Solver::connectedBlocks(const Indices &members) {
  std::vector<Indices> blocks;
  for (unsigned i : members) {
    Indices joined = {i};
    std::vector<Indices> others;
    for (Indices &block : blocks) {
      bool isConnected = llvm::any_of(block, [&](unsigned j) {
        return !coefficientOf(equations[i], equations[j]).empty() || !coefficientOf(equations[j], equations[i]).empty();
      });
      if (isConnected)
        joined.append(block.begin(), block.end());
      else
        others.push_back(block);
    }
    llvm::sort(joined);
    others.push_back(joined);
    blocks = std::move(others);
  }
  return blocks;
}

void Solver::solveExactly(const Indices &members) {
  for (const Indices &block : connectedBlocks(members))
    solveBlock(block);
}

/// Does equation `to` feel state `from`, through any chain inside the block?
bool Solver::reaches(const Indices &block, unsigned from, unsigned to) {
  SmallVector<unsigned> pending = {from};
  llvm::DenseSet<unsigned> seen = {from};
  while (!pending.empty()) {
    unsigned j = pending.pop_back_val();
    if (j == to)
      return true;
    for (unsigned i : block)
      if (!coefficientOf(equations[i], equations[j]).empty() && seen.insert(i).second)
        pending.push_back(i);
  }
  return false;
}

SmallVector<Value> Solver::matrix(const Indices &block, bool holding) {
  SmallVector<Value> entries;
  for (unsigned i : block) {
    workOn(equations[i]);
    for (unsigned j : block) {
      bool isFixed = holding && equations[i].held;
      entries.push_back(form.emit(isFixed ? Polynomial() : timesDt(coefficientOf(equations[i], equations[j]))));
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
Value Solver::advanceLinear(const Indices &block, unsigned row, const SmallVector<Value> &propagator, bool holding) {
  size_t n = block.size();
  Polynomial increment;
  for (size_t column = 0; column < n; ++column) {
    Equation &other = equations[block[column]];
    if (!reaches(block, block[column], block[row]))
      continue;
    Polynomial decay = form.collect(propagator[row * n + column]);
    Polynomial response = form.collect(propagator[n * n + row * n + column]);
    increment = increment + decay * form.atom(other.old);
    if (holding && other.held)
      continue;
    Polynomial rest = other.form;
    for (unsigned j : block)
      rest = form.linearIn(rest, equations[j].old)->second;
    auto [pulses, steady] = form.partition(rest, isPulse);
    increment = increment + response * timesDt(steady) + decay * timesDt(pulses);
    if (row == column)
      increment = increment + timesDt(pulses);
  }
  return form.addTo(equations[block[row]].old, increment);
}

void Solver::solveBlock(const Indices &block) {
  Arithmetic &a = form.arithmetic();
  SmallVector<Value> free = propagate(a, matrix(block, false));
  SmallVector<Value> holding; // what still runs while a held state is a constant
  for (auto [row, member] : llvm::enumerate(block)) {
    Equation &equation = equations[member];
    workOn(equation);
    equation.next = advanceLinear(block, row, free, false);
    bool feelsHeld = !equation.held && system.getHeld() && llvm::any_of(block, [&](unsigned j) {
      return equations[j].held && reaches(block, j, member);
    });
    if (feelsHeld) {
      if (holding.empty())
        holding = propagate(a, matrix(block, true));
      equation.next = a.select(system.getHeld(), advanceLinear(block, row, holding, true), equation.next);
    }
    if (!equation.noise.empty())
      equation.next = form.addTo(equation.next, exactNoiseIncrement(equation, coefficientOf(equation, equation)));
  }
}

} // namespace snn
