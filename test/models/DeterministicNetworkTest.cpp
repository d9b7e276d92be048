// A recurrent network without any random number: every spike must come out, in any number of steps, workers or chunks.

#include "EdgeFile.h"
#include "Precision.h"
#include "oracle/RefractoryNetwork.h"

#include <algorithm>

using namespace snn::test;

namespace {

constexpr uint32_t size = 100, excitatory = 80;

/// Neuron i projects to (7 i + 13 k + 1) mod 100 for k = 0..9.
uint32_t target(uint32_t i, uint32_t k) { return (7 * i + 13 * k + 1) % size; }

const char *const network = R"(
network Deterministic {
    population N = LIFRef[100] {
        V_rest = -60 mV;  V_th = -50 mV;  V_reset = -60 mV;  tau = 20 ms;  tau_ref = 5 ms
        V = -60 mV + 10 mV * ((37 * i) % 100) / 100
    }
    group E = N[:80]
    group I = N[80:]
    project E -> N {
        connect pairs(load("excitation.npy"))
        weight  0.05 S
        synapse Expon(tau = 5 ms)
        output  COBA(E = 0 mV)
    }
    project I -> N {
        connect pairs(load("inhibition.npy"))
        weight  0.4 S
        synapse Expon(tau = 10 ms)
        output  COBA(E = -80 mV)
    }
}
simulate Deterministic {
    dt 0.1 ms
    duration 500 ms
    N.I = 20 mA
    record spikes of N
    record V of N every 50 ms
}
)";

uint64_t checksum(const std::vector<Spike> &spikes, uint64_t steps) {
  uint64_t sum = 0;
  for (const Spike &spike : spikes)
    if (spike.step < steps)
      sum = (sum + (spike.step + 1) * (spike.neuron + 1)) % 1000003;
  return sum;
}

size_t countBefore(const std::vector<Spike> &spikes, uint64_t steps, uint32_t begin, uint32_t end) {
  return std::count_if(spikes.begin(), spikes.end(), [&](const Spike &spike) {
    return spike.step < steps && spike.neuron >= begin && spike.neuron < end;
  });
}

std::vector<Spike> referenceSpikes() {
  oracle::RefractoryNetwork reference{.excitatory = excitatory, .excitatoryWeight = 0.05, .inhibitoryWeight = 0.4};
  for (uint32_t i = 0; i < size; ++i) {
    reference.V.push_back(-60 + 10 * double((37 * i) % 100) / 100);
    reference.targets.emplace_back();
    for (uint32_t k = 0; k < 10; ++k)
      reference.targets[i].push_back(target(i, k));
  }
  return reference.run(5000);
}

class DeterministicNetwork : public InBothPrecisions {
protected:
  DeterministicNetwork() {
    Edges excitation, inhibition;
    for (uint32_t i = 0; i < size; ++i)
      for (uint32_t k = 0; k < 10; ++k)
        if (i < excitatory)
          excitation.push_back({i, target(i, k)});
        else
          inhibition.push_back({i - excitatory, target(i, k)});
    writeEdges(folder.path() / "excitation.npy", excitation);
    writeEdges(folder.path() / "inhibition.npy", inhibition);
  }

  CompileSettings settings() const { return {.precision = GetParam(), .folder = folder.path()}; }

  TemporaryFolder folder;
};

} // namespace

TEST_P(DeterministicNetwork, EverySpikeIsThatOfTheReference) {
  const Result result = simulate(network, settings());
  const std::vector<Spike> &spikes = result.spikesOf("N");

  if (!isDouble()) {
    // Rounding moves a spike by a step now and then, and the network passes that on; the beginning must agree.
    const std::vector<Spike> reference = referenceSpikes();
    for (size_t k = 0; k < 100; ++k) {
      EXPECT_EQ(spikes.at(k).neuron, reference.at(k).neuron) << "spike " << k;
      EXPECT_NEAR(double(spikes.at(k).step), double(reference.at(k).step), 1) << "spike " << k;
    }
    EXPECT_NEAR(double(spikes.size()), 2029, 0.02 * 2029);
    return;
  }

  EXPECT_EQ(spikes, referenceSpikes());
  EXPECT_EQ(std::vector<Spike>(spikes.begin(), spikes.begin() + 8),
            (std::vector<Spike>{{1, 27}, {3, 54}, {5, 81}, {7, 8}, {9, 35}, {11, 62}, {12, 16}, {13, 89}}));

  struct Published {
    uint64_t steps;
    size_t excitatory, inhibitory;
    uint64_t checksum;
    double sumOfV, first, last;
  };
  for (const Published &at : {Published{500, 175, 44, 648594, -5543.676240049, -53.75397578795, -57.37489041315},
                              Published{2000, 669, 155, 468523, -5504.063120881, -50.58537824088, -50.78782636731},
                              Published{5000, 1642, 387, 477305, -5467.51150772, -52.85810488829, -53.78659685507}}) {
    SCOPED_TRACE(at.steps);
    EXPECT_EQ(countBefore(spikes, at.steps, 0, excitatory), at.excitatory);
    EXPECT_EQ(countBefore(spikes, at.steps, excitatory, size), at.inhibitory);
    EXPECT_EQ(checksum(spikes, at.steps), at.checksum);
    const std::vector<double> V = result.trace("V of N").row(at.steps - 1);
    double sum = 0;
    for (double value : V)
      sum += value;
    EXPECT_NEAR(sum, at.sumOfV, 1e-7);
    EXPECT_NEAR(V.front(), at.first, 1e-9);
    EXPECT_NEAR(V.back(), at.last, 1e-9);
  }
}

TEST_P(DeterministicNetwork, DoesNotDependOnWorkersOrChunks) {
  const Program program(network, settings());
  const Result one = program.run();
  for (uint32_t workers : {2u, 3u}) {
    SCOPED_TRACE(workers);
    const Result other = program.run({.workers = workers, .chunkSteps = 7});
    EXPECT_EQ(other.spikesOf("N"), one.spikesOf("N"));
    EXPECT_EQ(other.trace("V of N").values, one.trace("V of N").values);
  }
}

INSTANTIATE_TEST_SUITE_P(Models, DeterministicNetwork, bothPrecisions(), precisionName);
