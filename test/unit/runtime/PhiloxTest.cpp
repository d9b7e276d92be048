#include "Philox.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace snn::runtime;

// The known answers that Salmon et al. distribute with Random123.
TEST(Philox, GivesThePublishedWords) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, LaysOutKeyAndCounterAsTheInterfaceSays) {
  uint64_t seed = 0x299f31d0a4093822, element = 0x85a308d3243f6a88, step = 0x0000000113198a2e;
  EXPECT_EQ(randomWords(seed, 0x03707344, element, step),
            philox({0x243f6a88, 0x85a308d3 ^ 1, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}));
}

TEST(Philox, SequenceContinuesWithTheNextAttempt) {
  WordSequence words(7, 3, 11);
  for (uint64_t attempt = 0; attempt < 3; ++attempt)
    for (uint32_t word : randomWords(7, 3, 11, attempt))
      EXPECT_EQ(words.next(), word);
}

TEST(Philox, UnitIntervalsKeepTheirEnds) {
  EXPECT_EQ(toUnitInterval(0, 0), 0);
  EXPECT_LT(toUnitInterval(0xffffffff, 0xffffffff), 1);
  EXPECT_GT(toOpenInterval(0, 0), 0);
  EXPECT_LT(toOpenInterval(0xffffffff, 0xffffffff), 1);
  EXPECT_EQ(toOpenInterval(0, 0), 1 - toOpenInterval(0xffffffff, 0xffffffff));
}

// Chi-squared with k = n - 1 degrees of freedom leaves [k - 2 sqrt(k x), k + 2 sqrt(k x) + 2 x] with a probability of
// at most 2 e^-x (Laurent and Massart 2000, lemma 1); x is 14.
TEST(Philox, BelowIsEven) {
  for (uint32_t n : {1u, 3u, 10u, 1000u}) {
    std::vector<uint32_t> counts(n);
    WordSequence words(1, 2, n);
    constexpr int draws = 200000;
    for (int i = 0; i < draws; ++i)
      ++counts.at(words.below(n));
    double mean = double(draws) / n, chiSquared = 0;
    for (uint32_t count : counts)
      chiSquared += (count - mean) * (count - mean) / mean;
    double k = n - 1.0, spread = 2 * std::sqrt(14 * k);
    EXPECT_GE(chiSquared, k - spread) << n;
    EXPECT_LE(chiSquared, k + spread + 28) << n;
  }
}

TEST(Philox, BelowReachesTheLargestBound) {
  WordSequence words(1, 2, 3);
  uint32_t largest = 0;
  for (int i = 0; i < 100000; ++i) {
    uint32_t x = words.below(0xfffffffe);
    ASSERT_LT(x, 0xfffffffe);
    largest = std::max(largest, x);
  }
  EXPECT_GT(largest, 0xfff00000u);
}
