// A result's bits depend on its argument alone: not on the vector width, the neighbours or the instruction set.

#include "Functions.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace snn::test {
namespace {

/// Equal bits, except that any NaN equals any other: IEEE leaves its payload open.
template <typename T> bool identical(T a, T b) {
  return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof(T)) == 0;
}

template <typename T>
void expectIdentical(const char *name, const std::vector<T> &x, const std::vector<T> &a, const std::vector<T> &b,
                     const char *what) {
  for (size_t i = 0; i < x.size(); ++i)
    ASSERT_TRUE(identical(a[i], b[i])) << name << "(" << x[i] << "): " << a[i] << " and " << b[i] << " with " << what;
}

template <typename T>
void checkWidthsAndCpus(const char *name, Emit emit, const std::vector<T> &x, const std::vector<T> &y) {
  constexpr Precision precision = precisionOf<T>;
  std::vector<T> scalar = Kernel(emit, {precision, 1})(x, y);
  for (int width : {8, 16, 32})
    expectIdentical(name, x, scalar, Kernel(emit, {precision, width})(x, y),
                    ("width " + std::to_string(width)).c_str());
  expectIdentical(name, x, scalar, Kernel(emit, {precision, 1, "x86-64-v3"})(x, y), "a scalar of AVX2");
  expectIdentical(name, x, scalar, Kernel(emit, {precision, 16, "x86-64-v3"})(x, y), "AVX2");
}

class BitIdentity : public testing::TestWithParam<const Function *> {};

TEST_P(BitIdentity, F32) {
  auto x = sampleArguments<float>(*GetParam(), 200'000, 1);
  checkWidthsAndCpus<float>(GetParam()->name, GetParam()->emit, x, x);
}

TEST_P(BitIdentity, F64) {
  auto x = sampleArguments<double>(*GetParam(), 200'000, 2);
  checkWidthsAndCpus<double>(GetParam()->name, GetParam()->emit, x, x);
}

std::vector<const Function *> allFunctions() {
  std::vector<const Function *> all;
  for (const Function &function : functions())
    all.push_back(&function);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Functions, BitIdentity, testing::ValuesIn(allFunctions()),
                         [](const testing::TestParamInfo<const Function *> &info) {
                           return std::string(info.param->name);
                         });

template <typename T> void checkPow() {
  std::mt19937_64 random(3);
  std::vector<T> x, y;
  for (int i = 0; i < 200'000; ++i) {
    x.push_back(std::exp(std::uniform_real_distribution<T>(-20, 20)(random)));
    y.push_back(std::uniform_real_distribution<T>(-6, 6)(random));
  }
  checkWidthsAndCpus<T>("pow", emitPowOfTwoArguments(), x, y);
}

TEST(BitIdentityOfPow, F32) { checkPow<float>(); }
TEST(BitIdentityOfPow, F64) { checkPow<double>(); }

// Lanes near 0 take exprel's short way only if all their neighbours do; their bits must not tell.
template <typename T> void checkExprelNeighbours() {
  const Function &exprel = function("exprel");
  Kernel kernel(exprel.emit, {precisionOf<T>, 16});
  std::mt19937_64 random(4);
  std::vector<T> calm;
  for (int i = 0; i < 64'000; ++i)
    calm.push_back(std::uniform_real_distribution<T>(-1.24, 0.49)(random));
  std::vector<T> mixed(calm);
  for (size_t i = 5; i < mixed.size(); i += 16)
    mixed[i] = 3;
  std::vector<T> alone = kernel(calm), beside = kernel(mixed);
  for (size_t i = 0; i < calm.size(); ++i) {
    if (i % 16 == 5)
      continue;
    ASSERT_TRUE(identical(alone[i], beside[i])) << "exprel(" << calm[i] << ")";
  }
}

TEST(ExprelNeighbours, F32) { checkExprelNeighbours<float>(); }
TEST(ExprelNeighbours, F64) { checkExprelNeighbours<double>(); }

} // namespace
} // namespace snn::test
