// A compiled program's description without a compiler: what a recorder sees of one.

#ifndef SNN_TEST_UNIT_RECORDER_FAKEPROGRAM_H
#define SNN_TEST_UNIT_RECORDER_FAKEPROGRAM_H

#include "snn/recorder/RunDescription.h"

#include <deque>
#include <string>
#include <vector>

namespace snn::test {

/// Add declarations, then ask for the `description`; the program must outlive it.
class FakeProgram {
public:
  explicit FakeProgram(double dt = 0.1, uint64_t steps = 1000, uint8_t precision = SNN_F32) : steps_(steps) {
    model_.abi_version = SNN_ABI_VERSION;
    model_.network = "Fake";
    model_.precision = precision;
    model_.dt = setting(dt);
    model_.duration = setting(dt * static_cast<double>(steps));
    model_.seed = 42;
  }

  void name(const char *network) { model_.network = network; }

  struct Field {
    const char *name, *unit;
    double scale;
  };

  uint32_t population(const char *name, uint32_t size, std::vector<Field> fields = {}, bool anonymous = false) {
    std::vector<snn_field> &table = fields_.emplace_back();
    for (const Field &field : fields)
      table.push_back({field.name, field.unit, field.scale, model_.precision, SNN_STATE, ""});
    snn_population population{};
    population.name = name;
    population.model = "LIF";
    population.size = setting(size);
    population.n_fields = static_cast<uint32_t>(table.size());
    population.fields = table.data();
    population.spikes_per_step = 1;
    population.anonymous = anonymous;
    populations_.push_back(population);
    return static_cast<uint32_t>(populations_.size() - 1);
  }

  void group(const char *name, uint32_t population, uint32_t begin, uint32_t end) {
    groups_.push_back({name, population, setting(begin), setting(end)});
  }

  uint32_t recordSpikes(const char *name, uint32_t population, uint32_t begin, uint32_t end) {
    records_.push_back({name, "", SNN_RECORD_SPIKES, population, setting(begin), setting(end), SNN_NONE, SNN_NONE,
                        SNN_NONE, SNN_NONE, 1});
    return static_cast<uint32_t>(records_.size() - 1);
  }

  /// `every` and `from` in ms; negative: not given.
  uint32_t recordField(const char *name, uint32_t population, uint32_t field, uint32_t begin, uint32_t end,
                       double every = -1, double from = -1) {
    records_.push_back({name, populations_[population].fields[field].name, SNN_RECORD_FIELD, population,
                        setting(begin), setting(end), field, every < 0 ? SNN_NONE : setting(every),
                        from < 0 ? SNN_NONE : setting(from), SNN_NONE, 1});
    return static_cast<uint32_t>(records_.size() - 1);
  }

  uint32_t recordRate(const char *name, uint32_t population, uint32_t begin, uint32_t end, double every) {
    records_.push_back({name, "rate", SNN_RECORD_RATE, population, setting(begin), setting(end), SNN_NONE, setting(every),
                        SNN_NONE, SNN_NONE, 1});
    return static_cast<uint32_t>(records_.size() - 1);
  }

  snn::recorder::RunDescription description() {
    model_.n_populations = static_cast<uint32_t>(populations_.size());
    model_.populations = populations_.data();
    model_.n_groups = static_cast<uint32_t>(groups_.size());
    model_.groups = groups_.data();
    model_.n_records = static_cast<uint32_t>(records_.size());
    model_.records = records_.data();
    return {&model_, settings_, 42, steps_, "0.0.0"};
  }

private:
  uint32_t setting(double value) {
    settings_.push_back(value);
    return static_cast<uint32_t>(settings_.size() - 1);
  }

  snn_model model_{};
  uint64_t steps_;
  std::vector<double> settings_;
  std::deque<std::vector<snn_field>> fields_;
  std::vector<snn_population> populations_;
  std::vector<snn_group> groups_;
  std::vector<snn_record> records_;
};

} // namespace snn::test

#endif // SNN_TEST_UNIT_RECORDER_FAKEPROGRAM_H
