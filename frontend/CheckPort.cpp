// Which port or state a projection targets, and the dimension that its weight must have for it.

#include "frontend/CheckData.h"
#include "frontend/CheckDimension.h"
#include "frontend/CheckProjection.h"
#include "frontend/CheckVectorSettings.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::Twine;
using model::Variable;
using model::VariableKind;

bool ProjectionChecker::choosePort() {
  if (port)
    return chooseNamedPort();
  llvm::SmallVector<const Variable *> inputs, fitting;
  for (const auto &variable : targetModel().variables)
    if (variable->kind == VariableKind::Input && !(variable->isEvent && (synapse || output))) {
      inputs.push_back(variable.get());
      if (weightFits(requirement(*variable)))
        fitting.push_back(variable.get());
    }
  if (fitting.empty() && !synapse && !output)
    for (const auto &variable : targetModel().variables)
      if (variable->kind == VariableKind::State && weightFits(requirement(*variable)))
        fitting.push_back(variable.get());
  if (fitting.size() == 1)
    return take(*fitting[0], requirement(*fitting[0]));
  if (fitting.empty()) {
    reportNoPort(inputs);
    return false;
  }
  std::string choices;
  for (const Variable *candidate : fitting)
    choices += (choices.empty() ? "`" : ", `") + (syntax.target->text() + "." + candidate->name).str() + "`";
  context.error(DiagnosticCode::C5, syntax.target->range,
                "several targets in `" + targetModel().name + "` fit, write one of " + choices);
  return false;
}

bool ProjectionChecker::chooseNamedPort() {
  const Variable *target = targetModel().find(port.text);
  if (unsigned length = target ? 0 : vectorLength(targetModel(), port.text)) {
    context
        .error(DiagnosticCode::C5, port.range,
               "`" + port.text + "` of `" + targetModel().name + "` is a vector; a target is one of its elements, from `" + port.text +
                   "[0]` to `" + port.text + "[" + Twine(length - 1) + "]`")
        .note(targetModel().range, "`" + targetModel().name + "` is declared here");
    return false;
  }
  if (!target || (target->kind != VariableKind::Input && target->kind != VariableKind::State)) {
    NearestName nearest(port.text);
    for (const auto &variable : targetModel().variables)
      if (variable->kind == VariableKind::Input || variable->kind == VariableKind::State)
        nearest.consider(variable->name);
    context
        .error(DiagnosticCode::C5, port.range,
               "`" + targetModel().name + "` has no port or state `" + port.text + "`" + nearest.hint())
        .note(targetModel().range, "`" + targetModel().name + "` is declared here");
    return false;
  }
  if ((target->kind == VariableKind::State || target->isEvent) && (synapse || output)) {
    context
        .error(DiagnosticCode::C5, port.range,
               "`" + port.text + (target->isEvent ? "` receives events itself, without " : "` is a state: events add to it directly, without ") +
                   (synapse ? "`synapse`" : "`output`"))
        .note(target->range, "`" + port.text + "` is declared here");
    return false;
  }
  Requirement needed = requirement(*target);
  if (weightFits(needed))
    return take(*target, needed);
  reportWeight(*target, needed);
  return false;
}

/// What the unknown of `term` must be for `term` to be `wanted`: nothing if that is impossible, else perhaps anything.
static std::optional<std::optional<Dimension>> solve(const DimensionTerm &term, const Dimension &wanted) {
  if (term.weightPower == Rational(0))
    return term.known == wanted ? std::optional(std::optional<Dimension>()) : std::nullopt;
  return std::optional((wanted / term.known).pow(Rational(1) / term.weightPower));
}

ProjectionChecker::Requirement ProjectionChecker::requirement(const Variable &target) const {
  std::optional<Dimension> wanted = target.dimension; // without value: anything will do
  for (const CheckedDefinition *stage : {output, synapse}) {
    if (!stage || !wanted)
      continue;
    std::optional<std::optional<Dimension>> solution = solve(stage->weight.resolve(stage->result), *wanted);
    if (!solution)
      return {};
    std::optional<Dimension> fixed = stage->weight.solution(); // found by the definition alone
    if (fixed && *solution && *fixed != **solution)
      return {};
    wanted = fixed ? fixed : *solution;
  }
  // An event that reaches a port without kinetics is a Dirac pulse there.
  if (!synapse && target.kind == VariableKind::Input && !target.isEvent && wanted)
    wanted = *wanted * Dimension::time();
  return {true, wanted};
}

bool ProjectionChecker::weightFits(const Requirement &needed) const {
  if (!needed.fits)
    return false;
  return !weight || weight.fitsEverything || !needed.weight || weight.dimension == DimensionTerm(*needed.weight);
}

bool ProjectionChecker::take(const Variable &target, const Requirement &needed) {
  projection->port = &target;
  projection->weightDimension = needed.weight ? *needed.weight : weight.dimension.known;
  projection->weightUnit = weight.unit.text.empty() ? baseUnit(projection->weightDimension) : weight.unit;
  if (!loadedWeight)
    return true;
  llvm::SaveAndRestore ofSynapse(context.dataPlace, DataPlace{DataPlace::Synapse});
  weight = dataValue(*loadedWeight, projection->weightDimension, projection->weightUnit, context);
  projection->weight = weight.expr;
  return bool(weight);
}

/// "`Expon` and `COBA`", as far as the projection has them.
static std::string modelsOf(const CheckedDefinition *synapse, const CheckedDefinition *output) {
  std::string text = synapse ? "`" + synapse->definition->name + "`" : "";
  if (output)
    text += (synapse ? " and `" : "`") + output->definition->name + "`";
  return text;
}

void ProjectionChecker::noteModels(Diagnostic &report) const {
  for (const CheckedDefinition *stage : {synapse, output})
    if (stage)
      report.note(stage->definition->range, "`" + stage->definition->name + "` is declared here");
}

void ProjectionChecker::reportWeight(const Variable &target, const Requirement &needed) {
  std::string place = std::string(target.kind == VariableKind::State ? "state" : "port") + " `" + target.name +
                      "` of `" + targetModel().name + "`, " + target.dimension.describe();
  std::string through = modelsOf(synapse, output);
  if (!needed.fits) {
    Diagnostic &report =
        context.error(DiagnosticCode::C6, syntax.target->range, "no weight makes " + through + " fit the " + place);
    noteModels(report);
    report.note(target.range, "`" + target.name + "` is declared here");
    return;
  }
  Diagnostic &report = context.error(DiagnosticCode::C6, weight.expr->range,
                                     "the weight must be " + needed.weight->describe() + " for the " + place +
                                         (through.empty() ? std::string() : ", through " + through) + ", but it is " +
                                         weight.dimension.known.describe());
  noteModels(report);
  report.note(target.range, "`" + target.name + "` is declared here");
}

void ProjectionChecker::reportNoPort(llvm::ArrayRef<const Variable *> inputs) {
  if (inputs.size() == 1)
    return reportWeight(*inputs[0], requirement(*inputs[0]));
  if (inputs.empty()) {
    context
        .error(DiagnosticCode::C5, syntax.target->range,
               "`" + targetModel().name + "` has no input, and no state that fits")
        .note(targetModel().range, "`" + targetModel().name + "` is declared here");
    return;
  }
  Diagnostic &report =
      context.error(DiagnosticCode::C6, syntax.target->range,
                    "no port of `" + targetModel().name + "` fits" +
                        (weight ? " a weight that is " + weight.dimension.known.describe() : std::string()));
  noteModels(report);
  for (const Variable *input : inputs) {
    Requirement needed = requirement(*input);
    report.note(input->range,
                "port `" + input->name + "`, " + input->dimension.describe() +
                    (needed.fits && needed.weight ? ", needs a weight that is " + needed.weight->describe()
                                                  : std::string(" cannot be reached")));
  }
}
