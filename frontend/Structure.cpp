// The walk over an experiment that tells structure from values.
//
// Every struct is taken apart into all of its members, so that one that is added to Model.h does not compile here until
// somebody has decided on which side it is. What is in doubt is structure: that costs a compilation, the other
// mistake a wrong result.

#include "frontend/Structure.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/BLAKE3.h"

using llvm::StringRef;

namespace snn::model {

namespace {

/// Whether the numbers of an expression are compiled into the program or handed to it.
enum class Numbers { Compiled, Handed };

} // namespace

class StructureWalk {
public:
  explicit StructureWalk(Structure &found) : found(found) {}
  void walk(const Experiment &experiment);
  const std::string &text() const { return written; }

private:
  void add(uint64_t number) { written.append(reinterpret_cast<const char *>(&number), sizeof number); }
  void add(double number) { add(llvm::bit_cast<uint64_t>(number)); }
  void add(StringRef name);
  void add(const UnitSpelling &unit);
  template <typename T> void addAll(const std::vector<T> &list);
  void addName(const Variable *variable) { add(variable ? StringRef(variable->name) : StringRef()); }

  void add(const Network &network);
  void add(const NetworkParameter &parameter);
  void add(const Population &population);
  void add(const DataSource *source);
  void add(const Projection &projection);
  void add(const ModulatorBinding &modulator);
  void add(const Connectivity &connectivity);
  void add(const Group &group);
  void add(const Use &use);
  void add(const Drive &drive);
  void add(const Record &record);
  void add(const Sweep &sweep);
  void add(const SetTarget &target);
  void add(const WeightChange &change);
  void add(const StopRule &stop);
  void add(const SpikeTimes &spikes);
  void add(const WeightFile &file);

  void add(const Definition &definition);
  void add(const Variable &variable, DefinitionKind ofKind);
  void add(const Equation &equation);
  void add(const Assignment &assignment);
  void add(const Bound &bound);
  void add(const Keep &keep);
  void add(const SpikeRule &spike);
  void add(const Surrogate &surrogate);
  void add(const EventHandler &handler);
  void add(const ModulatorHandler &handler);
  void add(const ConditionHandler &handler);
  void add(const PeriodicUpdate &update);
  void add(const Integration &integration);
  void add(const Refractory &refractory);

  void add(const Expr *expr, Numbers mode);
  void addContent(const Expr &expr, Numbers mode);
  void addEqualClauses(const Network &network);

  Structure &found;
  std::string written;
  llvm::DenseMap<const Definition *, uint64_t> definitions;
  llvm::DenseMap<const Expr *, uint64_t> expressions;
  llvm::DenseSet<const Expr *> seen[2]; ///< by `Numbers`
};

void StructureWalk::add(StringRef name) {
  add(uint64_t(name.size()));
  written += name;
}

void StructureWalk::add(const UnitSpelling &unit) {
  const auto &[text, scale] = unit;
  add(text);
  add(scale);
}

template <typename T> void StructureWalk::addAll(const std::vector<T> &list) {
  add(uint64_t(list.size()));
  for (const T &element : list)
    add(element);
}

//===-- The network and the experiment ----------------------------------------------------------------------------------===//

void StructureWalk::walk(const Experiment &experiment) {
  const auto &[network, dt, duration, seed, precision, integration, drives, records, sweeps, batch, redraws, changes, stops, spikes, loads, saves, range] = experiment;
  found.numbers = {dt, duration};
  for (const auto &population : network->populations)
    found.numbers.push_back(static_cast<double>(population->size));
  add(uint64_t(precision));
  add(integration);
  add(*network);
  addAll(drives);
  addAll(records);
  // How many copies there are, and with which values, is the business of whoever runs the program.
  addAll(sweeps);
  addAll(changes);
  addAll(stops);
  addAll(spikes);
  // What is saved is the business of whoever runs the program, too.
  addAll(loads);
}

void StructureWalk::add(const Network &network) {
  const auto &[name, parameters, populations, groups, projections] = network;
  add(name);
  add(uint64_t(parameters.size()));
  for (const auto &parameter : parameters)
    add(*parameter);
  add(uint64_t(populations.size()));
  for (const auto &population : populations)
    add(*population);
  addAll(groups);
  add(uint64_t(projections.size()));
  for (const auto &projection : projections)
    add(*projection);
  addEqualClauses(network);
}

void StructureWalk::add(const NetworkParameter &parameter) {
  const auto &[name, value, unit, documentation, decidesStructure] = parameter;
  add(name);
  add(value, decidesStructure ? Numbers::Compiled : Numbers::Handed);
  add(unit);
  add(documentation);
  add(uint64_t(decidesStructure));
}

void StructureWalk::add(const Population &population) {
  const auto &[name, model, layout, size, anonymous, index, range] = population;
  add(name);
  add(model);
  const auto &[coordinates, periods, layoutRange] = layout;
  for (const auto *list : {&coordinates, &periods}) {
    add(uint64_t(list->size()));
    for (const Expr *expr : *list)
      add(expr, Numbers::Handed);
  }
  add(uint64_t(anonymous));
}

void StructureWalk::add(const DataSource *source) {
  add(uint64_t(source != nullptr));
  if (!source)
    return;
  const auto &[path, dataSet, unit, dimension, shape, course] = *source;
  add(path);
  add(dataSet);
  add(unit);
  for (uint64_t extent : shape)
    add(extent);
  add(uint64_t(course.has_value()));
  if (!course)
    return;
  const auto &[every, between, beyond, drive, population, begin, end] = *course;
  add(every, Numbers::Compiled);
  add(uint64_t(between));
  add(uint64_t(beyond));
  add(drive);
  add(population->name);
  add(begin);
  bool toTheEnd = end == population->size;
  add(uint64_t(toTheEnd));
  if (!toTheEnd)
    add(end);
}

void StructureWalk::add(const Group &group) {
  const auto &[name, population, begin, end, range] = group;
  add(name);
  add(uint64_t(population->index));
  add(begin);
  // A range up to the end follows the size. One without a name is called by its borders.
  bool toTheEnd = end == population->size;
  add(uint64_t(toTheEnd));
  if (!toTheEnd || name.empty())
    add(end);
}

void StructureWalk::add(const Projection &projection) {
  const auto &[name, source, target, port, connect, weight, weightDimension, weightUnit, trainable, total, delay, delayUnit, delayShare,
               synapse, output, plasticity, modulators, sourceAt, mirrors, index, range] = projection;
  add(name);
  add(source);
  add(target);
  addName(port);
  add(connect);
  add(weight, Numbers::Handed);
  add(weightUnit);
  add(uint64_t(trainable.isValid()));
  add(total, Numbers::Handed);
  add(delay, Numbers::Handed);
  add(delayUnit);
  add(uint64_t(delayShare));
  add(synapse);
  add(output);
  addAll(plasticity);
  addName(sourceAt);
  add(mirrors ? llvm::StringRef(mirrors->name) : llvm::StringRef());
  addAll(modulators);
}

void StructureWalk::add(const ModulatorBinding &modulator) {
  const auto &[name, group, range] = modulator;
  add(name);
  add(group);
}

void StructureWalk::add(const Connectivity &connectivity) {
  const auto &[rule, number, data, autapses, multapses, procedural, like, reach, range] = connectivity;
  add(uint64_t(rule));
  add(number, Numbers::Handed);
  add(data);
  add(uint64_t(autapses));
  add(uint64_t(multapses));
  add(uint64_t(procedural));
  add(like ? StringRef(like->name) : StringRef());
  add(reach, Numbers::Handed);
}

void StructureWalk::add(const Use &use) {
  const auto &[definition, settings, range, integration, owners] = use;
  add(uint64_t(definition != nullptr));
  if (!definition)
    return;
  auto [entry, isNew] = definitions.try_emplace(definition, definitions.size());
  add(entry->second);
  if (isNew)
    add(*definition);
  for (StateOwner owner : owners)
    add(uint64_t(owner));
  add(uint64_t(settings.size()));
  for (const auto &[variable, value, settingRange] : settings) {
    addName(variable);
    add(value, Numbers::Handed);
  }
  add(integration);
}

void StructureWalk::add(const Drive &drive) {
  const auto &[group, variable, value, adds, unit, range, every] = drive;
  add(group);
  addName(variable);
  add(value, Numbers::Handed);
  add(uint64_t(adds));
  add(unit);
  add(every, Numbers::Handed);
}

void StructureWalk::add(const WeightChange &change) {
  const auto &[projection, time, value, condition, range] = change;
  add(projection->name);
  add(time, Numbers::Handed);
  add(value, Numbers::Handed);
  add(condition, Numbers::Handed);
}

void StructureWalk::add(const Record &record) {
  const auto &[what, group, variable, projection, isMean, stride, every, from, until, range, firstSynapse, endSynapse] = record;
  add(uint64_t(what));
  add(group);
  addName(variable);
  add(projection ? StringRef(projection->name) : StringRef());
  add(firstSynapse);
  add(endSynapse.value_or(UINT64_MAX));
  add(every, Numbers::Handed);
  add(from, Numbers::Handed);
  add(until, Numbers::Handed);
  add(uint64_t(isMean));
  add(stride);
}

/// The program gets the values of the first copy, as if they stood in the network.
void StructureWalk::add(const Sweep &sweep) {
  const auto &[targets, rows, range] = sweep;
  addAll(targets);
  for (const Expr *value : rows.front())
    add(value, Numbers::Handed);
}

void StructureWalk::add(const SetTarget &target) {
  const auto &[what, population, projection, variable, parameter, setting, unit] = target;
  add(uint64_t(what));
  add(setting);
  add(unit);
}

void StructureWalk::add(const StopRule &stop) {
  const auto &[group, window, relation, limit, range] = stop;
  add(group);
  add(window, Numbers::Handed);
  add(uint64_t(relation));
  add(limit, Numbers::Handed);
}

void StructureWalk::add(const SpikeTimes &spikes) {
  const auto &[group, input, data, times, range] = spikes;
  add(group);
  addName(input);
  add(data);
  add(uint64_t(times.size()));
  for (double time : times)
    add(time);
}

void StructureWalk::add(const WeightFile &file) {
  const auto &[projection, path, range] = file;
  add(projection->name);
  add(path);
}

/// The numbers of a projection's clauses, as the program gets them.
static std::vector<uint64_t> clauseValues(const Projection &projection) {
  std::vector<uint64_t> bits;
  std::vector<const Expr *> rest;
  for (const Use *use : {&projection.synapse, &projection.output})
    for (const Setting &setting : llvm::reverse(use->settings))
      rest.push_back(setting.value);
  while (!rest.empty()) {
    const Expr *expr = rest.back();
    rest.pop_back();
    if (expr->kind == Expr::Kind::Number)
      bits.push_back(llvm::bit_cast<uint64_t>(expr->number));
    for (const Expr *part : {expr->modifiers.atLeast, expr->modifiers.atMost})
      if (part)
        rest.push_back(part);
    rest.insert(rest.end(), expr->operands.begin(), expr->operands.end());
  }
  return bits;
}

/// Projections onto one port whose clauses have equal values share their synapses' states, so that which are equal is structure
/// although the values are not.
void StructureWalk::addEqualClauses(const Network &network) {
  std::vector<std::vector<uint64_t>> values;
  for (const auto &projection : network.projections) {
    values.push_back(clauseValues(*projection));
    auto isAlike = [&](const auto &other) {
      return other->target.population == projection->target.population && other->port == projection->port &&
             other->synapse.definition == projection->synapse.definition &&
             other->output.definition == projection->output.definition &&
             values[&other - &network.projections.front()] == values.back();
    };
    auto first = std::find_if(network.projections.begin(), network.projections.begin() + values.size(), isAlike);
    add(uint64_t(first - network.projections.begin()));
  }
}

//===-- Definitions -----------------------------------------------------------------------------------------------------===//

void StructureWalk::add(const Definition &definition) {
  const auto &[kind, name, documentation, variables, equations, integration, spike, surrogate, refractory, onPre, onPost, keeps,
               onModulator, onCondition, onEvent, onStep, periodic, result, fromLibrary, range] = definition;
  add(uint64_t(kind));
  add(name);
  add(documentation);
  add(uint64_t(variables.size()));
  for (const auto &variable : variables)
    add(*variable, kind);
  addAll(equations);
  add(integration);
  add(uint64_t(spike.has_value()));
  if (spike)
    add(*spike);
  add(uint64_t(surrogate.has_value()));
  if (surrogate)
    add(*surrogate);
  add(uint64_t(refractory.has_value()));
  if (refractory)
    add(*refractory);
  addAll(onPre);
  addAll(onPost);
  addAll(keeps);
  addAll(onModulator);
  addAll(onCondition);
  addAll(onEvent);
  addAll(onStep);
  addAll(periodic);
  add(result, Numbers::Compiled);
}

void StructureWalk::add(const Variable &variable, DefinitionKind ofKind) {
  const auto &[name, kind, dimension, weightPower, unit, value, bounds, documentation, index, isEvent, isShared,
               readsAt, owner, isImplied, range] = variable;
  add(uint64_t(isEvent));
  add(uint64_t(isShared));
  addName(readsAt);
  add(name);
  add(uint64_t(kind));
  add(uint64_t(weightPower.numerator()));
  add(uint64_t(weightPower.denominator()));
  add(unit);
  add(documentation);
  add(uint64_t(owner));
  add(uint64_t(isImplied));
  addAll(bounds);
  // A default that is one number is a setting of the population; one that is computed is compiled.
  bool isSetting = value && value->kind == Expr::Kind::Number && !isImplied &&
                   (kind == VariableKind::Parameter || kind == VariableKind::State);
  add(value, isSetting ? Numbers::Handed : Numbers::Compiled);
  // The first step of a synapse that starts at rest is left out.
  if (isSetting && ofKind == DefinitionKind::Synapse)
    add(uint64_t(value->number == 0));
}

void StructureWalk::add(const Equation &equation) {
  const auto &[state, value, integration, group, range] = equation;
  addName(state);
  add(value, Numbers::Compiled);
  add(integration);
  add(uint64_t(group));
}

void StructureWalk::add(const Assignment &assignment) {
  const auto &[variable, value, range, delivers] = assignment;
  addName(variable);
  add(uint64_t(delivers));
  add(value, Numbers::Compiled);
}

void StructureWalk::add(const EventHandler &handler) {
  const auto &[input, body, range, bySign] = handler;
  addName(input);
  add(uint64_t(bySign));
  addAll(body);
}

void StructureWalk::add(const ModulatorHandler &handler) {
  const auto &[modulator, body, range] = handler;
  addName(modulator);
  addAll(body);
}

void StructureWalk::add(const ConditionHandler &handler) {
  const auto &[condition, body, range] = handler;
  add(condition, Numbers::Compiled);
  addAll(body);
}

void StructureWalk::add(const PeriodicUpdate &update) {
  const auto &[period, body, range] = update;
  add(period, Numbers::Compiled);
  addAll(body);
}

void StructureWalk::add(const Integration &integration) {
  const auto &[method, steps, tolerance] = integration;
  add(uint64_t(method));
  add(uint64_t(steps));
  add(tolerance);
}

void StructureWalk::add(const Bound &bound) {
  const auto &[relation, value] = bound;
  add(uint64_t(relation));
  add(value, Numbers::Compiled);
}

void StructureWalk::add(const Keep &keep) {
  const auto &[variable, low, high, range] = keep;
  addName(variable);
  add(low, Numbers::Compiled);
  add(high, Numbers::Compiled);
}

void StructureWalk::add(const SpikeRule &spike) {
  const auto &[kind, condition, threshold, multiple, reset, range] = spike;
  add(uint64_t(kind));
  add(condition, Numbers::Compiled);
  add(threshold, Numbers::Compiled);
  add(uint64_t(multiple));
  addAll(reset);
}

void StructureWalk::add(const Surrogate &surrogate) {
  const auto &[function, parameters, argument, range] = surrogate;
  add(function);
  for (const auto &[name, value] : parameters) {
    add(name);
    add(value);
  }
  add(argument, Numbers::Compiled);
}

void StructureWalk::add(const Refractory &refractory) {
  const auto &[duration, full, held, atEnd, range] = refractory;
  add(duration, Numbers::Compiled);
  add(uint64_t(full));
  add(uint64_t(held.size()));
  for (const Variable *variable : held)
    addName(variable);
  addAll(atEnd);
}

//===-- Expressions -----------------------------------------------------------------------------------------------------===//

/// A node that is met again is named by its number: random numbers tell one node used twice from two that look alike.
void StructureWalk::add(const Expr *expr, Numbers mode) {
  add(uint64_t(expr != nullptr));
  if (!expr)
    return;
  add(expressions.try_emplace(expr, expressions.size()).first->second);
  if (seen[static_cast<int>(mode)].insert(expr).second)
    addContent(*expr, mode);
}

void StructureWalk::addContent(const Expr &expr, Numbers mode) {
  const auto &[kind, isTruth, dimension, range, number, variable, parameter, op, operands, distribution, modifiers, stream,
               data, entry, axis] = expr;
  const auto &[atLeast, atMost, keepingSign, outOfBounds] = modifiers;
  add(uint64_t(kind));
  if (kind == Expr::Kind::Number && mode == Numbers::Handed) {
    found.positions[&expr] = static_cast<uint32_t>(found.numbers.size());
    found.numbers.push_back(number);
  } else {
    add(number);
  }
  addName(variable);
  add(parameter ? StringRef(parameter->name) : StringRef());
  add(uint64_t(op));
  add(uint64_t(distribution));
  add(uint64_t(keepingSign));
  add(uint64_t(outOfBounds));
  add(uint64_t(stream));
  add(data);
  add(entry);
  add(uint64_t(axis));
  add(uint64_t(operands.size()));
  bool isPower = kind == Expr::Kind::Apply && op == Op::Pow; // whose exponent chooses the way it is computed
  for (const Expr *operand : operands)
    add(operand, isPower && operand == operands.back() ? Numbers::Compiled : mode);
  add(atLeast, mode);
  add(atMost, mode);
}

Structure::Structure(const Experiment &experiment) {
  StructureWalk walk(*this);
  walk.walk(experiment);
  const std::string &text = walk.text();
  hash = llvm::BLAKE3::hash<32>(llvm::ArrayRef(reinterpret_cast<const uint8_t *>(text.data()), text.size()));
}

std::optional<uint32_t> Structure::position(const Expr &expr) const {
  auto found = positions.find(&expr);
  return found == positions.end() ? std::nullopt : std::optional(found->second);
}

} // namespace snn::model
