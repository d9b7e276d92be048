// Every function of one argument against the C library in the next wider precision, on random and special arguments.

#include "Functions.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace snn::test {
namespace {

template <typename T> auto exactValue(const Function &function, T x) {
  if constexpr (std::is_same_v<T, float>)
    return function.reference(x);
  else
    return function.longReference(x);
}

template <typename T> void checkAccuracy(const Function &function, size_t count) {
  Kernel kernel(function.emit, {precisionOf<T>});
  std::vector<T> arguments = sampleArguments<T>(function, count, 20240229);
  std::vector<T> results = kernel(arguments);
  double worst = 0;
  T worstArgument = 0;
  for (size_t i = 0; i < arguments.size(); ++i) {
    T x = arguments[i];
    if (std::abs(x) > function.range<T>()) {
      ASSERT_TRUE(std::isnan(results[i])) << function.name << "(" << x << ")";
      continue;
    }
    double error = ulpError(results[i], exactValue(function, x), function.underflow);
    if (error > worst) {
      worst = error;
      worstArgument = x;
    }
  }
  std::printf("  %-8s %s: %.2f ulp at %.17g (%a)\n", function.name, std::is_same_v<T, float> ? "f32" : "f64", worst,
              double(worstArgument), double(worstArgument));
  EXPECT_LE(worst, function.limit) << function.name << " at " << double(worstArgument);
}

class Accuracy : public testing::TestWithParam<const Function *> {};

TEST_P(Accuracy, F32) { checkAccuracy<float>(*GetParam(), 3'000'000); }
TEST_P(Accuracy, F64) { checkAccuracy<double>(*GetParam(), 1'000'000); }

std::vector<const Function *> allFunctions() {
  std::vector<const Function *> all;
  for (const Function &function : functions())
    all.push_back(&function);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Functions, Accuracy, testing::ValuesIn(allFunctions()),
                         [](const testing::TestParamInfo<const Function *> &info) {
                           return std::string(info.param->name);
                         });

} // namespace
} // namespace snn::test
