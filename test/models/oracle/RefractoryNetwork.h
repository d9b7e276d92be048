// The reference for networks of conductance-driven LIFRef neurons, in plain C++ and double precision: the semantics of
// the language written down once more, without anything of the compiler. Voltages in mV, times in ms, conductances in
// siemens at a membrane resistance of 1 ohm, so that g (E - V) and the drive are voltages.

#ifndef SNN_TEST_MODELS_ORACLE_REFRACTORYNETWORK_H
#define SNN_TEST_MODELS_ORACLE_REFRACTORYNETWORK_H

#include "../Simulate.h"

#include <cmath>
#include <vector>

namespace snn::test::oracle {

struct RefractoryNetwork {
  std::vector<double> V = {};
  std::vector<std::vector<uint32_t>> targets = {}; ///< of each neuron
  uint32_t excitatory;                             ///< the first so many neurons; the others inhibit
  double excitatoryWeight, inhibitoryWeight;
  double V_rest = -60, V_th = -50, V_reset = -60, tau = 20, drive = 20, dt = 0.1;
  double tauE = 5, tauI = 10, reversalE = 0, reversalI = -80;
  uint32_t heldSteps = 49; ///< 5 ms: round(tau_ref / dt) - 1

  /// Advances by `steps` from step 0. May be called once.
  std::vector<Spike> run(uint64_t steps) {
    std::vector<double> gE(V.size()), gI(V.size());
    std::vector<uint32_t> held(V.size()), emitted;
    std::vector<Spike> spikes;
    for (uint64_t step = 0; step < steps; ++step) {
      // Arrive: conductances decay by one step, then receive the spikes of the last one.
      for (size_t i = 0; i < V.size(); ++i) {
        gE[i] *= std::exp(-dt / tauE);
        gI[i] *= std::exp(-dt / tauI);
      }
      for (uint32_t source : emitted)
        for (uint32_t target : targets[source])
          (source < excitatory ? gE : gI)[target] += source < excitatory ? excitatoryWeight : inhibitoryWeight;
      emitted.clear();
      // Integrate by exponential Euler with the conductances in the exponent, then test the new voltage.
      for (uint32_t i = 0; i < V.size(); ++i) {
        if (held[i] > 0) {
          --held[i];
          continue;
        }
        const double slope = -(1 + gE[i] + gI[i]) / tau;
        const double f = (V_rest - V[i] + drive + gE[i] * (reversalE - V[i]) + gI[i] * (reversalI - V[i])) / tau;
        V[i] += std::expm1(dt * slope) / slope * f;
        if (V[i] < V_th)
          continue;
        V[i] -= V_th - V_reset;
        held[i] = heldSteps;
        emitted.push_back(i);
        spikes.push_back({step, i});
      }
    }
    return spikes;
  }
};

} // namespace snn::test::oracle

#endif // SNN_TEST_MODELS_ORACLE_REFRACTORYNETWORK_H
