// `record spikes of N`, `record V, I of N[:5] every 0.5 ms from 200 ms`, `record g of NAME`.

#include "frontend/CheckVectorSettings.h"
#include "frontend/CheckExperiment.h"

using namespace snn;
using model::VariableKind;

bool ExperimentChecker::checkRecordTimes(const ast::RecordStmt &record) {
  every = from = nullptr;
  bool good = true;
  if (record.every) {
    std::optional<double> time = checkTime(*record.every, "`every`");
    good &= time.has_value();
    if (time && !(*time > 0)) {
      context.error(DiagnosticCode::X1, record.every->range, "`every` must be positive");
      good = false;
    } else if (time && dtKnown && !isMultipleOf(*time, experiment.dt)) {
      context.error(DiagnosticCode::X6, record.every->range,
                    "`every` must be a multiple of `dt`, and " + quoted(*record.every) + " is not one of " +
                        formatQuantity(experiment.dt, {"ms", 1}));
      good = false;
    }
    if (good)
      every = context.number(*time, Dimension::time(), record.every->range).expr;
  }
  if (record.from) {
    std::optional<double> time = checkTime(*record.from, "`from`");
    if (time && *time < 0)
      context.error(DiagnosticCode::X1, record.from->range, "`from` cannot be negative");
    if (!time || *time < 0)
      return false;
    from = context.number(*time, Dimension::time(), record.from->range).expr;
  }
  return good;
}

void ExperimentChecker::checkRecord(const ast::RecordStmt &record) {
  bool timesKnown = checkRecordTimes(record);
  if (auto projections = names.projections(*record.group)) {
    for (const model::Projection *projection : *projections)
      for (const ast::Name &what : record.what)
        if (timesKnown)
          recordOfProjection(record, what, *projection, nullptr);
    return;
  }
  auto *index = llvm::dyn_cast<ast::IndexExpr>(record.group);
  if (auto projections = index ? names.projections(*index->base) : std::nullopt) {
    for (const model::Projection *projection : *projections)
      for (const ast::Name &what : record.what)
        if (timesKnown)
          recordOfProjection(record, what, *projection, index);
    return;
  }
  for (const model::Group &group : names.groups(*record.group))
    for (const ast::Name &what : record.what)
      if (timesKnown)
        recordOfGroup(record, what, group);
}

void ExperimentChecker::recordOfGroup(const ast::RecordStmt &syntax, const ast::Name &what, const model::Group &group) {
  const model::Definition &definition = *group.population->model.definition;
  if (!definitions.isSound(definition))
    return;
  if (unsigned length = definition.find(what.text) ? 0 : vectorLength(definition, what.text)) {
    for (unsigned k = 0; k < length; ++k)
      recordOfGroup(syntax, {llvm::StringRef((what.text + "[" + llvm::Twine(k) + "]").str()).copy(context.arena), what.range}, group);
    return;
  }
  model::Record record;
  record.what = model::Record::What::Variable;
  record.group = group;
  record.every = every;
  record.from = from;
  record.range = syntax.range;
  record.variable = definition.find(what.text);
  if (!record.variable && what.text == "spikes") {
    record.what = model::Record::What::Spikes;
    if (!definition.spike)
      context.error(DiagnosticCode::X5, what.range, "`" + definition.name + "` never spikes")
          .note(definition.range, "it is declared here");
    else if (syntax.every)
      context.error(DiagnosticCode::X5, syntax.every->range, "every spike is recorded, so `every` has no meaning here");
    else
      experiment.records.push_back(std::move(record));
    return;
  }
  if (!record.variable && what.text == "rate")
    return; // reported by the parser
  if (!record.variable) {
    NearestName nearest(what.text);
    nearest.consider("spikes");
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
                                           const model::Projection &projection, const ast::IndexExpr *synapses) {
  const model::Definition *synapse = projection.synapse.definition;
  const model::Variable *state = synapse ? synapse->find(what.text) : nullptr;
  bool isWeight = what.text == "w" || (state && state->kind == VariableKind::Weight);
  if (isWeight)
    return recordWeights(syntax, projection, synapses);
  if (synapses) {
    context.error(DiagnosticCode::P6, synapses->range, "recording single connections is supported for weights only");
    return;
  }
  if (state && state->kind == VariableKind::State) {
    experiment.records.push_back(
        {model::Record::What::SynapseState, projection.target, state, &projection, every, from, syntax.range});
    return;
  }
  NearestName nearest(what.text);
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
                                      const ast::IndexExpr *synapses) {
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
  model::Record record;
  record.what = model::Record::What::Weight;
  record.group = projection.target;
  record.projection = &projection;
  record.every = every;
  record.from = from;
  record.range = syntax.range;
  if (synapses && synapses->subscripts.size() != 1) {
    context.error(DiagnosticCode::X5, synapses->range, "connections are counted by one number, in order of target, then source");
    return;
  }
  if (synapses) {
    const ast::Subscript &subscript = synapses->subscripts.front();
    std::optional<uint64_t> begin = subscript.begin ? names.count(*subscript.begin, "an index") : 0;
    if (subscript.isSlice && subscript.end)
      record.endSynapse = names.count(*subscript.end, "an index");
    bool isKnown = begin && (!subscript.isSlice || !subscript.end || record.endSynapse);
    if (!isKnown)
      return;
    record.firstSynapse = *begin;
    if (!subscript.isSlice)
      record.endSynapse = *begin + 1;
    if (record.endSynapse && *record.endSynapse <= record.firstSynapse) {
      context.error(DiagnosticCode::C1, subscript.range, "the slice is empty");
      return;
    }
  }
  experiment.records.push_back(std::move(record));
}
