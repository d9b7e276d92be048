// The Izhikevich neuron with its recovery variable stepped after the voltage, against an independent program.

#include "NeuronRun.h"

using namespace snn::test;

namespace {

class Izhikevich : public InBothPrecisions {};

// Between spikes V moves slowly near -70 mV, at a few tenths of a mV per step, and u at 0.02 per ms of its distance.
NeuronRun fromRecovery(const std::string &u0) {
  return {.name = "u0 = " + u0,
          .population = "Izhikevich[1] { u = " + u0 + " mV/ms }",
          .drive = "10 mV/ms",
          .dt = 0.1,
          .steps = 5000};
}

} // namespace

TEST_P(Izhikevich, StartsWithoutRecovery) {
  NeuronRun run = fromRecovery("0");
  run.spikes = 11;
  run.first = 432;
  run.last = 4940;
  run.samples = {{"V", 999, -72.4023073586, 0.3}, {"V", 4999, -74.0760505607, 0.3}, {"u", 4999, -1.14952372272, 0.05}};
  expectRun(run, GetParam());
}

TEST_P(Izhikevich, FiresRegularlyFromRest) {
  NeuronRun run = fromRecovery("-13");
  run.spikes = 12;
  run.first = 31;
  run.last = 4769;
  run.samples = {{"V", 999, -67.0130058713, 0.3}, {"V", 4999, -68.8950657988, 0.3}, {"u", 4999, -4.95621367366, 0.05}};
  expectRun(run, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Models, Izhikevich, bothPrecisions(), precisionName);
