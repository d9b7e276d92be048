// Rows as generated code sees them, against a list of contacts made by the plain definition: all contacts, grouped by
// source, stably sorted by delay.

#include "Rows.h"
#include "LifNetwork.h"

#include "Distributions.h"
#include "Failure.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

using namespace snn::runtime;
using snn::test::LifNetwork;

namespace {

struct Case {
  std::string name;
  uint8_t rule;
  double number;
  double weightDeviation, delayDeviation;
  snn_type precision = SNN_F64;
};

std::ostream &operator<<(std::ostream &out, const Case &c) { return out << c.name; }

struct Synapse {
  uint32_t pre, post, delay;
  double amount;
  auto operator<=>(const Synapse &) const = default;
};

class Rows : public testing::TestWithParam<Case> {};

constexpr uint32_t firstSource = 3, lastSource = 63, firstTarget = 70, lastTarget = 200070; // four blocks
constexpr uint64_t seed = 5;

/// One projection with what the runtime would have made of its settings.
struct World {
  explicit World(const Case &c) : network(c.precision) {
    network.add({.name = "A"}, 100);
    network.add({.name = "B"}, lastTarget + 5);
    network.add({.source = {0, firstSource, lastSource},
                 .target = {1, firstTarget, lastTarget},
                 .rule = c.rule,
                 .number = c.number,
                 .weight = -2,
                 .weightDeviation = c.weightDeviation,
                 .delay = 1.5,
                 .delayDeviation = c.delayDeviation});
    const snn_model &model = network.finish();
    state.model = &model;
    state.seed = seed;
    state.dt = 0.1;
    state.draw = [](const snn_state *, uint32_t distribution, uint32_t modifiers, uint32_t stream, uint64_t element,
                    const double *parameters) {
      return drawNumber(seed, {distribution, modifiers, stream, element, parameters});
    };
    std::vector<double> settings;
    for (uint32_t s = 0; s < model.n_settings; ++s)
      settings.push_back(model.settings[s].value);
    planned = makePlan(model, settings).projections[0];
    planned.delaySteps = 15;
  }

  LifNetwork network;
  snn_state state{};
  PlannedProjection planned;
};

} // namespace

/// What should come out, in the order of the rows.
static std::vector<Synapse> expectedSynapses(const World &world, Range window) {
  Contacts contacts;
  auto rule = makeContactRule(world.planned, nullptr, seed, window);
  for (uint64_t part = 0; part < rule->parts(); ++part)
    rule->append(part, contacts);
  size_t n = contacts.size();
  std::vector<double> amounts(n), delays(n);
  world.network.synapses(&world.state, 0, n, contacts.pre.data(), contacts.post.data(), contacts.element.data(),
                         amounts.data(), delays.data());
  std::vector<Synapse> synapses;
  for (size_t i = 0; i < n; ++i) {
    double amount = world.network.precision == SNN_F32 ? double(float(amounts[i])) : amounts[i];
    synapses.push_back(
        {contacts.pre[i], contacts.post[i], uint32_t(std::max(1.0, std::floor(delays[i] / 0.1 + 0.5))), amount});
  }
  auto block = [&](const Synapse &s) { return (s.post - window.begin) / SNN_BLOCK_TARGETS; };
  std::stable_sort(synapses.begin(), synapses.end(), [&](const Synapse &a, const Synapse &b) {
    return std::tuple(block(a), a.pre, a.delay) < std::tuple(block(b), b.pre, b.delay);
  });
  return synapses;
}

/// Walks the rows the way a program does.
static std::vector<Synapse> storedSynapses(const World &world, const RowStorage &storage, uint32_t shareBegin) {
  const snn_rows &rows = storage.rows;
  uint32_t span = rows.max_delay - rows.min_delay + 1;
  std::vector<Synapse> synapses;
  for (uint32_t b = 0; b < rows.n_blocks; ++b) {
    const snn_block &block = rows.blocks[b];
    for (uint32_t s = 0; s < rows.source_end - rows.source_begin; ++s)
      for (uint32_t j = 0; j < span; ++j) {
        uint64_t from = block.start[s], to = block.start[s + 1];
        if (block.segment) {
          EXPECT_EQ(block.segment[s * (span + 1)], 0u);
          EXPECT_EQ(block.start[s] + block.segment[s * (span + 1) + span], block.start[s + 1]);
          to = from + block.segment[s * (span + 1) + j + 1];
          from += block.segment[s * (span + 1) + j];
        }
        for (uint64_t i = from; i < to; ++i) {
          double amount = !block.amount                        ? -2
                          : world.network.precision == SNN_F32 ? double(static_cast<const float *>(block.amount)[i])
                                                               : static_cast<const double *>(block.amount)[i];
          synapses.push_back(
              {rows.source_begin + s, shareBegin + block.first_target + block.target[i], rows.min_delay + j, amount});
        }
      }
  }
  return synapses;
}

TEST_P(Rows, AreTheContactsBySourceAndDelay) {
  World world(GetParam());
  for (Range window : {Range{firstTarget, lastTarget}, Range{firstTarget, 70000}, Range{70000, lastTarget}}) {
    uint32_t shareBegin = window.begin / SNN_LANES * SNN_LANES;
    RowStorage storage = buildRows({&world.state, 0, &world.planned, nullptr, window, shareBegin});
    std::vector<Synapse> expected = expectedSynapses(world, window);
    ASSERT_GT(expected.size(), 1000u);
    EXPECT_EQ(storage.synapses, expected.size());
    EXPECT_EQ(storage.rows.n_blocks, (window.size() + SNN_BLOCK_TARGETS - 1) / SNN_BLOCK_TARGETS);
    EXPECT_EQ(storage.rows.blocks[0].amount != nullptr, GetParam().weightDeviation != 0);
    EXPECT_EQ(storage.rows.blocks[0].segment != nullptr, GetParam().delayDeviation != 0);
    EXPECT_TRUE(storedSynapses(world, storage, shareBegin) == expected);
  }
}

TEST_P(Rows, NameTheirSynapsesWhereTheseHaveStates) {
  World world(GetParam());
  const snn_field fields[] = {{"g", "", 1, SNN_F32, SNN_STATE, ""}, {"tau", "ms", 1, SNN_F64, SNN_PARAMETER, ""}};
  snn_projection declared = *world.planned.declared;
  declared.alignment = SNN_CONNECTION;
  declared.n_fields = 2;
  declared.fields = fields;
  world.planned.declared = &declared;
  const Range window{70000, lastTarget};
  const uint32_t shareBegin = window.begin / SNN_LANES * SNN_LANES;
  RowStorage storage = buildRows({&world.state, 0, &world.planned, nullptr, window, shareBegin});

  Contacts contacts;
  auto rule = makeContactRule(world.planned, nullptr, seed, window);
  for (uint64_t part = 0; part < rule->parts(); ++part)
    rule->append(part, contacts);
  std::map<uint64_t, std::pair<uint32_t, uint32_t>> ends; // by name
  for (size_t i = 0; i < contacts.size(); ++i)
    ends[contacts.element[i]] = {contacts.pre[i], contacts.post[i]};
  ASSERT_EQ(ends.size(), storage.synapses);
  for (uint32_t b = 0; b < storage.rows.n_blocks; ++b) {
    const snn_block &block = storage.rows.blocks[b];
    const auto *element = storage.pages[b].element.as<uint64_t>();
    for (uint32_t s = 0; s < lastSource - firstSource; ++s)
      for (uint64_t j = block.start[s]; j < block.start[s + 1]; ++j)
        ASSERT_EQ(ends[element[j]], std::pair(firstSource + s, shareBegin + block.first_target + block.target[j]));
    const uint64_t padded = (block.start[lastSource - firstSource] + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
    for (uint32_t k = 0; k < 2; ++k)
      EXPECT_EQ(reinterpret_cast<uintptr_t>(block.fields[k]) % 64, 0u);
    EXPECT_EQ(static_cast<const float *>(block.fields[0])[padded - 1], 0);
    EXPECT_GE(static_cast<const char *>(block.fields[1]), static_cast<const char *>(block.fields[0]) + 4 * padded);
  }
}

TEST_P(Rows, OfNoTargetAreEmpty) {
  World world(GetParam());
  RowStorage storage = buildRows({&world.state, 0, &world.planned, nullptr, {firstTarget, firstTarget}, 64});
  EXPECT_EQ(storage.synapses, 0u);
  EXPECT_EQ(storage.rows.n_blocks, 0u);
  EXPECT_EQ(storage.rows.max_delay, 0u);
}

INSTANTIATE_TEST_SUITE_P(All, Rows,
                         testing::Values(Case{"OutdegreeUniform", SNN_FIXED_OUTDEGREE, 500, 0, 0},
                                         Case{"OutdegreeWeights", SNN_FIXED_OUTDEGREE, 500, 0.3, 0},
                                         Case{"OutdegreeDelays", SNN_FIXED_OUTDEGREE, 500, 0, 0.75},
                                         Case{"OutdegreeBothSingle", SNN_FIXED_OUTDEGREE, 500, 0.3, 0.75, SNN_F32},
                                         Case{"BernoulliBoth", SNN_BERNOULLI, 0.003, 0.3, 0.75},
                                         Case{"IndegreeUniform", SNN_FIXED_INDEGREE, 2, 0, 0},
                                         Case{"IndegreeBoth", SNN_FIXED_INDEGREE, 2, 0.3, 0.75},
                                         Case{"TotalBothSingle", SNN_FIXED_TOTAL, 50000, 0.3, 0.75, SNN_F32},
                                         Case{"TotalDelays", SNN_FIXED_TOTAL, 50000, 0, 0.75}),
                         [](const auto &info) { return info.param.name; });

TEST(RowsMemory, IsTwoBytesPerSynapseWithUniformWeights) {
  World world({"", SNN_FIXED_OUTDEGREE, 100000, 0, 0});
  RowStorage storage = buildRows({&world.state, 0, &world.planned, nullptr, {firstTarget, lastTarget}, 64});
  ASSERT_EQ(storage.synapses, 6000000u);
  EXPECT_LT(double(storage.bytes), 2.02 * 6e6);
}

TEST(RowsValues, MustBeFiniteAndNotTooLong) {
  auto messageOf = [](double weightDeviation, double delayDeviation) -> std::string {
    World world({"", SNN_FIXED_OUTDEGREE, 100, weightDeviation, delayDeviation});
    try {
      buildRows({&world.state, 0, &world.planned, nullptr, {firstTarget, lastTarget}, 64});
    } catch (const Failure &failure) {
      EXPECT_EQ(failure.status, SNN_WRONG_VALUE);
      return failure.what();
    }
    return "";
  };
  EXPECT_NE(messageOf(-1, 0).find("a weight of `A -> B` is not finite"), std::string::npos) << messageOf(-1, 0);
  EXPECT_NE(messageOf(0, 1e5).find("a delay of `A -> B` is"), std::string::npos) << messageOf(0, 1e5);
}
