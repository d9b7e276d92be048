// The spike lists that generated code leaves behind, looked at where the runtime would read them.

#include "Program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

using namespace snn::test;

namespace {

/// The arrays of one worker that owns all of one population, as abi.h wants them.
struct Host {
  explicit Host(const snn_model &model, uint32_t count, uint64_t steps)
      : settings(model.n_settings), uniforms(model.n_uniforms), amounts(1), delays(1), index(SNN_LANES * (steps + 1)),
        first(steps + 2) {
    const uint32_t padded = (count + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
    share = {0, count, padded};
    for (uint32_t k = 0; k < model.n_settings; ++k)
      settings[k] = model.settings[k].value;
    for (uint32_t k = 0; k < model.n_fields; ++k) {
      arrays.push_back(static_cast<double *>(std::aligned_alloc(64, padded * sizeof(double))));
      std::fill_n(arrays.back(), padded, 0.0);
      fields.push_back(arrays.back());
    }
    spikes = {index.data(), first.data()};
    worker.shares = &share;
    worker.fields = fields.data();
    worker.spikes = &spikes;
    worker.next_record = SNN_NEVER;
    worker.failed_step = SNN_NEVER;
    state.model = &model;
    state.settings = settings.data();
    state.uniforms = uniforms.data();
    state.amounts = amounts.data();
    state.delays = delays.data();
    state.dt = settings[model.dt];
    state.history = 0;
    state.epoch = 1;
    state.n_workers = 1;
    state.workers = &list;
  }
  ~Host() {
    for (double *array : arrays)
      std::free(array);
  }

  snn_share share{};
  std::vector<double> settings, uniforms, amounts, delays;
  std::vector<double *> arrays;
  std::vector<void *> fields;
  std::vector<uint32_t> index;
  std::vector<uint64_t> first;
  snn_spikes spikes{};
  snn_worker worker{};
  snn_worker *list = &worker;
  snn_state state{};
};

} // namespace

// Rounds of the loop that hold nothing but padding list it all the same: the bits of `StepEmitter::firedBits` are cut where
// the neurons end inside a round, not where they ended before it. Nobody reads these entries, so results are right.
TEST(SpikeList, HoldsEveryNeuronThatFiresAndNoPadding) {
  // Every neuron fires in every step. Ten neurons are padded to SNN_LANES, which is several rounds of the loop.
  Program program(R"(
neuron Always {
    state x = 1
    spike when x >= 0
}
network Net { population N = Always[10] }
simulate Net { dt 0.1 ms;  duration 1 ms;  precision f64;  record spikes of N }
)");
  const snn_model &model = program.model();
  const uint64_t steps = 3;
  Host host(model, 10, steps);
  ASSERT_EQ(model.prepare(&host.state), 0u);
  model.initialise(&host.state, &host.worker, 0);
  model.run(&host.state, &host.worker, 0, steps);
  for (uint64_t step = 0; step < steps; ++step) {
    std::vector<uint32_t> fired(host.index.begin() + host.first[step], host.index.begin() + host.first[step + 1]);
    EXPECT_EQ(fired, (std::vector<uint32_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})) << "in step " << step;
  }
  EXPECT_EQ(host.worker.failed_step, SNN_NEVER);
}
