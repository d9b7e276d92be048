// What a host sees of connections and their weights, and what it writes: the same with any number of workers, in checkpoints, and in
// one copy of a batch alone.

#include "LifNetwork.h"
#include "TestSimulation.h"

#include <cmath>
#include <filesystem>
#include <tuple>

#include <unistd.h>

using namespace snn::test;

namespace {

/// `Source` excites `Target` through stored weights and delays, in two populations that several workers divide.
class Connections : public testing::TestWithParam<snn_type> {
protected:
  Connections() : network(GetParam()) {
    network.add({.name = "Source", .current = 25}, 150);
    network.add({.name = "Target", .current = 15}, 200);
    network.add({.source = {0, 10, 140}, .target = {1, 5, 200}, .rule = SNN_FIXED_INDEGREE, .number = 40, .weight = 0.3,
                 .weightDeviation = 0.1, .delay = 1, .delayDeviation = 0.3});
    network.add({.source = {1, 0, 200}, .target = {0, 0, 150}, .rule = SNN_BERNOULLI, .number = 0.1, .weight = 0.02, .delay = 0.5});
    network.recordSpikes({1, 0, 200});
    network.finish();
  }

  static constexpr const char *stored = "Source -> Target", *uniform = "Target -> Source";

  static std::vector<double> weights(const SimulationPointer &simulation, const char *projection = stored, const char *unit = "mV") {
    snn_connections about;
    EXPECT_EQ(snn_get_connections(simulation.get(), projection, &about), SNN_OK) << snn_message(simulation.get());
    std::vector<double> values(about.count);
    EXPECT_EQ(snn_read_weights(simulation.get(), projection, 0, about.count, values.data(), unit), SNN_OK)
        << snn_message(simulation.get());
    return values;
  }

  /// Weights that no rule would draw.
  static std::vector<double> others(size_t count) {
    std::vector<double> values;
    for (size_t k = 0; k < count; ++k)
      values.push_back(0.125 * double(k % 7)); // exact in single precision
    return values;
  }

  static Recording run(const SimulationPointer &simulation, uint64_t steps) {
    Recording recording;
    snn_sink sink = recording.sink();
    EXPECT_EQ(snn_advance(simulation.get(), steps, &sink), SNN_OK) << snn_message(simulation.get());
    return recording;
  }

  LifNetwork network;
};

struct Contact {
  uint32_t pre, post;
  double delay, weight;
  bool operator==(const Contact &) const = default;
};

std::vector<Contact> contacts(const SimulationPointer &simulation, const char *projection) {
  snn_connections about;
  EXPECT_EQ(snn_get_connections(simulation.get(), projection, &about), SNN_OK);
  std::vector<uint32_t> pre(about.count), post(about.count);
  std::vector<double> delays(about.count), weights(about.count);
  EXPECT_EQ(snn_read_contacts(simulation.get(), projection, 0, about.count, pre.data(), post.data()), SNN_OK);
  EXPECT_EQ(snn_read_delays(simulation.get(), projection, 0, about.count, delays.data(), "us"), SNN_OK);
  EXPECT_EQ(snn_read_weights(simulation.get(), projection, 0, about.count, weights.data(), "uV"), SNN_OK);
  std::vector<Contact> all;
  for (size_t k = 0; k < about.count; ++k)
    all.push_back({pre[k], post[k], delays[k], weights[k]});
  return all;
}

} // namespace

TEST_P(Connections, AreCountedInOrderOfTargetThenSource) {
  SimulationPointer simulation = build(network);
  snn_connections about;
  ASSERT_EQ(snn_get_connections(simulation.get(), stored, &about), SNN_OK);
  EXPECT_EQ(about.count, 195u * 40);
  EXPECT_EQ(about.source, 0u);
  EXPECT_EQ(about.target, 1u);
  EXPECT_EQ(std::tuple(about.source_begin, about.source_end, about.target_begin, about.target_end), std::tuple(10u, 140u, 5u, 200u));
  EXPECT_STREQ(about.unit, "mV");
  EXPECT_TRUE(about.writable);
  std::vector<Contact> all = contacts(simulation, stored);
  for (size_t k = 0; k < all.size(); ++k) {
    EXPECT_EQ(all[k].post, 5 + k / 40) << "every target has as many";
    EXPECT_TRUE(all[k].pre >= 10 && all[k].pre < 140);
    EXPECT_GE(all[k].delay, 100);
    if (k % 40 > 0) {
      EXPECT_GE(std::pair(all[k].pre, all[k].delay), std::pair(all[k - 1].pre, all[k - 1].delay));
    }
  }
  std::vector<double> inMillivolt = weights(simulation);
  double sum = 0;
  for (size_t k = 0; k < all.size(); ++k) {
    EXPECT_DOUBLE_EQ(all[k].weight, inMillivolt[k] * 1000);
    sum += inMillivolt[k];
  }
  EXPECT_NEAR(sum / double(all.size()), 0.3, 4 * 0.1 / std::sqrt(double(all.size()))) << "four standard errors";
}

TEST_P(Connections, AreTheSameWithAnyNumberOfWorkers) {
  SimulationPointer one = build(network);
  for (uint32_t workers : {2u, 4u}) {
    SimulationPointer several = build(network, workers);
    EXPECT_EQ(contacts(several, stored), contacts(one, stored));
    EXPECT_EQ(contacts(several, uniform), contacts(one, uniform));
  }
}

TEST_P(Connections, ArePartiallyReadAndWritten) {
  SimulationPointer simulation = build(network, 3);
  std::vector<double> before = weights(simulation), some = others(1000);
  ASSERT_EQ(snn_write_weights(simulation.get(), stored, 3333, 1000, some.data(), "mV"), SNN_OK);
  std::vector<double> after = weights(simulation), part(10);
  ASSERT_EQ(snn_read_weights(simulation.get(), stored, 4330, 10, part.data(), "mV"), SNN_OK);
  for (size_t k = 0; k < before.size(); ++k)
    EXPECT_EQ(after[k], k < 3333 || k >= 4333 ? before[k] : some[k - 3333]);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), after.begin() + 4330));
}

TEST_P(Connections, RefuseWhatCannotBe) {
  SimulationPointer simulation = build(network);
  double weight = 1;
  auto message = [&] { return std::string(snn_message(simulation.get())); };
  EXPECT_EQ(snn_write_weights(simulation.get(), stored, 7799, 2, others(2).data(), "mV"), SNN_WRONG_USE);
  EXPECT_EQ(message(), "`Source -> Target` has 7800 synapses; 2 from synapse 7799 on are too many");
  EXPECT_EQ(snn_write_weights(simulation.get(), stored, 0, 1, &weight, "ms"), SNN_WRONG_VALUE);
  EXPECT_EQ(snn_write_weights(simulation.get(), uniform, 0, 1, &weight, "mV"), SNN_WRONG_USE);
  EXPECT_EQ(message().find("the weights of `Target -> Source` cannot be written one by one: all its synapses have the same"), 0u);
  EXPECT_EQ(snn_read_weights(simulation.get(), "Sauce -> Target", 0, 1, &weight, "mV"), SNN_WRONG_USE);
  EXPECT_EQ(message(), "there is no projection called `Sauce -> Target`, did you mean `Source -> Target`?");
  double bad[] = {1, INFINITY};
  std::vector<double> before = weights(simulation);
  EXPECT_EQ(snn_write_weights(simulation.get(), stored, 5, 2, bad, "mV"), SNN_WRONG_VALUE);
  EXPECT_EQ(message(), "weight 6 of `Source -> Target` is inf; it must be a finite number");
  EXPECT_EQ(weights(simulation), before) << "nothing has changed";
  SimulationPointer unbuilt = create(network);
  EXPECT_EQ(snn_read_weights(unbuilt.get(), stored, 0, 1, &weight, "mV"), SNN_WRONG_USE);
}

TEST_P(Connections, UniformWeightsAreReadAsTheyAre) {
  SimulationPointer simulation = build(network, 2);
  for (double weight : weights(simulation, uniform))
    EXPECT_EQ(weight, 0.02);
}

TEST_P(Connections, WrittenWeightsActOnTheNetwork) {
  SimulationPointer drawn = build(network), silent = build(network), restored = build(network);
  std::vector<double> zeros(weights(drawn).size());
  ASSERT_EQ(snn_write_weights(silent.get(), stored, 0, zeros.size(), zeros.data(), "mV"), SNN_OK);
  Recording withWeights = run(drawn, 1000), without = run(silent, 1000);
  EXPECT_GT(withWeights.spikes[0].size(), without.spikes[0].size() + 100);
  ASSERT_EQ(snn_reset(silent.get()), SNN_OK);
  EXPECT_EQ(run(silent, 1000), withWeights) << "a reset brings the drawn weights back";
}

TEST_P(Connections, WrittenWeightsAreInCheckpoints) {
  std::string path = (std::filesystem::temp_directory_path() / ("snn-written-weights-" + std::to_string(getpid()))).string();
  SimulationPointer simulation = build(network, 2);
  std::vector<double> written = others(weights(simulation).size());
  run(simulation, 200);
  ASSERT_EQ(snn_save(simulation.get(), path.c_str()), SNN_OK); // with the drawn weights
  ASSERT_EQ(snn_write_weights(simulation.get(), stored, 0, written.size(), written.data(), "mV"), SNN_OK);
  ASSERT_EQ(snn_save(simulation.get(), (path + "w").c_str()), SNN_OK) << snn_message(simulation.get());
  Recording rest = run(simulation, 500);

  SimulationPointer other = build(network, 4);
  std::vector<double> drawn = weights(other);
  ASSERT_EQ(snn_restore(other.get(), (path + "w").c_str()), SNN_OK) << snn_message(other.get());
  EXPECT_EQ(weights(other), written);
  EXPECT_EQ(run(other, 500), rest);
  ASSERT_EQ(snn_restore(other.get(), path.c_str()), SNN_OK) << snn_message(other.get());
  EXPECT_EQ(weights(other), drawn) << "a checkpoint from before has the drawn ones";
  std::filesystem::remove(path);
  std::filesystem::remove(path + "w");
}

TEST_P(Connections, CopiesOfABatchHaveTheirOwn) {
  snn_options options{2, 0};
  snn_batch *batch = nullptr;
  ASSERT_EQ(snn_create_batch(&network, &options, 3, &batch), SNN_OK);
  ASSERT_EQ(snn_build_batch(batch), SNN_OK) << snn_batch_message(batch);
  auto weightsOf = [&](uint32_t copy) {
    std::vector<double> values(7800);
    EXPECT_EQ(snn_read_weights(snn_batch_copy(batch, copy), stored, 0, values.size(), values.data(), "mV"), SNN_OK);
    return values;
  };
  std::vector<double> drawn = weightsOf(0), ofLender = others(7800), ofBorrower(7800, 0.5);
  ASSERT_EQ(weightsOf(1), drawn) << "they are drawn once";
  ASSERT_EQ(snn_write_weights(snn_batch_copy(batch, 0), stored, 0, 7800, ofLender.data(), "mV"), SNN_OK);
  EXPECT_EQ(weightsOf(1), drawn);
  ASSERT_EQ(snn_write_weights(snn_batch_copy(batch, 2), stored, 0, 7800, ofBorrower.data(), "mV"), SNN_OK);
  EXPECT_EQ(weightsOf(0), ofLender);
  EXPECT_EQ(weightsOf(1), drawn);
  EXPECT_EQ(weightsOf(2), ofBorrower);
  ASSERT_EQ(snn_reset_batch(batch), SNN_OK);
  for (uint32_t copy : {0u, 1u, 2u})
    EXPECT_EQ(weightsOf(copy), drawn);
  snn_destroy_batch(batch);
}

INSTANTIATE_TEST_SUITE_P(Precisions, Connections, testing::Values(SNN_F32, SNN_F64),
                         [](const auto &precision) { return precision.param == SNN_F32 ? "f32" : "f64"; });
