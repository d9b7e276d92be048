#include "compiler/Transforms/Instantiate/JoinedNeuron.h"

#include "compiler/Algebra/Arithmetic.h"

using namespace mlir;

namespace snn {

namespace {

/// The neuron at one end of a connection.
class JoinedNeuron {
public:
  JoinedNeuron(StringRef end, ir::PopulationOp population, ir::NeuronOp model, Settings &settings, Arguments &arguments)
      : end(end), population(population), settings(settings), arguments(arguments),
        scope(model, [this](OpBuilder &at, ir::VariableOp variable) { return given(at, variable); }) {
    for (auto set : population.getBody().getOps<ir::SetOp>())
      sets[set.getVariable()] = set;
  }

  /// The value of a variable, in front of `op`, and what it takes to compute it.
  Value read(Operation *op, StringRef name) {
    Operation *last = op->getPrevNode();
    OpBuilder at(op);
    Value value = name.starts_with("position.") ? coordinate(at, name) : scope.read(at, name);
    Block::iterator begin = last ? std::next(last->getIterator()) : op->getBlock()->begin();
    for (Operation &made : llvm::make_early_inc_range(llvm::make_range(begin, op->getIterator())))
      claim(made, value);
    return value;
  }

  Value count(OpBuilder &at, Location loc) {
    FlatSymbolRefAttr size = settings.get(Settings::sizeOf(population.getSymName()), double(population.getSize()));
    return ir::ArgumentOp::create(at, loc, at.getF64Type(), arguments.add(size));
  }

private:
  /// Where the neuron is; no variable of its model, but given like one.
  Value coordinate(OpBuilder &at, StringRef name) {
    std::string setting = (population.getSymName() + "." + name).str();
    return copyWithSettings(at, ir::SetOp(sets.lookup(name)).getExpression(), setting, {"um", 1, ""}, settings, arguments, nullptr);
  }

  Value given(OpBuilder &at, ir::VariableOp variable) {
    StringRef name = variable.getSymName();
    std::string setting = (population.getSymName() + "." + name).str();
    auto set = sets.find(name);
    Region &expression = set != sets.end() ? ir::SetOp(set->second).getExpression() : variable.getExpression();
    Value yielded = cast<ir::YieldOp>(expression.front().getTerminator()).getValues().front();
    if (set == sets.end() && !constantOf(yielded))
      return scope.copy(at, expression).front();
    return copyWithSettings(at, expression, setting, spellingOf(variable), settings, arguments, &scope);
  }

  /// An operation that was about a neuron of the population is now about the one at this end.
  void claim(Operation &op, Value &value) {
    OpBuilder at(&op);
    if (auto index = dyn_cast<ir::IndexOp>(op); index && !index.getEnd())
      index.setEnd(end);
    auto which = end == "pre" ? ir::End::Source : ir::End::Target;
    if (auto draw = dyn_cast<ir::DrawOp>(op); draw && !draw.getEnd())
      draw.setEnd(which);
    if (auto data = dyn_cast<ir::DataOp>(op); data && !data.getEnd())
      data.setEnd(which);
    auto size = dyn_cast<ir::CountOp>(op);
    if (!size || size.getEnd())
      return;
    Value number = count(at, op.getLoc());
    if (value == size.getValue())
      value = number;
    size.replaceAllUsesWith(number);
    size.erase();
  }

  StringRef end;
  ir::PopulationOp population;
  Settings &settings;
  Arguments &arguments;
  llvm::StringMap<ir::SetOp> sets;
  Scope scope;
};

} // namespace

void resolveJoinedNeurons(Region &expression, ir::ProjectionOp projection, const SymbolTable &symbols,
                          const SymbolTable &inNetwork, Settings &settings, Arguments &arguments) {
  if (expression.empty())
    return;
  auto neuron = [&](StringRef end, StringRef name) {
    auto population = inNetwork.lookup<ir::PopulationOp>(name);
    return JoinedNeuron(end, population, symbols.lookup<ir::NeuronOp>(population.getModel()), settings, arguments);
  };
  JoinedNeuron pre = neuron("pre", projection.getSource()), post = neuron("post", projection.getTarget());
  llvm::StringMap<Value> known; // one expression reads a name once
  for (Operation &op : llvm::make_early_inc_range(expression.front())) {
    auto read = dyn_cast<ir::ReadOp>(op);
    auto size = dyn_cast<ir::CountOp>(op);
    StringRef end = read ? read.getSlot().split('.').first : size && size.getEnd() ? *size.getEnd() : StringRef();
    if (end != "pre" && end != "post")
      continue;
    JoinedNeuron &joined = end == "pre" ? pre : post;
    OpBuilder at(&op);
    Value value;
    if (!read)
      value = joined.count(at, op.getLoc());
    else if (Value &before = known[read.getSlot()])
      value = before;
    else
      value = before = joined.read(&op, read.getSlot().split('.').second);
    op.getResult(0).replaceAllUsesWith(value);
    op.erase();
  }
}

} // namespace snn
