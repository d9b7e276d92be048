#include "SmoothSystem.h"

#include <boost/numeric/odeint.hpp>

#include <cmath>

using namespace snn;
using test::Dice;
using test::SmoothSystem;

static std::string state(size_t k) { return "x" + std::to_string(k); }

SmoothSystem::SmoothSystem(Dice &dice, bool isLinear) {
  const size_t size = size_t(dice.between(2, 4));
  for (size_t k = 0; k < size; ++k) {
    Equation equation{{}, std::stod(dice.number(0.2, 1)), std::stod(dice.number(2, 10))};
    const double leak = std::stod(dice.number(0.5, 1.5)), constant = std::stod(dice.number(0.1, 1));
    equation.terms.push_back({std::to_string(constant), [=](const States &) { return constant; }});
    equation.terms.push_back(
        {"(-" + std::to_string(leak) + ") * " + state(k), [=](const States &x) { return -leak * x[k]; }});
    for (size_t other = 0; other < size; ++other)
      if (other != k) {
        const double factor = std::stod(dice.number(0.1, 0.8)) * (dice.chance(0.4) ? -1 : 1);
        Term term =
            isLinear ? Term{state(other), [=](const States &x) { return x[other]; }} : nonlinearTerm(dice, k, other);
        equation.terms.push_back({"(" + std::to_string(factor) + ") * " + term.text,
                                  [=, value = term.value](const States &x) { return factor * value(x); }});
      }
    equations.push_back(std::move(equation));
  }
}

/// Bounded where both states are, and it couples the two.
SmoothSystem::Term SmoothSystem::nonlinearTerm(Dice &dice, size_t k, size_t j) {
  const std::string a = state(k), b = state(j);
  switch (dice.below(6)) {
  case 0:
    return {"sin(" + a + " + 2*" + b + ")", [=](const States &x) { return std::sin(x[k] + 2 * x[j]); }};
  case 1:
    return {a + " * tanh(" + b + ")", [=](const States &x) { return x[k] * std::tanh(x[j]); }};
  case 2:
    return {b + " * exp(-" + a + "^2)", [=](const States &x) { return x[j] * std::exp(-x[k] * x[k]); }};
  case 3:
    return {"1 / (1 + exp(-" + a + " - " + b + "))", [=](const States &x) { return 1 / (1 + std::exp(-x[k] - x[j])); }};
  case 4:
    return {"sqrt(1 + " + a + "^2 + " + b + "^2)",
            [=](const States &x) { return std::sqrt(1 + x[k] * x[k] + x[j] * x[j]); }};
  default:
    return {b + " / (1 + " + a + "^2)", [=](const States &x) { return x[j] / (1 + x[k] * x[k]); }};
  }
}

std::string SmoothSystem::program(const std::string &method) const {
  std::string text = "neuron System {\n", names;
  for (size_t k = 0; k < equations.size(); ++k) {
    text += "    state " + state(k) + " = " + std::to_string(equations[k].start) + "\n";
    names += (k ? ", " : "") + state(k);
  }
  for (size_t k = 0; k < equations.size(); ++k) {
    std::string sum;
    for (const Term &term : equations[k].terms)
      sum += (sum.empty() ? "" : " + ") + term.text;
    text += "    " + state(k) + "' = (" + sum + ") / (" + std::to_string(equations[k].tau) + " ms)\n";
  }
  text += "    " + method + "\n}\nnetwork Net { population P = System[1] }\n";
  return text + "simulate Net { dt 0.4 ms;  duration 8 ms;  precision f64;  record " + names + " of P every 2 ms }\n";
}

std::vector<std::vector<double>> SmoothSystem::solution() const {
  namespace odeint = boost::numeric::odeint;
  auto slope = [&](const States &x, States &rates, double) {
    for (size_t k = 0; k < equations.size(); ++k) {
      rates[k] = 0;
      for (const Term &term : equations[k].terms)
        rates[k] += term.value(x);
      rates[k] /= equations[k].tau;
    }
  };
  States x;
  for (const Equation &equation : equations)
    x.push_back(equation.start);
  std::vector<States> rows;
  auto stepper = odeint::make_controlled<odeint::runge_kutta_dopri5<States>>(1e-14, 1e-14);
  for (int k = 0; k < 4; ++k) {
    odeint::integrate_adaptive(stepper, slope, x, 2.0 * k, 2.0 * (k + 1), 0.01);
    rows.push_back(x);
  }
  return rows;
}
