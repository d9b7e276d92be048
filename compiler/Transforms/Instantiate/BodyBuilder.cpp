// Slots of a body: parameters, states, and how they start.

#include "compiler/Transforms/Instantiate/BodyBuilder.h"

#include "compiler/Algebra/Arithmetic.h"
#include "compiler/Explain/Findings.h"
#include "compiler/Import/Stream.h"

#include "llvm/ADT/StringSet.h"

#include <cmath>

using namespace mlir;

namespace snn {

std::pair<ir::SynapseOp, ir::UseOp> synapseOf(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto synapse = symbols.lookup<ir::SynapseOp>(clause.getDefinition());
        synapse && !synapse.getBody().getOps<ir::ResultOp>().empty())
      return {synapse, clause};
  return {};
}

std::pair<ir::OutputOp, ir::UseOp> outputOf(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto output = symbols.lookup<ir::OutputOp>(clause.getDefinition()))
      return {output, clause};
  return {};
}

StringRef placeOf(ir::Alignment alignment) {
  switch (alignment) {
  case ir::Alignment::Post:
    return "target";
  case ir::Alignment::Pre:
    return "source";
  case ir::Alignment::Connection:
    return "connection";
  }
  llvm_unreachable("covered switch");
}

bool hasOutputPerSynapse(ir::ProjectionOp projection, SymbolTable &symbols) {
  return projection.getOutputPerSynapse() && outputOf(projection, symbols).first;
}

void BodyBuilder::createBody(Location loc, StringRef name, StringRef model, int32_t spikesPerStep) {
  body = ir::BodyOp::create(builder, loc, name, model, spikesPerStep);
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&body.getBody());
  prepare = ir::PrepareOp::create(builder, loc);
  initialise = ir::InitialiseOp::create(builder, loc);
  step = ir::StepOp::create(builder, loc);
  for (Operation *op : {prepare.getOperation(), initialise.getOperation(), step.getOperation()})
    builder.createBlock(&op->getRegion(0));
}

void BodyBuilder::declareMembers() {
  for (auto &member : members)
    declareParameters(*member);
  for (auto &member : members)
    declareStates(*member);
}

BodyBuilder::Member &BodyBuilder::addMember(Operation *definition, StringRef prefix, StringRef owner, Block &sets) {
  auto member = std::make_unique<Member>();
  member->definition = definition;
  member->prefix = prefix.str();
  member->owner = owner.str();
  for (auto set : sets.getOps<ir::SetOp>())
    member->sets[set.getVariable()] = set;
  member->scope = std::make_unique<Scope>(definition, [this, m = member.get()](OpBuilder &at, ir::VariableOp variable) {
    return resolve(at, *m, variable);
  });
  if (!prefix.empty())
    reportFinding(definition->getLoc(), "part", {{"body", body.getSymName().str()},
                                                 {"prefix", prefix.drop_back().str()},
                                                 {"clause", owner.str()}});
  members.push_back(std::move(member));
  return *members.back();
}

//===-- Slots -----------------------------------------------------------------------------------------------------------===//

ir::FieldOp BodyBuilder::declareField(StringRef name, ir::FieldKind kind, const Spelling &spelling, Type type) {
  OpBuilder at(prepare);
  if (!type)
    type = at.getF64Type();
  return ir::FieldOp::create(at, body.getLoc(), name, kind, spelling.unit, llvm::APFloat(spelling.scale), type, IntegerAttr(),
                             spelling.documentation);
}

Spelling BodyBuilder::spellingIn(const Member &member, ir::VariableOp variable) {
  Spelling spelling = spellingOf(variable);
  if (variable.getAsWeight()) {
    spelling.unit = member.weight.unit;
    spelling.scale = member.weight.scale;
  }
  return spelling;
}

Spelling weightSpelling(ir::ProjectionOp projection) {
  return {projection.getWeightUnit().str(), projection.getWeightScale().convertToDouble(), ""};
}

Value BodyBuilder::readSlot(OpBuilder &at, StringRef slot) {
  return ir::ReadOp::create(at, body.getLoc(), at.getF64Type(), slot);
}

void BodyBuilder::writeSlot(OpBuilder &at, StringRef slot, Value value) { ir::WriteOp::create(at, value.getLoc(), slot, value); }

/// Names that an expression reads, through every `let`.
static llvm::StringSet<> readsOf(const Scope &scope, Region &expression) {
  llvm::StringSet<> names;
  forEachRead(
      expression, [&](StringRef name) { return scope.variable(name); }, [&](StringRef name, ir::VariableOp) { names.insert(name); });
  return names;
}

static Region &givenExpression(ir::VariableOp variable, const llvm::StringMap<ir::SetOp> &sets) {
  auto set = sets.find(variable.getSymName());
  return set != sets.end() ? ir::SetOp(set->second).getExpression() : variable.getExpression();
}

/// Draws are keyed relative to their model; two uses of it in one body must not draw the same numbers.
static void separateStreams(Block::iterator begin, Block::iterator end, StringRef prefix) {
  if (prefix.empty())
    return;
  for (Operation &op : llvm::make_range(begin, end))
    if (auto draw = dyn_cast<ir::DrawOp>(op))
      draw.setStream(draw.getStream() ^ streamOf(prefix));
}

Value BodyBuilder::meaning(OpBuilder &at, Member &member, ir::VariableOp variable) {
  Block &block = *at.getInsertionBlock();
  bool wasEmpty = block.empty();
  auto last = wasEmpty ? block.end() : std::prev(block.end());
  Value value = givenValue(at, member, variable);
  separateStreams(wasEmpty ? block.begin() : std::next(last), block.end(), member.prefix);
  return value;
}

/// The value a parameter or state is given: by the network, else by its model. A bare number is a setting.
Value BodyBuilder::givenValue(OpBuilder &at, Member &member, ir::VariableOp variable) {
  StringRef name = variable.getSymName();
  std::string setting = member.owner + "." + name.str();
  if (auto set = member.sets.find(name); set != member.sets.end())
    return copyWithSettings(at, set->second.getExpression(), setting, spellingIn(member, variable), settings, args, member.scope.get());
  Region &expression = variable.getExpression();
  Value yielded = cast<ir::YieldOp>(expression.front().getTerminator()).getValues().front();
  std::optional<double> number = constantOf(yielded);
  if (number && std::isfinite(*number)) // no author writes an infinite one, so nobody can set it
    return copyWithSettings(at, expression, setting, spellingIn(member, variable), settings, args, member.scope.get());
  return member.scope->copy(at, expression).front();
}

//===-- Parameters ------------------------------------------------------------------------------------------------------===//

bool BodyBuilder::isPerElement(Member &member, StringRef name) {
  ir::VariableOp variable = member.scope->variable(name);
  if (!variable || variable.getKind() != ir::VariableKind::Param)
    return true; // depends on a state
  return isPerElement(member, name, givenExpression(variable, member.sets));
}

bool BodyBuilder::isPerElement(Member &member, StringRef name, Region &expression) {
  if (variesByElement(expression))
    return true;
  std::string slot = member.prefix + name.str();
  if (auto known = perElement.find(slot); known != perElement.end())
    return known->second;
  llvm::StringSet<> reads = readsOf(*member.scope, expression);
  bool result = llvm::any_of(reads.keys(), [&](StringRef read) { return read != name && isPerElement(member, read); });
  return perElement[slot] = result;
}

void BodyBuilder::declareParameters(Member &member) {
  for (auto variable : member.definition->getRegion(0).getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::Param &&
        !(member.onlyUniformParameters && isPerElement(member, variable.getSymName())))
      declareParameter(member, variable.getSymName());
}

void BodyBuilder::declareParameter(Member &member, StringRef name) {
  std::string slot = member.prefix + name.str();
  if (!declared.insert(slot).second)
    return;
  ir::VariableOp variable = member.scope->variable(name);
  llvm::StringSet<> reads = readsOf(*member.scope, givenExpression(variable, member.sets));
  for (StringRef read : reads.keys())
    if (ir::VariableOp other = member.scope->variable(read); other && other.getKind() == ir::VariableKind::Param)
      declareParameter(member, read);
  bool perElement = isPerElement(member, name);
  Block &block = perElement ? blockOf(initialise) : blockOf(prepare);
  OpBuilder at = OpBuilder::atBlockEnd(&block);
  if (perElement) {
    declareField(slot, ir::FieldKind::Parameter, spellingIn(member, variable));
    for (StringRef read : reads.keys()) // a parameter may follow an initial value
      if (ir::VariableOp other = member.scope->variable(read); other && other.getKind() == ir::VariableKind::State)
        initialiseState(member, read);
  } else {
    OpBuilder before(prepare);
    ir::UniformOp::create(before, variable.getLoc(), slot, IntegerAttr());
  }
  writeSlot(at, slot, meaning(at, member, variable));
}

//===-- States ----------------------------------------------------------------------------------------------------------===//

void BodyBuilder::declareStates(Member &member) {
  for (auto variable : member.definition->getRegion(0).getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::State && member.keeps(variable.getSymName()))
      initialiseState(member, variable.getSymName());
}

void BodyBuilder::initialiseState(Member &member, StringRef name) {
  std::string slot = member.prefix + name.str();
  if (!initialised.insert(slot).second)
    return;
  ir::VariableOp variable = member.scope->variable(name);
  declareField(slot, ir::FieldKind::State, spellingIn(member, variable));
  llvm::StringSet<> reads = readsOf(*member.scope, givenExpression(variable, member.sets));
  for (StringRef read : reads.keys())
    if (ir::VariableOp other = member.scope->variable(read); other && other.getKind() == ir::VariableKind::State)
      initialiseState(member, read);
  OpBuilder at = OpBuilder::atBlockEnd(&blockOf(initialise));
  writeSlot(at, slot, meaning(at, member, variable));
}

bool BodyBuilder::startsWithSomething(const Member &synapse) {
  for (auto variable : synapse.definition->getRegion(0).getOps<ir::VariableOp>()) {
    if (variable.getKind() != ir::VariableKind::State)
      continue;
    if (synapse.sets.contains(variable.getSymName()))
      return true;
    Value start = cast<ir::YieldOp>(variable.getExpression().front().getTerminator()).getValues().front();
    std::optional<double> number = constantOf(start);
    if (!number || (*number != 0 && std::isfinite(*number))) // a time since an event stays infinite
      return true;
  }
  return false;
}

/// The first in this order that says anything: the equation, the population, the model, the experiment.
BodyBuilder::Integration BodyBuilder::integrationOf(ir::EquationOp equation) {
  auto says = [](auto op) { return op.getMethod() != ir::Method::Default || op.getSteps() != 1; };
  auto of = [](auto op, bool alone) { return Integration{op.getMethod(), op.getSteps(), op.getTolerance(), alone}; };
  bool isOfNeuron = isa<ir::NeuronOp>(equation->getParentOp());
  if (equation.getAlone())
    return of(equation, true);
  if (isOfNeuron && ofPopulation && says(ofPopulation))
    return of(ofPopulation, false);
  if (solvesManySteps && !says(equation))
    return {ir::Method::Default, 1, simulate.getTolerance(), false};
  return says(equation) ? of(equation, false) : of(simulate, false);
}

unsigned BodyBuilder::countGroups(Operation *definition) {
  unsigned groups = 1;
  for (auto equation : definition->getRegion(0).getOps<ir::EquationOp>())
    groups = std::max(groups, static_cast<unsigned>(equation.getGroup()) + 1);
  return groups;
}

void BodyBuilder::integrateGroups(OpBuilder &at, ArrayRef<Member *> of) {
  unsigned groups = 0;
  for (Member *member : of)
    groups = std::max(groups, countGroups(member->definition));
  for (unsigned group = 0; group < groups; ++group) {
    auto op = ir::IntegrateOp::create(at, body.getLoc(), Type(), Value(), Value(), Value(), at.getArrayAttr({}));
    OpBuilder inside = OpBuilder::atBlockBegin(&op.getBody().emplaceBlock());
    for (Member *member : of)
      addOdes(inside, *member, group, /*synapse=*/true);
    if (op.getBody().front().empty())
      op.erase();
  }
}

void BodyBuilder::addOdes(OpBuilder &at, Member &member, std::optional<unsigned> group, bool synapse) {
  for (auto equation : member.definition->getRegion(0).getOps<ir::EquationOp>()) {
    if ((group && equation.getGroup() != *group) || !member.keeps(equation.getState()))
      continue;
    Integration chosen = integrationOf(equation);
    if (synapse) // states of synapses are what they are at the start of the step for all its sub-steps
      chosen = {chosen.method == ir::Method::Adaptive ? ir::Method::Default : chosen.method, 1, chosen.tolerance, false};
    Value derivative = member.scope->copy(at, equation.getExpression()).front();
    ir::OdeOp::create(at, equation.getLoc(), member.prefix + equation.getState().str(), derivative, chosen.method, synapse,
                      chosen.steps, chosen.tolerance, chosen.alone);
  }
}

} // namespace snn
