// What reaches a population: outputs of synapses, jumps and pulses, drives of the experiment.

#include "compiler/Transforms/Instantiate/PopulationBody.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Report.h"
#include "compiler/Transforms/Instantiate/JoinedReads.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

FailureOr<ir::BodyOp> PopulationBody::build(StringRef name) {
  ir::PopulationOp population = plan.population;
  auto rule = only<ir::SpikeRuleOp>(plan.model);
  // With `multiple`, or within the sub-steps of adaptive equations, a neuron may emit many spikes in a step; the bound is what a step's queue is sized for.
  int32_t spikesPerStep = !rule ? 0 : rule.getMultiple() ? 64 : hasAdaptiveEquations() ? 8 : 1;
  createBody(population.getLoc(), name, plan.model.getSymName(), spikesPerStep);
  addMember(plan.model, "", population.getSymName(), population.getBody().front());
  addChannels();
  if (failed(findShown()))
    return failure();
  addRules();
  declareMembers();
  if (failed(findDelayed()))
    return failure();
  declareRulePasts();
  buildStep();
  if (failed(shareDraws()))
    return failure();
  return body;
}

/// What a name of a definition means inside the body. Weights and the ends of a connection that only it knows do not occur:
/// alignment has seen to that.
Value PopulationBody::resolve(OpBuilder &at, Member &member, ir::VariableOp variable) {
  StringRef name = variable.getSymName();
  Member &neuron = *members.front();
  bool isOfRule = llvm::any_of(rules, [&](const KeptRule &kept) { return kept.member == &member; });
  if (isOfRule && (readsOldInRule || variable.getKind() == ir::VariableKind::Old))
    return resolveOldInRule(at, member, variable);
  switch (variable.getKind()) {
  case ir::VariableKind::State:
    return readSlot(at, member.prefix + name.str());
  case ir::VariableKind::Param: {
    Value value = readSlot(at, member.prefix + name.str());
    if (&member != &neuron)
      return value;
    // In the expression that a parameter follows, its own name means what it would be without.
    if (auto known = undriven.find(name); known != undriven.end())
      return known->second;
    for (ir::DriveOp drive : plan.drives)
      if (drive.getVariable() == name) {
        undriven[name] = value;
        value = restrictToRange(at, drive, driveValue(at, drive), value);
        undriven.erase(name);
      }
    return value;
  }
  case ir::VariableKind::Pre: // of a rule: this is the source
  case ir::VariableKind::Post:
    return neuron.scope->read(at, joinedName(member, variable));
  case ir::VariableKind::Input:
    return inputTotal(at, name);
  case ir::VariableKind::Delayed:
    return isOfRule ? readSlot(at, member.prefix + name.str()) : delayedValue(at, variable);
  case ir::VariableKind::Old:
    return pastValue(at, variable);
  case ir::VariableKind::SinceSpike:
    return readSlot(at, sinceSpike);
  default:
    llvm_unreachable("a weight or a source has no place in a body");
  }
}

/// What a synapse, an output or a rule gets that asks for a variable of the neuron.
std::string PopulationBody::joinedName(const Member &member, ir::VariableOp variable) {
  for (auto &channel : channels)
    if (channel->synapse == &member || channel->output == &member)
      return joinedVariable(channel->projection, variable, symbols);
  for (KeptRule &kept : rules)
    if (kept.member == &member)
      return joinedVariable(kept.rule.projection, variable, symbols);
  llvm_unreachable("neurons join nothing");
}

//===-- Projections -----------------------------------------------------------------------------------------------------===//

void PopulationBody::addChannels() {
  for (ir::ProjectionOp projection : plan.projections)
    if (!projection.getMergedInto())
      addChannel(projection);
  for (ir::ProjectionOp projection : plan.projections)
    if (auto into = projection.getMergedInto())
      landings[projection.getSymName()] = landings[*into];
}

/// Has the author called a membrane mechanism what the synapse or the output of a channel would be called, as in `use NaF as Expon0`?
bool PopulationBody::isNameOfMechanism(ir::ProjectionOp projection, StringRef number) {
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>()) {
    std::string prefix = (use.getDefinition() + number + ".").str();
    for (auto variable : plan.model.getBody().getOps<ir::VariableOp>())
      if (variable.getSymName().starts_with(prefix))
        return true;
  }
  return false;
}

void PopulationBody::addChannel(ir::ProjectionOp projection) {
  channels.push_back(std::make_unique<Channel>());
  Channel &channel = *channels.back();
  channel.projection = projection;
  std::string number = std::to_string(channels.size() - 1);
  if (isNameOfMechanism(projection, number))
    number += "_";
  StringRef owner = projection.getSymName();
  auto [synapse, use] = synapseOf(projection, symbols);
  bool isShared = projection.getAlignment() == ir::Alignment::Post;
  if (synapse && isShared)
    channel.synapse = &addMember(synapse, synapse.getSymName().str() + number + ".",
                                 (owner + "." + synapse.getSymName()).str(), use.getBody().front());
  else if (synapse)
    channel.sum = synapse.getSymName().str() + number + ".sum";
  if (auto state = linearisedState(projection, symbols)) {
    channel.slope = synapse.getSymName().str() + number + ".slope";
    channel.state = *state;
  }
  if (channel.synapse)
    channel.synapse->weight = weightSpelling(projection);
  auto [output, outputUse] = outputOf(projection, symbols);
  if (output && !hasOutputPerSynapse(projection, symbols)) {
    channel.output = &addMember(output, output.getSymName().str() + number + ".",
                                (owner + "." + output.getSymName()).str(), outputUse.getBody().front());
    channel.output->scope = std::make_unique<Scope>(output, [this, &channel](OpBuilder &at, ir::VariableOp variable) {
      return variable.getKind() == ir::VariableKind::Input ? synapseOutput(at, channel) : resolve(at, *channel.output, variable);
    });
  }
  if (!channel.sum.empty())
    addSumLanding(channel);
  else if (channel.synapse)
    addSynapseLanding(channel);
  else
    addDeltaLanding(channel);
}

static Value weightItself(OpBuilder &, Value weight, Arguments &) { return weight; }

/// Synapses with states of their own receive their events themselves and are summed in a field.
void PopulationBody::addSumLanding(Channel &channel) {
  declareField(channel.sum, ir::FieldKind::Arrivals, {});
  if (!channel.slope.empty())
    declareField(channel.slope, ir::FieldKind::Arrivals, {});
  landings[channel.projection.getSymName()] = {channel.sum, weightItself, channel.slope};
}

/// An event on a synapse with one receiving state is added to that state; with several, the weights of the step are gathered
/// in a field of their own, which the step distributes.
void PopulationBody::addSynapseLanding(Channel &channel) {
  Member &synapse = *channel.synapse;
  auto handler = only<ir::OnPreOp>(synapse.definition);
  SmallVector<ir::WriteOp> writes;
  if (handler)
    writes.assign(handler.getBody().getOps<ir::WriteOp>().begin(), handler.getBody().getOps<ir::WriteOp>().end());
  if (writes.size() != 1) {
    std::string field = synapse.prefix + "events";
    landings[channel.projection.getSymName()] = {.field = field, .amount = weightItself, .synapsePrefix = synapse.prefix};
    declareField(field, ir::FieldKind::Arrivals, {});
    return;
  }
  // The amount is the value written with the state at zero: `g + a*w` becomes `a*w`.
  auto amount = [this, &synapse, write = writes.front()](OpBuilder &at, Value w, Arguments &connectorArguments) {
    Scope scope(synapse.definition, [&](OpBuilder &inner, ir::VariableOp variable) -> Value {
      if (variable.getKind() == ir::VariableKind::Weight)
        return w;
      if (variable.getKind() == ir::VariableKind::State)
        return Arithmetic(inner, variable.getLoc()).constant(0);
      StringRef name = variable.getSymName();
      std::string setting = synapse.owner + "." + name.str();
      auto set = synapse.sets.find(name);
      Region &given = set != synapse.sets.end() ? set->second.getExpression() : variable.getExpression();
      return copyWithSettings(inner, given, setting, spellingIn(synapse, variable), settings, connectorArguments, nullptr);
    });
    Value result;
    Region &region = *write->getParentRegion();
    scope.copyStatements(at, region, [&](ir::WriteOp, Value value) { result = value; });
    return result;
  };
  landings[channel.projection.getSymName()] = {
      .field = synapse.prefix + writes.front().getSlot().str(), .amount = amount, .synapsePrefix = synapse.prefix};
}

void PopulationBody::addDeltaLanding(Channel &channel) {
  ir::VariableOp target = members.front()->scope->variable(channel.projection.getPort());
  bool isState = target.getKind() == ir::VariableKind::State;
  std::string field = target.getSymName().str() + (isState ? ".jumps" : target.getEvent() ? ".arrivals" : ".pulses");
  if (slotNames.insert(field).second)
    declareField(field, ir::FieldKind::Arrivals, {});
  channel.pulse = field;
  landings[channel.projection.getSymName()] = {field, weightItself};
  if (!isEventBySign(target))
    return;
  std::string negative = target.getSymName().str() + ".negative";
  if (slotNames.insert(negative).second)
    declareField(negative, ir::FieldKind::Arrivals, {});
  landings[channel.projection.getSymName()].slope = negative;
}

/// Does what an event does depend on its sign?
bool PopulationBody::isEventBySign(ir::VariableOp input) {
  return llvm::any_of(plan.model.getBody().getOps<ir::OnInputOp>(),
                      [&](ir::OnInputOp handler) { return handler.getBySign() && handler.getInput() == input.getSymName(); });
}

//===-- Inputs ----------------------------------------------------------------------------------------------------------===//

/// Which of several `+=` to the same input of the same neurons this is, from 1.
static unsigned ordinal(ir::DriveOp drive) {
  unsigned count = 1;
  for (Operation *op = drive->getPrevNode(); op; op = op->getPrevNode())
    if (auto other = dyn_cast<ir::DriveOp>(op);
        other && other.getAdds() && other.getPopulation() == drive.getPopulation() &&
        other.getVariable() == drive.getVariable() && other.getBegin() == drive.getBegin() && other.getEnd() == drive.getEnd())
      ++count;
  return count;
}

/// What the settings of a drive are called.
std::string PopulationBody::driveName(ir::DriveOp drive) {
  std::string name = (drive.getPopulation() + "." + drive.getVariable()).str();
  int64_t size = plan.population.getSize();
  if (drive.getBegin() != 0 || drive.getEnd() != static_cast<uint64_t>(size))
    name = (drive.getPopulation() + "[" + Twine(drive.getBegin()) + ":" + Twine(drive.getEnd()) + "]." + drive.getVariable()).str();
  if (drive.getAdds())
    name += ordinal(drive) == 1 ? "+" : "+" + std::to_string(ordinal(drive));
  return name;
}

static Spelling spellingOf(ir::DriveOp drive, ir::VariableOp variable) {
  return {drive.getUnit().str(), drive.getScale().convertToDouble(), variable.getDocumentation().str()};
}

Value PopulationBody::driveValue(OpBuilder &at, ir::DriveOp drive) {
  if (drive.getExpression().empty())
    return externalValue(at, drive.getVariable(), spellingOf(drive, members.front()->scope->variable(drive.getVariable())));
  return drive.getEvery() ? readSlot(at, heldField(drive)) : driveExpression(at, drive);
}

Value PopulationBody::driveExpression(OpBuilder &at, ir::DriveOp drive) {
  Spelling spelling = spellingOf(drive, members.front()->scope->variable(drive.getVariable()));
  Value value = copyWithSettings(at, drive.getExpression(), driveName(drive), spelling, settings, args, members.front()->scope.get());
  return takeFromFields(at, drive, value);
}

/// The field that the runtime puts into what stands in a drive as a number of an array over time.
const std::string &PopulationBody::suppliedField(ir::CourseOp course) {
  auto isSame = [&](const Supply &known) { return known.course->getAttrDictionary() == course->getAttrDictionary(); };
  auto known = llvm::find_if(supplied, isSame);
  if (known != supplied.end())
    return known->field;
  supplied.push_back({course, "data." + std::to_string(supplied.size())}); // with a dot: no author can declare it
  declareField(supplied.back().field, ir::FieldKind::Supplied, {});
  return supplied.back().field;
}

Value PopulationBody::takeFromFields(OpBuilder &at, ir::DriveOp drive, Value value) {
  auto inDrive = drive.getExpression().getOps<ir::CourseOp>();
  for (auto copy : llvm::make_early_inc_range(at.getInsertionBlock()->getOps<ir::CourseOp>())) {
    auto isOriginal = [&](ir::CourseOp course) { return course->getAttrDictionary() == copy->getAttrDictionary(); };
    OpBuilder here(copy);
    Value read = readSlot(here, suppliedField(*llvm::find_if(inDrive, isOriginal)));
    if (value == copy.getValue())
      value = read;
    copy.replaceAllUsesWith(read);
    copy.erase();
  }
  return value;
}

/// What the host has written into a field of the input's own name. Where nothing is external there is no such field.
Value PopulationBody::externalValue(OpBuilder &at, StringRef input, const Spelling &spelling) {
  if (slotNames.insert(input).second)
    declareField(input, ir::FieldKind::External, spelling);
  return readSlot(at, input);
}

Value PopulationBody::restrictToRange(OpBuilder &at, ir::DriveOp drive, Value value, Value otherwise) {
  int64_t size = plan.population.getSize();
  auto begin = static_cast<int64_t>(drive.getBegin()), end = static_cast<int64_t>(drive.getEnd());
  if (begin == 0 && end == size)
    return value;
  Location loc = drive.getLoc();
  Value index = ir::IndexOp::create(at, loc, at.getF64Type(), StringAttr());
  auto border = [&](int64_t position) -> Value {
    unsigned argument = args.add(settings.border(drive.getPopulation(), position, size));
    return ir::ArgumentOp::create(at, loc, at.getF64Type(), argument);
  };
  Value above = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OGE, index, border(begin));
  Value below = arith::CmpFOp::create(at, loc, arith::CmpFPredicate::OLT, index, border(end));
  return arith::SelectOp::create(at, loc, arith::AndIOp::create(at, loc, above, below), value, otherwise);
}

/// What the synapses of a channel put out, summed over them.
Value PopulationBody::synapseOutput(OpBuilder &at, Channel &channel) {
  if (!channel.slope.empty()) {
    Value change = Arithmetic(at, body.getLoc()).multiply(readSlot(at, channel.slope), members.front()->scope->read(at, channel.state));
    return Arithmetic(at, body.getLoc()).add(readSlot(at, channel.sum), change);
  }
  if (!channel.sum.empty())
    return readSlot(at, channel.sum);
  return channel.synapse->scope->copy(at, only<ir::ResultOp>(channel.synapse->definition).getExpression()).front();
}

Value PopulationBody::channelOutput(OpBuilder &at, Channel &channel) {
  if (channel.output)
    return channel.output->scope->copy(at, only<ir::ResultOp>(channel.output->definition).getExpression()).front();
  return synapseOutput(at, channel);
}

/// The sum of everything that targets a port. A Dirac pulse of weight w is w/dt during its step.
Value PopulationBody::inputTotal(OpBuilder &at, StringRef port) {
  Arithmetic a(at, body.getLoc());
  Value total = a.constant(0);
  for (ir::DriveOp drive : plan.drives)
    if (drive.getVariable() == port)
      total = a.add(total, restrictToRange(at, drive, driveValue(at, drive), a.constant(0)));
  llvm::StringSet<> pulses;
  for (auto &channel : channels) {
    if (channel->projection.getPort() != port)
      continue;
    if (channel->synapse || !channel->sum.empty())
      total = a.add(total, channelOutput(at, *channel));
    else if (pulses.insert(channel->pulse).second)
      total = a.add(total, a.divide(readSlot(at, channel->pulse), ir::StepSizeOp::create(at, body.getLoc(), at.getF64Type())));
  }
  return total;
}

} // namespace snn
