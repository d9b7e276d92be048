#include "Names.h"

#include "Failure.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

namespace snn::runtime {

/// Insertions, deletions and replacements that make `b` of `a`; upper and lower case are one.
static size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      bool isSame = std::tolower(static_cast<unsigned char>(a[i - 1])) == std::tolower(static_cast<unsigned char>(b[j - 1]));
      size_t replaced = diagonal + !isSame;
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row[b.size()];
}

/// What is said of a name that nothing has: the nearest that something has, or all of them.
[[noreturn]] static void failWithHint(const char *what, std::string_view name, const std::vector<std::string> &known) {
  size_t best = (name.size() + 1) / 3 + 1; // a third of the letters: enough for slips, too little for guesses
  std::string hint, all;
  for (const std::string &candidate : known) {
    if (size_t distance = editDistance(name, candidate); distance < best) {
      best = distance;
      hint = ", did you mean `" + candidate + "`?";
    }
    all += (all.empty() ? "`" : ", `") + candidate + "`";
  }
  if (hint.empty())
    hint = all.empty() ? "; it has none" : "; there are " + all;
  fail(SNN_WRONG_USE, "there is no %s called `%s`%s", what, std::string(name).c_str(), hint.c_str());
}

bool isWritableName(std::string_view setting) { return setting.find_first_of("#@") == setting.npos; }

uint32_t findSetting(const snn_model &model, std::string_view name) {
  std::vector<std::string> known;
  for (uint32_t s = 0; s < model.n_settings; ++s) {
    if (name == model.settings[s].name)
      return s;
    if (isWritableName(model.settings[s].name))
      known.push_back(model.settings[s].name);
  }
  failWithHint("setting", name, known);
}

uint32_t findProjection(const snn_model &model, std::string_view name) {
  std::vector<std::string> known;
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    if (name == model.projections[p].name)
      return p;
    known.push_back(model.projections[p].name);
  }
  failWithHint("projection", name, known);
}

NamedRange findRange(const snn_model &model, const Plan &plan, std::string_view name) {
  std::vector<std::string> known;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    if (name == model.populations[p].name)
      return {p, {0, plan.sizes[p]}};
    known.push_back(model.populations[p].name);
  }
  for (uint32_t g = 0; g < model.n_groups; ++g) {
    if (name == model.groups[g].name)
      return {model.groups[g].population, plan.groups[g]};
    known.push_back(model.groups[g].name);
  }
  failWithHint("population or group", name, known);
}

namespace {
/// Tries owners of fields one after the other, and remembers what they have.
class FieldSearch {
public:
  FieldSearch(const snn_model &model, std::string_view name) : model(model), name(name) {}

  /// Is the name `owner`.X with a field called `prefix`X of the range's population?
  void tryOwner(std::string_view owner, const NamedRange &range, std::string_view prefix = "") {
    const snn_population &population = model.populations[range.population];
    for (uint32_t k = 0; k < population.n_fields; ++k) {
      std::string_view field = population.fields[k].name;
      if (!field.starts_with(prefix))
        continue;
      std::string candidate = std::string(owner) + '.' + std::string(field.substr(prefix.size()));
      if (candidate == name && !found)
        found = NamedField{range, k};
      if (population.fields[k].kind == SNN_STATE || population.fields[k].kind == SNN_EXTERNAL)
        known.push_back(std::move(candidate));
    }
  }

  const snn_model &model;
  std::string_view name;
  std::optional<NamedField> found;
  std::vector<std::string> known;
};
} // namespace

NamedField findField(const snn_model &model, const Plan &plan, std::string_view name) {
  FieldSearch search(model, name);
  for (uint32_t p = 0; p < model.n_populations; ++p)
    search.tryOwner(model.populations[p].name, {p, {0, plan.sizes[p]}});
  for (uint32_t g = 0; g < model.n_groups; ++g)
    search.tryOwner(model.groups[g].name, {model.groups[g].population, plan.groups[g]});
  for (uint32_t p = 0; p < model.n_projections; ++p) {
    const snn_projection &projection = model.projections[p];
    std::string_view owner = projection.name;
    if (projection.alignment != SNN_POST) {
      if (name.starts_with(owner) && name.substr(owner.size()).starts_with('.'))
        fail(SNN_WRONG_USE, "`%s` is kept for every %s, not for every neuron; there is no array of it",
             std::string(name).c_str(), projection.alignment == SNN_PRE ? "source" : "connection");
      continue;
    }
    // The states of a synapse are fields that begin alike: "Expon0.g".
    std::string_view landing = model.populations[projection.target].fields[projection.target_field].name;
    if (size_t dot = landing.rfind('.'); dot != landing.npos)
      search.tryOwner(owner, {projection.target, plan.projections[p].target}, landing.substr(0, dot + 1));
  }
  if (search.found)
    return *search.found;
  failWithHint("array", name, search.known);
}

} // namespace snn::runtime
