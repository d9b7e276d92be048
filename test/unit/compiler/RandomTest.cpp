// Random numbers drawn in generated code are the runtime's Philox at the key and counter that abi.h lays down: spikes of
// independent sources can be predicted without running anything.

#include "Program.h"

#include "compiler/Import/Stream.h"
#include "runtime/src/Philox.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace snn::test;

namespace {

constexpr double dt = 0.1; // ms
constexpr uint64_t steps = 300, seed = 0x123456789abcdefull;
constexpr uint32_t neurons = 150; // no multiple of any number of lanes

std::string source(const std::string &precision) {
  return R"(
neuron Source {
    param rate = 500 Hz
    spike at rate rate
}
network Net { population P = Source[150] { rate ~ uniform(500 Hz, 500 Hz) } }
simulate Net { dt 0.1 ms;  duration 30 ms;  precision )" +
         precision + R"(;  record spikes of P }
)";
}

/// Spikes of a rate that may differ between neurons: where the uniform number of neuron and step is below 1 - exp(-r dt).
template <typename Uniform> std::vector<std::pair<uint64_t, uint32_t>> predicted(double probability, Uniform uniform) {
  // A population's numbers and those of a statement in its model are told apart by the hashes of their names.
  const uint32_t stream = snn::streamOf("P") ^ snn::streamOf("Source.spike");
  std::vector<std::pair<uint64_t, uint32_t>> spikes;
  for (uint64_t step = 0; step < steps; ++step)
    for (uint32_t neuron = 0; neuron < neurons; ++neuron)
      if (uniform(snn::runtime::randomWords(seed, stream, neuron, step)) < probability)
        spikes.emplace_back(step, neuron);
  return spikes;
}

/// In single precision: the 24 leading bits of the first word.
double single(snn::runtime::PhiloxCounter words) { return (words[0] >> 8) * 0x1p-24; }

/// In double precision: the 53 leading bits of the first two words.
double dual(snn::runtime::PhiloxCounter words) { return snn::runtime::toUnitInterval(words[1], words[0]); }

} // namespace

TEST(Random, IsPhiloxInSinglePrecision) {
  const auto expected = predicted(-std::expm1(-0.5 * dt), single);
  ASSERT_GT(expected.size(), 1000u);
  for (const char *cpu : {"", "x86-64-v3"})
    EXPECT_EQ(Program(source("f32"), cpu).spikes(seed), expected) << cpu;
}

TEST(Random, IsPhiloxInDoublePrecision) {
  const auto expected = predicted(-std::expm1(-0.5 * dt), dual);
  ASSERT_GT(expected.size(), 1000u);
  for (const char *cpu : {"", "x86-64-v3"})
    EXPECT_EQ(Program(source("f64"), cpu).spikes(seed), expected) << cpu;
}

TEST(Random, DependsOnTheSeed) {
  Program program(source("f32"));
  EXPECT_NE(program.spikes(seed), program.spikes(seed + 1));
  EXPECT_NE(program.spikes(seed), program.spikes(seed + (uint64_t(1) << 32))) << "the high word is part of the key";
  EXPECT_EQ(program.spikes(seed), program.spikes(seed));
}
