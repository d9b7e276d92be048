// What each function costs. Prints, and asserts nothing: times belong to the machine and its neighbours.

#include "Functions.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <random>

namespace snn::test {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Core cycles per second now, from a chain of additions that take one cycle each.
double clockRate() {
  double best = 0;
  for (int repeat = 0; repeat < 5; ++repeat) {
    auto begin = Clock::now();
    unsigned long sum = 0;
    constexpr int steps = 1 << 20;
    for (int i = 0; i < steps; i += 8)
      asm volatile(
          "add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0"
          : "+r"(sum));
    best = std::max(best, steps / secondsSince(begin));
  }
  return best;
}

/// Cycles per element over arrays that stay in the first-level cache.
template <typename T> double cyclesPerElement(const Kernel &kernel, double low, double high) {
  constexpr size_t size = 2048, repeats = 40;
  std::mt19937 random(1);
  std::uniform_real_distribution<T> uniform(low, high);
  std::vector<T> x(size), y(size), out(size);
  for (size_t i = 0; i < size; ++i) {
    x[i] = uniform(random);
    y[i] = uniform(random);
  }
  double best = std::numeric_limits<double>::infinity();
  for (int trial = 0; trial < 15; ++trial) {
    auto begin = Clock::now();
    for (size_t repeat = 0; repeat < repeats; ++repeat)
      kernel(x.data(), y.data(), out.data(), size);
    best = std::min(best, secondsSince(begin) / (size * repeats));
  }
  return best * clockRate();
}

void printCosts(const char *name, Emit emit, double low, double high) {
  Kernel single(emit, {Precision::F32}), twice(emit, {Precision::F64});
  Kernel single256(emit, {Precision::F32, 16, "x86-64-v3"}), twice256(emit, {Precision::F64, 8, "x86-64-v3"});
  std::printf("  %-8s [%6g, %6g]: f32 %5.2f, f64 %5.2f; x86-64-v3: f32 %5.2f, f64 %5.2f cycles per element\n", name,
              low, high, cyclesPerElement<float>(single, low, high), cyclesPerElement<double>(twice, low, high),
              cyclesPerElement<float>(single256, low, high), cyclesPerElement<double>(twice256, low, high));
}

TEST(Speed, Functions) {
  for (const Function &function : functions())
    printCosts(function.name, function.emit, 0.1, 5);
  // The two sides of exprel's branch.
  printCosts("exprel", function("exprel").emit, -1.2, 0.4);
  printCosts("exprel", function("exprel").emit, -5, -1.5);
  printCosts("pow", emitPowOfTwoArguments(), 0.1, 5);
}

} // namespace
} // namespace snn::test
