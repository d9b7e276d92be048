// Advances the equations of one `snn.integrate` by one step and replaces it by the updates.

#ifndef SNN_COMPILER_TRANSFORMS_SOLVE_SOLVER_H
#define SNN_COMPILER_TRANSFORMS_SOLVE_SOLVER_H

#include "compiler/Algebra/LinearSystem.h"
#include "compiler/Transforms/Solve/Noise.h"

#include "mlir/IR/IRMapping.h"

namespace snn {

class Solver {
public:
  /// `normals` are the numbers that stand for white noise.
  Solver(ir::IntegrateOp system, llvm::ArrayRef<mlir::Value> normals);
  /// For the body of a loop over sub-steps of length `stepSize`.
  Solver(Solver &outer, mlir::OpBuilder inside, mlir::Value stepSize, unsigned rounds);

  mlir::LogicalResult solve();

private:
  struct Equation {
    ir::OdeOp op;
    std::string state;
    mlir::Value old;        ///< the state at the start of the step
    mlir::Value derivative; ///< per ms
    Polynomial form;        ///< of the derivative without noise
    llvm::SmallVector<NoiseTerm> noise;
    ir::Method method;
    bool held = false;      ///< keeps its value while the neuron is refractory
    mlir::Value next;       ///< the state after the step
    Polynomial slope;       ///< derivative of the derivative by the state, where it is not linear
    std::string whyNotExact; ///< for `explain`
  };
  using Indices = llvm::SmallVector<unsigned>;
  using Equations = std::vector<Equation>;

  mlir::LogicalResult inlineBody();
  mlir::LogicalResult prepare(Equation &equation);
  /// Gives every equation its `next`.
  mlir::LogicalResult advance();

  // SolveSubsteps.cpp
  /// Takes the equations out that do not advance with the step: those with sub-steps of their own, and adaptive ones.
  std::vector<Equations> takeSubstepped();
  mlir::LogicalResult solveSubsteps(Equations &members);
  /// Noise of the sub-steps in the place of the step's.
  void drawPerSubstep(mlir::IRMapping &mapping, Solver &inner);

  // SolveAdaptive.cpp
  mlir::LogicalResult solveAdaptive(Equations &members);

  void workOn(Equation &equation);
  void chooseMethods();
  llvm::SmallVector<mlir::Value> statesOf(const Indices &members);
  mlir::LogicalResult requireClosedForm();
  mlir::LogicalResult solveExactly();
  mlir::LogicalResult releaseFromExact(const LinearBlock &block);
  /// The states of a block are numbers of `equations` from here on.
  void solveBlock(const LinearBlock &block);
  /// The matrix dt A of a block; rows of held states are zero with `holding`.
  llvm::SmallVector<mlir::Value> matrix(const LinearBlock &block, bool holding);
  mlir::Value advanceLinear(const LinearBlock &block, unsigned row, llvm::ArrayRef<mlir::Value> propagator, bool holding);
  mlir::LogicalResult solveExponentialEuler(Equation &equation);
  mlir::LogicalResult solveDrift(Equation &equation);
  void solveEuler(Equation &equation);
  Polynomial noiseIncrement(const Equation &equation);
  Polynomial exactNoiseIncrement(const Equation &equation, const Polynomial &slope);
  bool isDiagonal(const Equation &equation);
  mlir::LogicalResult solveMilstein(Equation &equation);
  void solveRungeKutta(const Indices &members, ir::Method method);
  /// The derivative with the states of `members` replaced by `values`.
  mlir::Value derivativeAt(Equation &equation, const Indices &members, llvm::ArrayRef<mlir::Value> values);
  /// `value` with what `mapping` replaces, built at the insertion point.
  static mlir::Value cloneWith(mlir::OpBuilder &at, mlir::Value value, mlir::IRMapping &mapping);
  void writeBack();

  std::string whyNotLinear(const Equation &equation, const Indices &members);
  std::string whyMethod(Equation &equation, const Indices &block);
  std::string namesOf(const Indices &members);
  void reportMethod(Equation &equation, const Indices &block);
  void reportMethods();

  Indices withMethod(ir::Method method);
  Polynomial timesDt(const Polynomial &p) { return p * form.atom(stepSize); }

  ir::IntegrateOp system;
  llvm::SmallVector<mlir::Value> normals;
  mlir::OpBuilder builder;
  std::function<bool(mlir::Value)> variation; ///< does a value change from step to step?
  NormalForm form;
  mlir::Value stepSize;
  Equations equations;
  unsigned rounds = 1; ///< sub-steps, for `explain`
  std::vector<Indices> exactBlocks; ///< equations that are advanced together
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_SOLVE_SOLVER_H
