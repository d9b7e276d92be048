// exp and log in single precision at every one of the 2^32 floats.
//
// The reference is our own double-precision function, because a library's would take minutes; AccuracyTest and the
// samples here hold that one to the C library.

#include "Functions.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdio>
#include <thread>

namespace snn::test {
namespace {

struct Worst {
  double ulp = 0;
  float argument = 0;
};

/// The worst of the floats with bit patterns in [begin, end), a multiple of the block size.
Worst worstOfPatterns(const Function &function, const Kernel &single, const Kernel &twice, uint64_t begin,
                      uint64_t end) {
  constexpr size_t block = 4096;
  std::vector<float> x(block), computed(block);
  std::vector<double> wide(block), exact(block);
  Worst worst;
  for (uint64_t first = begin; first < end; first += block) {
    for (size_t i = 0; i < block; ++i) {
      x[i] = std::bit_cast<float>(static_cast<uint32_t>(first + i));
      wide[i] = x[i];
    }
    single(x.data(), x.data(), computed.data(), block);
    twice(wide.data(), wide.data(), exact.data(), block);
    if (WorstFloat found = worstUlp(computed.data(), exact.data(), block, function.underflow, worst.ulp);
        found.ulp > worst.ulp)
      worst = {found.ulp, x[found.index]};
  }
  return worst;
}

class Exhaustive : public testing::TestWithParam<const char *> {};

TEST_P(Exhaustive, F32) {
  const Function &tested = function(GetParam());
  Kernel single(tested.emit, {Precision::F32}), twice(tested.emit, {Precision::F64});
  constexpr uint64_t all = uint64_t(1) << 32;
  Worst halves[2];
  std::thread other([&] { halves[1] = worstOfPatterns(tested, single, twice, all / 2, all); });
  halves[0] = worstOfPatterns(tested, single, twice, 0, all / 2);
  other.join();
  Worst worst = halves[0].ulp > halves[1].ulp ? halves[0] : halves[1];
  std::printf("  %-8s f32: %.3f ulp at %a, of all 2^32 arguments\n", tested.name, worst.ulp, worst.argument);
  EXPECT_LE(worst.ulp, tested.limit) << tested.name << " at " << worst.argument;
}

// The reference itself, at arguments that are floats: far closer to the C library than the floats' last place.
TEST_P(Exhaustive, ReferenceAgreesWithLibrary) {
  const Function &tested = function(GetParam());
  Kernel twice(tested.emit, {Precision::F64});
  std::vector<double> x;
  for (uint64_t pattern = 0; pattern < (uint64_t(1) << 32); pattern += 4099)
    x.push_back(std::bit_cast<float>(static_cast<uint32_t>(pattern)));
  std::vector<double> computed = twice(x);
  for (size_t i = 0; i < x.size(); ++i)
    ASSERT_LE(ulpError<double>(computed[i], static_cast<double>(tested.longReference(x[i])), tested.underflow), 2)
        << tested.name << " at " << x[i];
}

INSTANTIATE_TEST_SUITE_P(Functions, Exhaustive, testing::Values("exp", "log"),
                         [](const testing::TestParamInfo<const char *> &info) { return std::string(info.param); });

} // namespace
} // namespace snn::test
