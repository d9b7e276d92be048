// Systems of equations without jumps, as text and as functions, so that what the compiler makes of the text can be compared with what
// another integrator makes of the functions.

#ifndef SNN_TEST_PROPERTIES_SMOOTHSYSTEM_H
#define SNN_TEST_PROPERTIES_SMOOTHSYSTEM_H

#include "Dice.h"

#include <functional>

namespace snn::test {

/// States x0, x1, ... of order 1, each coupled to all, with time constants of 2 to 10 ms.
class SmoothSystem {
public:
  SmoothSystem(Dice &dice, bool isLinear);

  /// A program that records all states every 2 ms for 8 ms. `method` is a line of the model.
  std::string program(const std::string &method) const;

  /// The states after 2, 4, 6 and 8 ms, one row each, to some 1e-13: by the method of Dormand and Prince in Boost.Odeint.
  std::vector<std::vector<double>> solution() const;

  size_t size() const { return equations.size(); }

private:
  using States = std::vector<double>;

  /// A term, and what it is.
  struct Term {
    std::string text;
    std::function<double(const States &)> value;
  };
  struct Equation {
    std::vector<Term> terms;
    double start, tau; ///< tau in ms
  };

  Term nonlinearTerm(Dice &dice, size_t first, size_t second);

  std::vector<Equation> equations;
};

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_SMOOTHSYSTEM_H
