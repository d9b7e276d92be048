// What reaches a population: drives of the experiment, outputs of synapses, jumps and pulses.

#include "compiler/Transforms/Instantiate/BodyBuilder.h"

#include "compiler/Algebra/Arithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

static ir::SynapseOp synapseOf(ir::ProjectionOp projection, SymbolTable &symbols, ir::UseOp *use = nullptr) {
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto synapse = symbols.lookup<ir::SynapseOp>(clause.getDefinition())) {
      if (use)
        *use = clause;
      return synapse;
    }
  return {};
}

static ir::UseOp outputUseOf(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (symbols.lookup<ir::OutputOp>(clause.getDefinition()))
      return clause;
  return {};
}

LogicalResult BodyBuilder::addChannels() {
  for (ir::ProjectionOp projection : plan.projections)
    if (!projection.getMergedInto() && failed(addChannel(projection)))
      return failure();
  for (ir::ProjectionOp projection : plan.projections)
    if (auto into = projection.getMergedInto())
      landings[projection.getSymName()] = landings[*into];
  return success();
}

LogicalResult BodyBuilder::addChannel(ir::ProjectionOp projection) {
  if (projection.getAlignment() != ir::Alignment::Post)
    return projection.emitError("a synapse whose state lives per ")
           << stringifyAlignment(*projection.getAlignment()) << " is not supported yet; " << *projection.getReason();
  auto channel = std::make_unique<Channel>();
  channel->projection = projection;
  std::string number = std::to_string(channels.size());
  StringRef owner = projection.getSymName();
  ir::UseOp use;
  ir::SynapseOp synapse = synapseOf(projection, symbols, &use);
  // A synapse without kinetics and output, such as the library's `Delta`, is no synapse: the event acts on the target.
  if (synapse && !only<ir::ResultOp>(synapse))
    synapse = {};
  if (synapse)
    channel->synapse = &addMember(synapse, synapse.getSymName().str() + number + ".",
                                  (owner + "." + synapse.getSymName()).str(), use.getBody().front());
  if (ir::UseOp outputUse = outputUseOf(projection, symbols)) {
    auto output = symbols.lookup<ir::OutputOp>(outputUse.getDefinition());
    channel->output = &addMember(output, output.getSymName().str() + number + ".",
                                 (owner + "." + output.getSymName()).str(), outputUse.getBody().front());
    channel->output->scope = std::make_unique<Scope>(output, [this, c = channel.get()](OpBuilder &at, ir::VariableOp variable) {
      if (variable.getKind() == ir::VariableKind::Input)
        return c->synapse->scope->copy(at, only<ir::ResultOp>(c->synapse->definition).getExpression()).front();
      return resolve(at, *c->output, variable);
    });
  }
  channels.push_back(std::move(channel));
  if (channels.back()->synapse)
    return addSynapseLanding(*channels.back());
  addDeltaLanding(*channels.back());
  return success();
}

/// An event on a synapse with one receiving state is added to that state; with several, the weights of the step are gathered
/// in a field of their own, which the step distributes.
LogicalResult BodyBuilder::addSynapseLanding(Channel &channel) {
  Member &synapse = *channel.synapse;
  auto handler = only<ir::OnPreOp>(synapse.definition);
  SmallVector<ir::WriteOp> writes;
  if (handler)
    writes.assign(handler.getBody().getOps<ir::WriteOp>().begin(), handler.getBody().getOps<ir::WriteOp>().end());
  if (writes.size() != 1) {
    std::string field = synapse.prefix + "events";
    landings[channel.projection.getSymName()] = {field, [](OpBuilder &, Value w, Arguments &) { return w; }};
    declareField(field, ir::FieldKind::Arrivals, {});
    return success();
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
      return copyWithSettings(inner, given, setting, variable, settings, connectorArguments, nullptr);
    });
    Value result;
    Region &region = *write->getParentRegion();
    scope.copyStatements(at, region, [&](ir::WriteOp, Value value) { result = value; });
    return result;
  };
  landings[channel.projection.getSymName()] = {synapse.prefix + writes.front().getSlot().str(), amount};
  return success();
}

void BodyBuilder::addDeltaLanding(Channel &channel) {
  ir::VariableOp target = members.front()->scope->variable(channel.projection.getPort());
  std::string field = target.getSymName().str() + (target.getKind() == ir::VariableKind::State ? ".jumps" : ".pulses");
  if (slotNames.insert(field).second)
    declareField(field, ir::FieldKind::Arrivals, {});
  channel.pulse = field;
  landings[channel.projection.getSymName()] = {field, [](OpBuilder &, Value w, Arguments &) { return w; }};
}

//===-- Inputs ----------------------------------------------------------------------------------------------------------===//

Value BodyBuilder::driveValue(OpBuilder &at, ir::DriveOp drive) {
  ir::VariableOp variable = members.front()->scope->variable(drive.getVariable());
  std::string name = (drive.getPopulation() + "." + drive.getVariable()).str();
  int64_t size = plan.population.getSize();
  if (drive.getBegin() != 0 || drive.getEnd() != static_cast<uint64_t>(size))
    name = (drive.getPopulation() + "[" + Twine(drive.getBegin()) + ":" + Twine(drive.getEnd()) + "]." + drive.getVariable()).str();
  if (drive.getAdds())
    name += "+";
  return copyWithSettings(at, drive.getExpression(), name, variable, settings, args, members.front()->scope.get());
}

Value BodyBuilder::restrictToRange(OpBuilder &at, ir::DriveOp drive, Value value, Value otherwise) {
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

Value BodyBuilder::channelOutput(OpBuilder &at, Channel &channel) {
  if (channel.output)
    return channel.output->scope->copy(at, only<ir::ResultOp>(channel.output->definition).getExpression()).front();
  return channel.synapse->scope->copy(at, only<ir::ResultOp>(channel.synapse->definition).getExpression()).front();
}

/// The sum of everything that targets a port. A Dirac pulse of weight w is w/dt during its step.
Value BodyBuilder::inputTotal(OpBuilder &at, StringRef port) {
  Arithmetic a(at, body.getLoc());
  Value total = a.constant(0);
  for (ir::DriveOp drive : plan.drives)
    if (drive.getVariable() == port)
      total = a.add(total, restrictToRange(at, drive, driveValue(at, drive), a.constant(0)));
  llvm::StringSet<> pulses;
  for (auto &channel : channels) {
    if (channel->projection.getPort() != port)
      continue;
    if (channel->synapse)
      total = a.add(total, channelOutput(at, *channel));
    else if (pulses.insert(channel->pulse).second)
      total = a.add(total, a.divide(readSlot(at, channel->pulse), ir::StepSizeOp::create(at, body.getLoc(), at.getF64Type())));
  }
  return total;
}

} // namespace snn
