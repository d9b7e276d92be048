#include "RecordNames.h"

#include <map>
#include <tuple>

namespace snn::recorder {

std::vector<std::string> recordNames(const RunDescription &run) {
  const snn_model &model = *run.model;
  // Spikes have no variable, so (owner, variable) is the place in both parts of the file.
  using Place = std::tuple<std::string, std::string>;
  auto placeOf = [&](const snn_record &record) { return Place(run.ownerOf(record), record.variable); };
  std::map<Place, unsigned> records;
  for (uint32_t k = 0; k < model.n_records; ++k)
    ++records[placeOf(model.records[k])];

  std::vector<std::string> names;
  std::map<std::tuple<Place, std::string>, unsigned> uses;
  for (uint32_t k = 0; k < model.n_records; ++k) {
    const snn_record &record = model.records[k];
    std::string name =
        record.kind == SNN_RECORD_SPIKES ? model.populations[record.population].name : record.variable;
    if (records[placeOf(record)] > 1)
      name += "[" + std::to_string(run.count(record.begin)) + ":" + std::to_string(run.count(record.end)) + "]";
    unsigned use = ++uses[{placeOf(record), name}];
    names.push_back(use == 1 ? name : name + "#" + std::to_string(use));
  }
  return names;
}

} // namespace snn::recorder
