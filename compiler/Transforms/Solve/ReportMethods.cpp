// What the solver has decided, in words.

#include "compiler/Transforms/Solve/Solver.h"

#include "compiler/Explain/Findings.h"
#include "compiler/Explain/Formula.h"

using namespace mlir;

namespace snn {

/// Why `equation` cannot be part of a linear system of the states of `members`.
std::string Solver::whyNotLinear(const Equation &equation, const Indices &members) {
  for (unsigned j : members) {
    const std::string &state = equations[j].state;
    auto split = form.linearIn(equation.form, equations[j].old);
    if (!split)
      return "not linear in `" + state + "`";
    if (form.variesInTime(split->first))
      return "its coefficient of `" + state + "` changes in time: " + formulaOf(split->first, form);
  }
  return "";
}

/// "`V`, `w`".
std::string Solver::namesOf(const Indices &members) {
  std::string names;
  for (unsigned i : members)
    names += (names.empty() ? "`" : ", `") + equations[i].state + "`";
  return names;
}

std::string Solver::whyMethod(Equation &equation, const Indices &block) {
  if (StringRef(equation.state).contains("since ")) // which no author can call a state
    return "it counts steps";
  if (equation.op.getMethod() != ir::Method::Default)
    return "asked for by `method`";
  if (equation.method == ir::Method::Exact)
    return "linear in " + namesOf(block) + ", with coefficients that do not change in time";
  return equation.whyNotExact;
}

/// What x(t + dt) is, in terms of a (the rate), c (the rest) and x'.
static std::string updateOf(ir::Method method, StringRef x, bool isLinear, bool hasRate, bool hasRest) {
  std::string text = x.str();
  switch (method) {
  case ir::Method::Euler: return text + " + dt " + text + "'";
  case ir::Method::Rk2: return text + " + dt " + text + "' at the middle of the step (midpoint rule)";
  case ir::Method::Rk4: return text + " + dt times the mean slope of four stages (classical Runge-Kutta)";
  case ir::Method::Heun: return text + " + dt times the mean of the slopes at both ends of the step (Heun)";
  case ir::Method::Milstein: return text + " + dt " + text + "' (Milstein)";
  case ir::Method::Adaptive: return text + " advanced by sub-steps of its own length (Cash-Karp)";
  case ir::Method::Default:
  case ir::Method::Exact:
  case ir::Method::ExpEuler:
    break;
  }
  if (!isLinear)
    return text + " + dt exprel(a dt) " + text + "'";
  if (!hasRate)
    return hasRest ? text + " + c dt" : text;
  return text + " exp(a dt)" + (hasRest ? " + c dt exprel(a dt)" : "");
}

void Solver::reportMethod(Equation &equation, const Indices &block) {
  auto split = form.linearIn(equation.form, equation.old);
  bool isExponential = equation.method == ir::Method::Exact || equation.method == ir::Method::ExpEuler;
  const Polynomial rate = split ? split->first : equation.slope;
  const Polynomial rest = split ? split->second : Polynomial();
  std::string update = updateOf(equation.method, equation.state, split.has_value(), !rate.empty(), !rest.empty());
  if (block.size() > 1) {
    update = "exp(A dt) x + dt exprel(A dt) c with x = (" + namesOf(block) + "), all at once";
    isExponential = false;
  }
  if (!equation.noise.empty())
    update += " + noise";
  if (rounds > 1)
    update += ", " + std::to_string(rounds) + " times with dt/" + std::to_string(rounds);
  reportFinding(equation.op.getLoc(), "method",
                {{"body", system->getParentOfType<ir::BodyOp>().getSymName().str()},
                 {"state", equation.state},
                 {"method", stringifyMethod(equation.method).str()},
                 {"why", whyMethod(equation, block)},
                 {"update", update},
                 {"rate", isExponential && !rate.empty() ? formulaOf(rate, form) : ""},
                 {"rest", isExponential && !rest.empty() ? formulaOf(rest, form) : ""}});
}

void Solver::reportMethods() {
  for (unsigned i = 0; i < equations.size(); ++i) {
    auto block = llvm::find_if(exactBlocks, [&](const Indices &members) { return llvm::is_contained(members, i); });
    reportMethod(equations[i], block != exactBlocks.end() ? *block : Indices{i});
  }
}

} // namespace snn
