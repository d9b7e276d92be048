// What noise adds to the step of an equation; Ito's integral, except in Runge-Kutta methods and Heun's, which keep the noise
// constant over their stages and so converge to Stratonovich's (Kloeden & Platen 1992, doi:10.1007/978-3-662-12616-5).

#include "compiler/Transforms/Solve/Solver.h"

#include "compiler/Algebra/Derivative.h"
#include "compiler/Report.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

/// g dW with the g of the step's start (Euler-Maruyama).
Polynomial Solver::noiseIncrement(const Equation &equation) {
  Polynomial increment;
  for (const NoiseTerm &term : equation.noise)
    increment = increment + timesDt(term.factor) * form.atom(term.normal);
  return increment;
}

/// The noise of an equation that is solved exactly, `slope` being the coefficient of its own state: where g is constant, the
/// integral of exp(slope (t - s)) g dW(s) over the step, whose variance is g^2 dt exprel(2 slope dt). So an
/// Ornstein-Uhlenbeck process has its exact distribution at any dt.
Polynomial Solver::exactNoiseIncrement(const Equation &equation, const Polynomial &slope) {
  Arithmetic &a = form.arithmetic();
  Value spread;
  Polynomial increment;
  for (const NoiseTerm &term : equation.noise) {
    Polynomial part = timesDt(term.factor) * form.atom(term.normal);
    if (!form.variesInTime(term.factor)) {
      if (!spread) {
        Value z = form.emit(timesDt(2.0 * slope));
        spread = math::SqrtOp::create(a.builder(), ir::ExprelOp::create(a.builder(), z.getType(), z));
      }
      part = part * form.atom(spread);
    }
    increment = increment + part;
  }
  return increment;
}

/// Does the noise of another equation reach the factor of this one's?
bool Solver::isDiagonal(const Equation &equation) {
  return llvm::all_of(equations, [&](const Equation &other) {
    if (&other == &equation || other.noise.empty())
      return true;
    return llvm::all_of(equation.noise, [&](const NoiseTerm &term) { return !dependsOn(form.emit(term.factor), other.old); });
  });
}

/// x += f dt + g dW + g g' (dW^2 - dt) / 2 (Milstein 1975, doi:10.1137/1119062).
LogicalResult Solver::solveMilstein(Equation &equation) {
  workOn(equation);
  Polynomial increment = timesDt(equation.form) + noiseIncrement(equation);
  bool isAdditive = true;
  for (const NoiseTerm &term : equation.noise) {
    FailureOr<Value> slope = differentiate(builder, form.emit(term.factor), equation.old);
    if (failed(slope))
      return failure();
    Polynomial slopeForm = form.collect(*slope);
    isAdditive &= slopeForm.empty();
    Polynomial normal = form.atom(term.normal);
    Polynomial correction = term.factor * slopeForm * (normal * normal + Polynomial{{{}, -1.0}});
    increment = increment + 0.5 * timesDt(timesDt(correction));
  }
  if ((!isAdditive && equation.noise.size() > 1) || !isDiagonal(equation))
    return reject(equation.op.getLoc(), DiagnosticCode::M10)
           << "`method milstein` needs one noise per equation whose factor depends on that equation's state alone";
  equation.next = form.addTo(equation.old, increment);
  return success();
}

} // namespace snn
