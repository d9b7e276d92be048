// A program written by hand against snn/abi.h: what the compiler would generate for a network of conductance-coupled
// integrate-and-fire neurons, in plain scalar C++. Tests of the runtime run it; readers of abi.h may start here.

#ifndef SNN_TEST_LIFNETWORK_H
#define SNN_TEST_LIFNETWORK_H

#include "snn/abi.h"

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace snn::test {

/// tau V' = V_rest - V + R I + gE (0 - V) + gI (-80 mV - V) by exponential Euler, soft reset, absolute
/// refractoriness; gE and gI decay with 5 and 10 ms. Times in ms, voltages in mV.
struct LifNetwork : snn_model {
  /// Fields of every population.
  enum Field { V, gE, gI, Hold, EventsE, EventsI };

  struct Population {
    std::string name;
    double current = 20;                                                 ///< R I, mV
    std::function<double(uint32_t)> V0 = [](uint32_t) { return -60.0; }; ///< of a neuron
    uint32_t spikesPerStep = 1;
  };

  /// Neurons [begin, end) of a population.
  struct Ends {
    uint32_t population, begin, end;
  };

  struct Projection {
    Ends source, target;
    uint8_t rule = SNN_ALL_TO_ALL;
    double number = 0;
    double weight = 0.05, weightDeviation = 0; ///< a deviation makes the weights stored
    double delay = 0.1, delayDeviation = 0;
    bool autapses = true, multapses = true;
    Field target_field = EventsE;
    std::string path = "";
    bool storeAll = false; ///< stores weights and delays even where they are equal
  };

  explicit LifNetwork(snn_type precision = SNN_F64);
  LifNetwork(const LifNetwork &) = delete;

  uint32_t add(const Population &population, uint32_t size);
  uint32_t add(const Projection &projection);
  uint32_t recordSpikes(Ends neurons, double from = 0);
  uint32_t recordField(Ends neurons, Field field, double every, double from = 0);

  /// Points the tables of `snn_model` to what has been added. Call it last.
  const snn_model &finish();

  /// Index of a setting by name.
  uint32_t setting(const std::string &name) const;

  /// Called by every worker at the end of every step.
  std::function<void(snn_state &, snn_worker &, uint64_t step)> onStep;

  std::vector<Population> populations;
  std::vector<Projection> projections;

private:
  uint32_t addSetting(const std::string &name, double value, const char *unit = "");
  const char *keep(const std::string &text) { return strings.emplace_back(text).c_str(); }

  std::deque<std::string> strings; // names stay where they are
  std::vector<snn_setting> settingTable;
  std::vector<snn_field> fieldTable;
  std::vector<snn_population> populationTable;
  std::vector<snn_projection> projectionTable;
  std::vector<snn_record> recordTable;
};

} // namespace snn::test

#endif // SNN_TEST_LIFNETWORK_H
