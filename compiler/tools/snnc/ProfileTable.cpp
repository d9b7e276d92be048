#include "compiler/tools/snnc/ProfileTable.h"

#include "compiler/tools/snnc/Readable.h"
#include "compiler/tools/snnc/Table.h"

namespace snn::tool {

namespace {

/// The rows of one profile.
class ProfileTable {
public:
  ProfileTable(const snn_model &model, const snn_simulation &simulation);
  std::string text();

private:
  void addPhase(const std::string &name, double seconds);
  /// A part of a phase, and how much work it was: "5.1 ns per event".
  void addPart(const std::string &name, double seconds, uint64_t amount, const std::string &unit, const std::string &units);
  std::string shareOf(double seconds) const {
    return phases.total > 0 ? fixed(100 * seconds / phases.total, 1) + " %" : "-";
  }

  const snn_model &model;
  snn_phases phases{};
  std::vector<snn_projection_profile> projections;
  std::vector<snn_population_profile> populations;
  Table table;
};

} // namespace

ProfileTable::ProfileTable(const snn_model &model, const snn_simulation &simulation)
    : model(model), projections(model.n_projections), populations(model.n_populations) {
  snn_get_phases(&simulation, &phases);
  for (uint32_t p = 0; p < model.n_projections; ++p)
    snn_get_projection_profile(&simulation, p, &projections[p]);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    snn_get_population_profile(&simulation, p, &populations[p]);
}

void ProfileTable::addPhase(const std::string &name, double seconds) {
  table.add({name, readableTime(seconds), shareOf(seconds)});
}

void ProfileTable::addPart(const std::string &name, double seconds, uint64_t amount, const std::string &unit,
                           const std::string &units) {
  std::string each = amount == 0 ? "-" : readableNumber(seconds / static_cast<double>(amount) * 1e9) + " ns per " + unit;
  table.add({"  " + name, readableTime(seconds), shareOf(seconds), each, readableCount(amount) + " " + units});
}

std::string ProfileTable::text() {
  table.add({"phase", "time", "share"});
  addPhase("arrive", phases.arrive);
  for (uint32_t p = 0; p < model.n_projections; ++p)
    addPart(model.projections[p].name, projections[p].arrive, projections[p].events, "event", "events");
  addPhase("integrate", phases.integrate);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    addPart(model.populations[p].name, populations[p].integrate, populations[p].neuron_steps, "neuron and step",
            "neuron steps");
  addPhase("spike", phases.spike);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    if (model.populations[p].spikes_per_step > 0)
      addPart(model.populations[p].name, populations[p].spike, populations[p].spikes, "spike", "spikes");
  addPhase("record", phases.record);
  addPhase("wait", phases.wait);
  addPhase("rest of the loop", phases.rest);
  addPhase("hand over", phases.hand_over);
  addPhase("total", phases.total);
  return table.text();
}

std::string profileText(const snn_model &model, const snn_simulation &simulation) {
  return ProfileTable(model, simulation).text();
}

} // namespace snn::tool
