// Cells of space: no neighbour is missed, and few others are looked at.

#include "NeighbourCells.h"
#include "PairwiseRule.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <random>

using namespace snn::runtime;

namespace {

struct Points {
  Points(uint32_t axes, size_t count, double side) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> place(-side / 2, side / 2);
    for (uint32_t axis = 0; axis < axes; ++axis)
      for (size_t k = 0; k < count; ++k)
        coordinates[axis].push_back(place(random));
  }
  std::array<std::span<const double>, 3> spans() const { return {coordinates[0], coordinates[1], coordinates[2]}; }
  std::array<double, 3> at(size_t k, uint32_t axes) const {
    std::array<double, 3> place = {};
    for (uint32_t axis = 0; axis < axes; ++axis)
      place[axis] = coordinates[axis][k];
    return place;
  }
  std::vector<double> coordinates[3];
};

double distance(std::array<double, 3> a, std::array<double, 3> b, double period) {
  double sum = 0;
  for (int axis = 0; axis < 3; ++axis) {
    double difference = a[axis] - b[axis];
    if (period > 0)
      difference -= period * std::floor(difference / period + 0.5);
    sum += difference * difference;
  }
  return std::sqrt(sum);
}

} // namespace

TEST(NeighbourCells, HaveEveryPointWithinReach) {
  for (uint32_t axes : {1u, 2u, 3u})
    for (double period : {0.0, 1000.0})
      for (double reach : {0.0, 3.0, 70.0, 333.0, 334.0, 2000.0}) {
        const size_t count = 600;
        const Points points(axes, count, 1000);
        const NeighbourCells cells({axes, {period, period, period}}, reach, points.spans());
        std::vector<uint32_t> found;
        for (size_t from = 0; from < count; from += 7) {
          std::array<double, 3> place = points.at(from, axes);
          if (from % 3 == 0)
            place[0] += 900; // outside of all of them, or round
          cells.findAround(place, found);
          EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
          EXPECT_EQ(std::adjacent_find(found.begin(), found.end()), found.end());
          for (uint32_t k = 0; k < count; ++k)
            if (distance(place, points.at(k, axes), period) <= reach)
              EXPECT_TRUE(std::binary_search(found.begin(), found.end(), k)) << axes << " axes, reach " << reach;
        }
      }
}

TEST(NeighbourCells, LookAtFewOthers) {
  const size_t count = 20000;
  const Points points(2, count, 1000);
  const NeighbourCells cells({2, {1000, 1000, 0}}, 20, points.spans());
  std::vector<uint32_t> found;
  double looked = 0;
  for (size_t from = 0; from < 1000; ++from) {
    cells.findAround(points.at(from, 2), found);
    looked += double(found.size()) / 1000;
  }
  EXPECT_NEAR(looked, 9 * 20 * 20 * 0.02, 5); // nine cells as wide as the reach; the mean of 1000 draws is good to 1
}

//===-- Through the rule ------------------------------------------------------------------------------------------------===//

namespace {

constexpr double spacing = 10, reach = 25;
std::atomic<uint64_t> pairsComputed{0};

/// Neuron i is at i * spacing on a line; of the values of either end, 0 is that, and of the source, 1 is the reach and 2 the period.
void contactValues(const snn_state *, uint32_t, uint32_t, uint64_t n, const uint32_t *index, double *out, uint64_t stride) {
  for (uint64_t k = 0; k < n; ++k)
    out[k] = spacing * index[k];
  if (n == 1) {
    out[stride] = reach;
    out[2 * stride] = 0;
  }
}

void probabilities(const snn_state *, uint32_t, const double *source, uint64_t n, const double *target, uint64_t, double *out) {
  pairsComputed += n;
  for (uint64_t k = 0; k < n; ++k)
    out[k] = std::fabs(source[0] - target[k]) < reach ? 0.5 : 0;
}

Contacts contactsOfLine(uint32_t neurons, bool isReachKnown) {
  snn_projection declared{};
  declared.name = "P -> P";
  declared.rule = SNN_PAIR_BERNOULLI;
  declared.stream = 5;
  declared.n_source_values = 3;
  declared.n_target_values = 1;
  declared.axes = isReachKnown ? 1 : 0;
  declared.reach = 1;
  declared.period[0] = 2;
  snn_model model{};
  model.projections = &declared;
  model.n_projections = 1;
  model.contact_values = contactValues;
  model.contact_probabilities = probabilities;
  snn_state state{};
  state.model = &model;
  state.seed = 11;
  PlannedProjection planned{};
  planned.declared = &declared;
  planned.source = planned.target = {0, neurons};
  auto rule = makePairwiseRule(state, planned, {0, neurons});
  Contacts contacts;
  for (uint64_t part = 0; part < rule->parts(); ++part)
    rule->append(part, contacts);
  return contacts;
}

} // namespace

TEST(NeighbourCells, MakeTheCostThatOfTheNeighbours) {
  const uint32_t neurons = 20000;
  pairsComputed = 0;
  const Contacts bounded = contactsOfLine(neurons, true);
  EXPECT_LE(pairsComputed, uint64_t(neurons) * SNN_LANES); // nine cells at most, in one call of the least length
  pairsComputed = 0;
  const Contacts all = contactsOfLine(neurons, false);
  EXPECT_GE(pairsComputed, uint64_t(neurons) * neurons);
  ASSERT_EQ(bounded.size(), all.size());
  EXPECT_NEAR(double(all.size()), 0.5 * 5 * neurons, 5 * std::sqrt(0.25 * 5 * neurons)); // five standard deviations
  EXPECT_EQ(bounded.pre, all.pre);
  EXPECT_EQ(bounded.post, all.post);
  EXPECT_EQ(bounded.element, all.element);
}
