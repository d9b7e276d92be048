#include "CheckpointContents.h"

#include "Failure.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <set>
#include <type_traits>

namespace snn::runtime {
namespace {

class Encoder {
public:
  std::vector<std::byte> bytes;

  template <typename Number> void number(Number &value) {
    auto *from = reinterpret_cast<const std::byte *>(&value);
    bytes.insert(bytes.end(), from, from + sizeof value);
  }
  void text(std::string &value) {
    count(value);
    auto *from = reinterpret_cast<const std::byte *>(value.data());
    bytes.insert(bytes.end(), from, from + value.size());
  }
  template <typename List> void count(List &list) {
    auto size = uint32_t(list.size());
    number(size);
  }
};

/// The bytes are as they were written; that does not mean that they make sense.
class Decoder {
public:
  Decoder(const CheckpointReader &file, std::span<const std::byte> rest) : file(file), rest(rest) {}

  template <typename Number> void number(Number &value) { std::memcpy(&value, take(sizeof value), sizeof value); }
  void text(std::string &value) {
    uint32_t size;
    number(size);
    const std::byte *from = take(size);
    value.assign(reinterpret_cast<const char *>(from), size);
  }
  template <typename List> void count(List &list) {
    uint32_t size;
    number(size);
    if (size > rest.size()) // every element takes a byte at least
      file.failAsDamaged("a list is longer than the file");
    list.resize(size);
  }
  void requireEnd() const {
    if (!rest.empty())
      file.failAsDamaged("there is more in it than there should be");
  }

private:
  const std::byte *take(size_t size) {
    if (size > rest.size())
      file.failAsDamaged("it ends too early");
    const std::byte *from = rest.data();
    rest = rest.subspan(size);
    return from;
  }

  const CheckpointReader &file;
  std::span<const std::byte> rest;
};

} // namespace

// ---- One order of members for both directions.

template <typename Coder> static void transfer(Coder &coder, SavedSetting &setting) {
  coder.text(setting.name);
  coder.text(setting.unit);
  coder.number(setting.scale);
  coder.number(setting.value);
}

template <typename Coder> static void transfer(Coder &coder, SavedField &field) {
  coder.text(field.name);
  coder.number(field.type);
  coder.number(field.kind);
}

template <typename Coder, typename Element> static void transfer(Coder &coder, std::vector<Element> &list) {
  coder.count(list);
  for (Element &element : list)
    transfer(coder, element);
}

template <typename Coder> static void transfer(Coder &coder, SavedPopulation &population) {
  coder.text(population.name);
  coder.number(population.size);
  transfer(coder, population.fields);
}

template <typename Coder> static void transfer(Coder &coder, SavedProjection &projection) {
  coder.text(projection.name);
  coder.number(projection.synapses);
  coder.number(projection.fingerprint);
  coder.number(projection.elements);
  transfer(coder, projection.fields);
  coder.number(projection.hasWritten);
}

template <typename Coder> static void transfer(Coder &coder, SavedCounts &counts) {
  coder.text(counts.population);
  coder.number(counts.begin);
  coder.number(counts.end);
}

template <typename Coder> static void transfer(Coder &coder, CheckpointContents &contents) {
  coder.text(contents.version);
  coder.text(contents.network);
  coder.number(contents.precision);
  coder.number(contents.program);
  coder.number(contents.seed);
  coder.number(contents.copy);
  coder.number(contents.redraws);
  coder.number(contents.step);
  coder.number(contents.history);
  transfer(coder, contents.settings);
  transfer(coder, contents.populations);
  transfer(coder, contents.projections);
  transfer(coder, contents.counts);
}

std::vector<std::byte> encode(const CheckpointContents &contents) {
  Encoder encoder;
  CheckpointContents copy = contents; // both directions see the members through one kind of reference
  transfer(encoder, copy);
  return std::move(encoder.bytes);
}

CheckpointContents decodeContents(const CheckpointReader &file) {
  std::vector<std::byte> bytes = file.contents({SectionKind::About});
  Decoder decoder(file, bytes);
  CheckpointContents contents;
  transfer(decoder, contents);
  decoder.requireEnd();
  return contents;
}

// ---- Whether it fits.

namespace {

/// Says in what a checkpoint does not fit.
class Fit {
public:
  Fit(const CheckpointContents &saved, const CheckpointContents &now, const std::string &name)
      : saved(saved), now(now), name(name) {}

  void requireProgram() const;
  void requireSizes() const;
  void requireSettings(const snn_model &model) const;
  void requireCopy() const;
  void requireConnections() const;

private:
  [[noreturn]] void refuse(const char *format, ...) const __attribute__((format(printf, 2, 3)));

  const CheckpointContents &saved, &now;
  const std::string &name;
};

} // namespace

void Fit::refuse(const char *format, ...) const {
  char reason[700];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(reason, sizeof reason, format, arguments);
  va_end(arguments);
  fail(SNN_BAD_FILE, "the checkpoint `%s` does not fit: %s", name.c_str(), reason);
}

/// As the author writes it; with all digits where fewer do not show the difference.
static std::string quantity(const SavedSetting &setting, double value, int digits) {
  char text[128];
  std::snprintf(text, sizeof text, "%.*g%s%s", digits, value / setting.scale, setting.unit.empty() ? "" : " ",
                setting.unit.c_str());
  return text;
}

void Fit::requireProgram() const {
  if (saved.network != now.network)
    refuse("it is of the network `%s`, and this is `%s`", saved.network.c_str(), now.network.c_str());
  if (saved.precision != now.precision)
    refuse("it is of a run with `precision %s`, and this one has `precision %s`",
           saved.precision == SNN_F32 ? "f32" : "f64", now.precision == SNN_F32 ? "f32" : "f64");
}

void Fit::requireSizes() const {
  size_t common = std::min(saved.populations.size(), now.populations.size());
  for (size_t p = 0; p < common; ++p) {
    const SavedPopulation &then = saved.populations[p], &here = now.populations[p];
    if (then.name != here.name)
      refuse("population %zu was `%s` when it was saved and is `%s` now", p + 1, then.name.c_str(), here.name.c_str());
    if (then.size != here.size)
      refuse("`%s` had %u neurons when it was saved and has %u now", here.name.c_str(), then.size, here.size);
  }
  if (saved.populations.size() != now.populations.size())
    refuse("the network had %zu populations when it was saved and has %zu now", saved.populations.size(),
           now.populations.size());
}

/// Settings that say how long a run is, what ends it, and what of it is recorded.
static std::set<std::string> freeSettings(const snn_model &model) {
  std::set<std::string> names = {model.settings[model.duration].name};
  for (uint32_t r = 0; r < model.n_records; ++r)
    for (uint32_t setting : {model.records[r].every, model.records[r].from, model.records[r].until})
      if (setting != SNN_NONE)
        names.insert(model.settings[setting].name);
  for (uint32_t s = 0; s < model.n_stops; ++s)
    for (uint32_t setting : {model.stops[s].window, model.stops[s].limit})
      names.insert(model.settings[setting].name);
  return names;
}

void Fit::requireSettings(const snn_model &model) const {
  std::set<std::string> free = freeSettings(model);
  for (const SavedSetting &here : now.settings) {
    auto then = std::find_if(saved.settings.begin(), saved.settings.end(),
                             [&](const SavedSetting &setting) { return setting.name == here.name; });
    if (then == saved.settings.end() || then->value == here.value || free.contains(here.name))
      continue;
    int digits = quantity(here, then->value, 10) == quantity(here, here.value, 10) ? 17 : 10;
    refuse("`%s` was %s when it was saved and is %s now", here.name.c_str(),
           quantity(here, then->value, digits).c_str(), quantity(here, here.value, digits).c_str());
  }
  if (saved.seed != now.seed)
    refuse("the seed was %llu when it was saved and is %llu now", static_cast<unsigned long long>(saved.seed),
           static_cast<unsigned long long>(now.seed));
}

void Fit::requireCopy() const {
  if (saved.copy != now.copy)
    refuse("it is of copy %u of a batch, and this is copy %u", saved.copy, now.copy);
  if (saved.redraws != now.redraws && now.copy != 0)
    refuse("the connections were drawn %s when it was saved and are drawn %s now",
           saved.redraws ? "for each copy" : "once", now.redraws ? "for each copy" : "once");
}

void Fit::requireConnections() const {
  if (saved.projections.size() != now.projections.size())
    refuse("the network had %zu projections when it was saved and has %zu now", saved.projections.size(),
           now.projections.size());
  for (size_t p = 0; p < now.projections.size(); ++p) {
    const SavedProjection &then = saved.projections[p], &here = now.projections[p];
    if (then.synapses != here.synapses)
      refuse("`%s` had %llu synapses when it was saved and has %llu now", here.name.c_str(),
             static_cast<unsigned long long>(then.synapses), static_cast<unsigned long long>(here.synapses));
    if (then.fingerprint != here.fingerprint || then.elements != here.elements)
      refuse("the synapses of `%s` are not those it was saved with", here.name.c_str());
  }
  if (saved.history != now.history)
    refuse("the longest delay was %u steps when it was saved and is %u now", saved.history, now.history);
}

void requireFit(const CheckpointContents &saved, const CheckpointContents &now, const snn_model &model,
                const std::string &name) {
  if (saved.version != now.version)
    fail(SNN_BAD_FILE,
         "the checkpoint `%s` is of snnc %s, and this is snnc %s: only the same version continues a run exactly",
         name.c_str(), saved.version.c_str(), now.version.c_str());
  Fit fit(saved, now, name);
  fit.requireProgram();
  fit.requireSizes();
  fit.requireSettings(model);
  fit.requireCopy();
  if (saved.program != now.program)
    fail(SNN_BAD_FILE, "the checkpoint `%s` does not fit: the model has changed since it was saved", name.c_str());
  fit.requireConnections();
}

} // namespace snn::runtime
