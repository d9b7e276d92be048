// The functions under test: how each is emitted, what it should give, where it is sampled and how exact it must be.

#ifndef SNN_TEST_UNIT_MATH_FUNCTIONS_H
#define SNN_TEST_UNIT_MATH_FUNCTIONS_H

#include "Kernel.h"
#include "Ulp.h"

#include <utility>
#include <vector>

namespace snn::test {

struct Function {
  const char *name;
  Emit emit;
  double (*reference)(double);               ///< for f32
  long double (*longReference)(long double); ///< for f64
  double limit;                              ///< in ulp
  Underflow underflow = Underflow::Gradual;
  /// Intervals sampled densely besides all the binades.
  std::vector<std::pair<double, double>> intervals;
  /// Largest magnitude for which a result is promised; beyond, it is NaN.
  double range32 = std::numeric_limits<double>::infinity();
  double range64 = std::numeric_limits<double>::infinity();

  template <typename T> double range() const { return std::is_same_v<T, float> ? range32 : range64; }
};

/// All functions of one argument.
const std::vector<Function> &functions();

/// The one called `name`.
const Function &function(const char *name);

/// pow, the only function of two arguments.
Emit emitPowOfTwoArguments();

/// Arguments of every kind: special values, all binades of both signs, and the function's intervals; `count` in all.
template <typename T> std::vector<T> sampleArguments(const Function &function, size_t count, unsigned seed);

} // namespace snn::test

#endif // SNN_TEST_UNIT_MATH_FUNCTIONS_H
