#include "Functions.h"

#include "compiler/Math/ExpandMath.h"

#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <random>

namespace snn::test {

template <mlir::Value (*emit)(mlir::ImplicitLocOpBuilder &, mlir::Value)>
static mlir::Value unary(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, mlir::Value) {
  return emit(builder, x);
}

template <Arguments arguments>
static mlir::Value emitExprelOf(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, mlir::Value) {
  return emitExprel(builder, x, arguments);
}

template <Slope slope> static mlir::Value emitLogisticOf(mlir::ImplicitLocOpBuilder &builder, mlir::Value x, mlir::Value) {
  return emitLogistic(builder, x, slope == Slope::Rising ? 0.5 : 1, slope);
}

template <typename Real> static Real exprel(Real x) {
  return x == 0 ? 1 : x > 11400 ? std::numeric_limits<Real>::infinity() : std::expm1(x) / x;
}

template <typename Real> static Real rexprel(Real x) { return x == 0 ? 1 : x > 11300 ? 0 : x / std::expm1(x); }

template <typename Real> static Real halfLogistic(Real x) { return 1 / (1 + std::exp(-x) / 2); }
template <typename Real> static Real fallingLogistic(Real x) { return 1 / (1 + std::exp(x)); }

/// A function of <cmath> for both reference types.
#define SNN_REFERENCE(name) [](double x) { return name(x); }, [](long double x) { return name(x); }

const std::vector<Function> &functions() {
  static const std::vector<Function> table = {
      {"exp", unary<emitExp>, SNN_REFERENCE(std::exp), 1.5, Underflow::ToZero, {{-1, 1}, {-104, 89}, {-746, 710}}},
      {"expm1", unary<emitExpm1>, SNN_REFERENCE(std::expm1), 1.5, Underflow::Gradual, {{-1, 1}, {-40, 89}, {0, 710}}},
      {"exprel", emitExprelOf<Arguments::Alike>, SNN_REFERENCE(exprel), 1.5, Underflow::Gradual,
       {{-1.5, 1}, {-11, 1}, {-50, 94}, {0, 717}}},
      {"exprel_of_spread_arguments", emitExprelOf<Arguments::Spread>, SNN_REFERENCE(exprel), 1.5, Underflow::Gradual,
       {{-1.5, 1}, {-11, 1}, {-50, 94}, {0, 717}}},
      {"rexprel", unary<emitRexprel>, SNN_REFERENCE(rexprel), 2, Underflow::Gradual, {{-1.5, 1}, {-50, 94}, {0, 720}}},
      {"logistic_rising_half", emitLogisticOf<Slope::Rising>, SNN_REFERENCE(halfLogistic), 2.5, Underflow::ToZero,
       {{-3, 3}, {-87, 40}, {-708, 40}}},
      {"logistic_falling", emitLogisticOf<Slope::Falling>, SNN_REFERENCE(fallingLogistic), 2.5, Underflow::ToZero,
       {{-3, 3}, {-40, 87}, {-40, 708}}},
      {"log", unary<emitLog>, SNN_REFERENCE(std::log), 1.5, Underflow::Gradual, {{0, 2}, {0.7, 1.5}, {0, 1000}}},
      {"log10", unary<emitLog10>, SNN_REFERENCE(std::log10), 1.5, Underflow::Gradual, {{0, 2}, {0.7, 1.5}, {0, 1000}}},
      {"log1p",
       unary<emitLog1p>,
       SNN_REFERENCE(std::log1p),
       1.5,
       Underflow::Gradual,
       {{-1, 1}, {-0.4, 0.5}, {0, 1000}}},
      {"sin",
       unary<emitSin>,
       SNN_REFERENCE(std::sin),
       1.5,
       Underflow::Gradual,
       {{-7, 7}, {-2.6e5, 2.6e5}, {-3.5e13, 3.5e13}},
       0x1p18,
       0x1p45},
      {"cos",
       unary<emitCos>,
       SNN_REFERENCE(std::cos),
       1.5,
       Underflow::Gradual,
       {{-7, 7}, {-2.6e5, 2.6e5}, {-3.5e13, 3.5e13}},
       0x1p18,
       0x1p45},
      {"tan",
       unary<emitTan>,
       SNN_REFERENCE(std::tan),
       1.5,
       Underflow::Gradual,
       {{-7, 7}, {-2.6e5, 2.6e5}, {-3.5e13, 3.5e13}},
       0x1p18,
       0x1p45},
      {"sinh", unary<emitSinh>, SNN_REFERENCE(std::sinh), 1.5, Underflow::Gradual, {{-2, 2}, {-90, 90}, {-711, 711}}},
      {"cosh", unary<emitCosh>, SNN_REFERENCE(std::cosh), 1.5, Underflow::Gradual, {{-2, 2}, {-90, 90}, {-711, 711}}},
      {"tanh", unary<emitTanh>, SNN_REFERENCE(std::tanh), 3, Underflow::Gradual, {{-1, 1}, {-20, 20}}},
      {"erf", unary<emitErf>, SNN_REFERENCE(std::erf), 1.5, Underflow::Gradual, {{-1.1, 1.1}, {-6.5, 6.5}}},
  };
  return table;
}

#undef SNN_REFERENCE

const Function &function(const char *name) {
  for (const Function &candidate : functions())
    if (std::strcmp(candidate.name, name) == 0)
      return candidate;
  std::abort();
}

Emit emitPowOfTwoArguments() { return emitPow; }

template <typename T> std::vector<T> sampleArguments(const Function &function, size_t count, unsigned seed) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  using Limits = std::numeric_limits<T>;
  std::vector<T> arguments;
  for (T special : {T(0), T(1), Limits::min(), Limits::denorm_min(), Limits::max(), Limits::infinity(),
                    Limits::epsilon(), std::bit_cast<T>(Bits(std::bit_cast<Bits>(Limits::infinity()) + 1)),
                    Limits::quiet_NaN(), std::bit_cast<T>(Bits(std::bit_cast<Bits>(Limits::quiet_NaN()) + 0x155))})
    for (T sign : {T(1), T(-1)})
      arguments.push_back(std::copysign(special, sign));

  std::mt19937_64 random(seed);
  // Both sides of every place where a formula changes: multiples of 1/8 and of ln 2 / 2, with their neighbours.
  for (double unit : {0.125, 0.34657359027997264, 0.78539816339744831})
    for (int i = -2100; i <= 2100; ++i) {
      T x = static_cast<T>(i * unit);
      arguments.insert(arguments.end(),
                       {x, std::nextafter(x, Limits::infinity()), std::nextafter(x, -Limits::infinity())});
    }
  // Near large multiples of pi / 2, where a reduction that loses bits shows.
  for (int i = 0; i < 100'000; ++i) {
    double k = std::floor(std::exp2(std::uniform_real_distribution<double>(8, i % 2 ? 17 : 44)(random)));
    arguments.push_back(static_cast<T>(k * 1.5707963267948966));
  }
  size_t intervals = function.intervals.size();
  while (arguments.size() < count) {
    size_t kind = random() % (intervals + 1);
    if (kind == intervals) {
      arguments.push_back(std::bit_cast<T>(static_cast<Bits>(random())));
      continue;
    }
    auto [low, high] = function.intervals[kind];
    arguments.push_back(std::uniform_real_distribution<T>(low, high)(random));
  }
  return arguments;
}

template std::vector<float> sampleArguments(const Function &, size_t, unsigned);
template std::vector<double> sampleArguments(const Function &, size_t, unsigned);

} // namespace snn::test
