#include "compiler/tools/snnc/Explain.h"

#include "llvm/Support/JSON.h"

namespace json = llvm::json;

namespace snn::tool {

/// A list of what `toValue` makes of each element.
template <typename List, typename Convert> static json::Array arrayOf(const List &list, Convert toValue) {
  json::Array array;
  for (const auto &element : list)
    array.push_back(toValue(element));
  return array;
}

/// Null for an empty text.
static json::Value textOrNull(const std::string &text) { return text.empty() ? json::Value(nullptr) : json::Value(text); }

static json::Value place(const SourcePlace &place) {
  if (place.position.empty())
    return nullptr;
  return json::Object{{"position", place.position}, {"text", place.text}};
}

static json::Value equation(const ExplainedEquation &equation) {
  return json::Object{{"state", equation.state},   {"place", place(equation.place)},     {"method", equation.method},
                      {"why", equation.why},       {"update", equation.update},          {"a", textOrNull(equation.rate)},
                      {"c", textOrNull(equation.rest)}};
}

static json::Value step(const StepCost &step) {
  return json::Object{{"operations", step.operations},
                      {"divisions", step.divisions},
                      {"transcendentals", step.transcendentals},
                      {"random_numbers", step.randomNumbers},
                      {"bytes", step.bytes}};
}

static json::Value body(const ExplainedBody &body) {
  return json::Object{
      {"model", body.model},
      {"owners", json::Array(body.owners)},
      {"parts", arrayOf(body.parts, [](const auto &part) { return json::Object{{"name", part.first}, {"clause", part.second}}; })},
      {"equations", arrayOf(body.equations, equation)},
      {"hoisted", arrayOf(body.hoisted, [](const HoistedValue &value) {
         return json::Object{{"formula", value.formula}, {"per_element", value.perElement}};
       })},
      {"buffers", arrayOf(body.buffers, [](const ExplainedBuffer &buffer) {
         return json::Object{{"name", buffer.name}, {"kind", buffer.kind}, {"bytes", buffer.bytes}};
       })},
      {"step", step(body.step)}};
}

static json::Value population(const ExplainedPopulation &population) {
  return json::Object{{"name", population.name},
                      {"model", population.model},
                      {"size", population.size},
                      {"anonymous", population.isAnonymous},
                      {"bytes", population.bytes}};
}

static json::Value projection(const ExplainedProjection &projection) {
  return json::Object{{"name", projection.name},
                      {"rule", projection.rule},
                      {"place", place(projection.place)},
                      {"alignment", projection.alignment},
                      {"why", projection.why},
                      {"merged_into", textOrNull(projection.mergedInto)},
                      {"synapses", projection.synapses ? json::Value(*projection.synapses) : json::Value(nullptr)},
                      {"bytes_per_synapse", projection.bytesPerSynapse},
                      {"bytes", projection.bytes ? json::Value(*projection.bytes) : json::Value(nullptr)},
                      {"advances_synapses", projection.advancesSynapses},
                      {"why_rules_advance", textOrNull(projection.whyRulesAdvance)}};
}

void printExplanationAsJson(const Explanation &explanation, llvm::raw_ostream &output) {
  json::Object object{{"version", 1},
                      {"network", explanation.network},
                      {"precision", explanation.precision},
                      {"dt", explanation.dt},
                      {"duration", explanation.duration},
                      {"populations", arrayOf(explanation.populations, population)},
                      {"projections", arrayOf(explanation.projections, projection)},
                      {"bodies", arrayOf(explanation.bodies, body)}};
  output << llvm::formatv("{0:2}", json::Value(std::move(object))) << '\n';
}

} // namespace snn::tool
