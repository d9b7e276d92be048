// `record spikes of N`, `record V, I of N[:5] every 0.5 ms from 200 ms`, `record rate of E every 5 ms`, `record g of NAME`.

#include "frontend/CheckVectorSettings.h"
#include "frontend/CheckExperiment.h"

using namespace snn;
using model::VariableKind;

bool ExperimentChecker::checkEvery(const ast::Expr &syntax, const model::Expr *&every) {
  std::optional<double> time = checkTime(syntax, "`every`");
  if (!time)
    return false;
  if (!(*time > 0)) {
    context.error(DiagnosticCode::X1, syntax.range, "`every` must be positive");
    return false;
  }
  if (dtKnown && !isMultipleOf(*time, experiment.dt)) {
    context.error(DiagnosticCode::X6, syntax.range,
                  "`every` must be a multiple of `dt`, and " + quoted(syntax) + " is not one of " +
                      formatQuantity(experiment.dt, {"ms", 1}));
    return false;
  }
  every = context.number(*time, Dimension::time(), syntax.range).expr;
  return true;
}

/// A time of the run.
bool ExperimentChecker::checkInstant(const ast::Expr &syntax, const llvm::Twine &what, const model::Expr *&time) {
  std::optional<double> value = checkTime(syntax, what);
  if (value && *value < 0)
    context.error(DiagnosticCode::X1, syntax.range, what + " cannot be negative");
  if (!value || *value < 0)
    return false;
  time = context.number(*value, Dimension::time(), syntax.range).expr;
  return true;
}

bool ExperimentChecker::checkRecordTimes(const ast::RecordStmt &syntax, model::Record &record) {
  bool good = !syntax.every || checkEvery(*syntax.every, record.every);
  good &= !syntax.from || checkInstant(*syntax.from, "`from`", record.from);
  good &= !syntax.until || checkInstant(*syntax.until, "`until`", record.until);
  if (good && record.until && record.until->number <= (record.from ? record.from->number : 0)) {
    context.error(DiagnosticCode::X1, syntax.until->range, "nothing is recorded: `until` is not behind `from`");
    return false;
  }
  return good;
}

void ExperimentChecker::checkRecord(const ast::RecordStmt &syntax) {
  model::Record record;
  record.range = syntax.range;
  record.isMean = syntax.isMean;
  bool timesKnown = checkRecordTimes(syntax, record);
  if (llvm::any_of(syntax.what, [](const ast::Name &what) { return !what; })) // reported by the parser
    return;
  auto *index = llvm::dyn_cast<ast::IndexExpr>(syntax.group);
  auto projections = names.projections(*syntax.group);
  const ast::IndexExpr *synapses = projections ? nullptr : index; // `NAME[:100]`
  if (!projections && index)
    projections = names.projections(*index->base);
  if (projections) {
    for (const model::Projection *projection : *projections)
      for (const ast::Name &what : syntax.what)
        if (timesKnown)
          recordOfProjection(syntax, what, *projection, synapses, record);
    return;
  }
  const auto groups = names.groupsWithStride(*syntax.group, record.stride);
  for (const model::Group &group : groups) {
    // What is wrong for one member of a family is so for its kin, and told once.
    std::optional<CheckContext::InCopy> ofMember;
    if (groups.size() > 1)
      ofMember.emplace(context, syntax.group->range, "of `" + group.population->name + "`");
    record.group = group;
    for (const ast::Name &what : syntax.what)
      if (timesKnown)
        recordOfGroup(syntax, what, record);
  }
}

/// `spikes` or `rate`, which need a model that fires and all neurons of a range. False after a report.
bool ExperimentChecker::recordSpiking(const ast::RecordStmt &syntax, const ast::Name &what, model::Record &record) {
  const model::Definition &definition = *record.group.population->model.definition;
  bool isRate = what.text == "rate";
  record.what = isRate ? model::Record::What::Rate : model::Record::What::Spikes;
  if (!definition.spike) {
    context.error(DiagnosticCode::X5, what.range, "`" + definition.name + "` never spikes")
        .note(definition.range, "it is declared here");
    return false;
  }
  if (record.isMean) {
    context.error(DiagnosticCode::X5, what.range,
                  isRate ? "a rate is a mean already: leave `mean` out"
                         : "spikes have no mean; `record rate of` counts them per neuron and time");
    return false;
  }
  if (isRate && !syntax.every) {
    context.error(DiagnosticCode::X5, {what.range.Start, syntax.group->range.End}, "a rate needs `every`, the time in which spikes are counted, as in "
                                                    "`record rate of E every 5 ms`");
    return false;
  }
  if (!isRate && syntax.every) {
    context.error(DiagnosticCode::X5, syntax.every->range, "every spike is recorded, so `every` has no meaning here");
    return false;
  }
  return true;
}

void ExperimentChecker::recordOfGroup(const ast::RecordStmt &syntax, const ast::Name &what, model::Record record) {
  const model::Definition &definition = *record.group.population->model.definition;
  if (!definitions.isSound(definition))
    return;
  if (unsigned length = definition.find(what.text) ? 0 : vectorLength(definition, what.text)) {
    for (unsigned k = 0; k < length; ++k)
      recordOfGroup(syntax, {llvm::StringRef((what.text + "[" + llvm::Twine(k) + "]").str()).copy(context.arena), what.range}, record);
    return;
  }
  record.what = model::Record::What::Variable;
  record.variable = definition.find(what.text);
  bool isSpiking = !record.variable && (what.text == "spikes" || what.text == "rate");
  if (isSpiking && !recordSpiking(syntax, what, record))
    return;
  if (record.stride > 1 && (record.isMean || record.what == model::Record::What::Rate)) {
    context.error(DiagnosticCode::X5, syntax.group->range,
                  "a mean is of all neurons of a range; leave out the step of the slice");
    return;
  }
  if (isSpiking) {
    experiment.records.push_back(std::move(record));
    return;
  }
  if (!record.variable) {
    NearestName nearest(what.text);
    nearest.consider("spikes");
    nearest.consider("rate");
    for (const auto &variable : definition.variables)
      nearest.consider(variable->name);
    context
        .error(DiagnosticCode::X5, what.range,
               "`" + definition.name + "` has no variable `" + what.text + "`" + nearest.hint())
        .note(definition.range, "`" + definition.name + "` is declared here");
    return;
  }
  if (record.variable->isEvent) {
    context.error(DiagnosticCode::X5, what.range, "`" + what.text + "` receives events, and has no value to record")
        .note(record.variable->range, "it is declared here");
    return;
  }
  switch (record.variable->kind) {
  case VariableKind::State:
  case VariableKind::Input:
  case VariableKind::Parameter:
    experiment.records.push_back(std::move(record));
    return;
  default:
    context
        .error(DiagnosticCode::P6, what.range,
               "recording a derived quantity such as `" + what.text + "` is not supported yet")
        .note(record.variable->range, "it is declared here");
  }
}

void ExperimentChecker::recordOfProjection(const ast::RecordStmt &syntax, const ast::Name &what,
                                           const model::Projection &projection, const ast::IndexExpr *synapses,
                                           model::Record record) {
  record.projection = &projection;
  record.group = projection.target;
  const model::Definition *synapse = projection.synapse.definition;
  const model::Variable *state = synapse ? synapse->find(what.text) : nullptr;
  bool isWeight = what.text == "w" || (state && state->kind == VariableKind::Weight);
  if (isWeight)
    return recordWeights(syntax, projection, synapses, std::move(record));
  if (state && state->kind == VariableKind::State) {
    record.what = model::Record::What::SynapseState;
    record.variable = state;
    if (takeRange(synapses, record))
      experiment.records.push_back(std::move(record));
    return;
  }
  if (synapse && !state && what.text == "current") {
    if (synapses) {
      context.error(DiagnosticCode::X5, synapses->range,
                    "a current is what all synapses of a neuron put into its port; `record current of " + projection.name + "` has one per target");
      return;
    }
    record.what = model::Record::What::SynapseCurrent;
    record.variable = projection.port;
    experiment.records.push_back(std::move(record));
    return;
  }
  NearestName nearest(what.text);
  nearest.consider("current");
  if (synapse)
    for (const auto &variable : synapse->variables)
      if (variable->kind == VariableKind::State)
        nearest.consider(variable->name);
  context
      .error(DiagnosticCode::X5, what.range,
             synapse ? "synapse `" + synapse->name + "` has no state `" + what.text.str() + "`" + nearest.hint()
                     : "projection `" + projection.name + "` has no synapse state")
      .note(projection.range, "`" + projection.name + "` is declared here");
}

/// `record w of NAME[:100]`: of the synapses in order of target, then source.
void ExperimentChecker::recordWeights(const ast::RecordStmt &syntax, const model::Projection &projection,
                                      const ast::IndexExpr *synapses, model::Record record) {
  auto changesWeight = [](const model::Use &rule) {
    auto writesWeight = [](const model::Assignment &statement) {
      return statement.variable && statement.variable->kind == VariableKind::Weight;
    };
    auto handlers = handlersOf(*rule.definition);
    return llvm::any_of(handlers, [&](const Handler &handler) { return llvm::any_of(*handler.body, writesWeight); }) ||
           llvm::any_of(rule.definition->equations, [](const model::Equation &equation) {
             return equation.state->kind == VariableKind::Weight;
           });
  };
  if (llvm::none_of(projection.plasticity, changesWeight)) {
    context
        .error(DiagnosticCode::X5, syntax.group->range,
               "the weights of `" + projection.name + "` never change: it has no `plasticity` that assigns to them")
        .note(projection.range, "`" + projection.name + "` is declared here");
    return;
  }
  record.what = model::Record::What::Weight;
  if (takeRange(synapses, record))
    experiment.records.push_back(std::move(record));
}

/// `NAME[:100]`, of which `synapses` has the brackets: of weights, synapses in order of target, then source; of a state, whatever it is
/// kept for. False after a report.
bool ExperimentChecker::takeRange(const ast::IndexExpr *synapses, model::Record &record) {
  if (!synapses)
    return true;
  if (synapses->subscripts.size() != 1) {
    context.error(DiagnosticCode::X5, synapses->range, "connections are counted by one number, in order of target, then source");
    return false;
  }
  const ast::Subscript &subscript = synapses->subscripts.front();
  std::optional<uint64_t> begin = subscript.begin ? names.count(*subscript.begin, "an index") : 0;
  if (subscript.isSlice && subscript.end)
    record.endSynapse = names.count(*subscript.end, "an index");
  bool isKnown = begin && (!subscript.isSlice || !subscript.end || record.endSynapse);
  if (!isKnown)
    return false;
  record.firstSynapse = *begin;
  if (!subscript.isSlice)
    record.endSynapse = *begin + 1;
  if (record.endSynapse && *record.endSynapse <= record.firstSynapse) {
    context.error(DiagnosticCode::C1, subscript.range, "the slice is empty");
    return false;
  }
  return true;
}
