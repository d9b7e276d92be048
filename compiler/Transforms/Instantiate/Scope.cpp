#include "compiler/Transforms/Instantiate/Scope.h"

#include "compiler/Algebra/Arithmetic.h"

#include "mlir/IR/IRMapping.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace snn {

Scope::Scope(Operation *definition, Resolve resolve) : resolve(std::move(resolve)) {
  for (auto variable : definition->getRegion(0).getOps<ir::VariableOp>())
    variables[variable.getSymName()] = variable;
}

static void visitReads(Region &expression, llvm::StringSet<> &lets, llvm::function_ref<ir::VariableOp(StringRef)> variableNamed,
                       llvm::function_ref<void(StringRef, ir::VariableOp)> visit) {
  expression.walk([&](ir::ReadOp read) {
    ir::VariableOp variable = variableNamed(read.getSlot());
    if (!variable || variable.getKind() != ir::VariableKind::Let)
      visit(read.getSlot(), variable);
    else if (lets.insert(read.getSlot()).second)
      visitReads(variable.getExpression(), lets, variableNamed, visit);
  });
}

void forEachRead(Region &expression, llvm::function_ref<ir::VariableOp(StringRef)> variableNamed,
                 llvm::function_ref<void(StringRef, ir::VariableOp)> visit) {
  llvm::StringSet<> lets;
  visitReads(expression, lets, variableNamed, visit);
}

Value Scope::read(OpBuilder &builder, StringRef name) const {
  Reads reads;
  return read(builder, name, reads);
}

Value Scope::read(OpBuilder &builder, StringRef name, Reads &reads) const {
  if (Value known = reads.lookup(name))
    return known;
  ir::VariableOp declaration = variable(name);
  assert(declaration && "the checker binds every name");
  bool isLet = declaration.getKind() == ir::VariableKind::Let;
  return reads[name] = isLet ? copy(builder, declaration.getExpression(), reads).front() : resolve(builder, declaration);
}

/// Copies one operation, reads through the scope.
static void copyOperation(OpBuilder &builder, Operation &op, IRMapping &mapping, const Scope &scope, Scope::Reads &reads) {
  if (auto read = dyn_cast<ir::ReadOp>(op))
    mapping.map(read.getValue(), scope.read(builder, read.getSlot(), reads));
  else
    builder.clone(op, mapping);
}

SmallVector<Value> Scope::copy(OpBuilder &builder, Region &expression) const {
  Reads reads;
  return copy(builder, expression, reads);
}

SmallVector<Value> Scope::copy(OpBuilder &builder, Region &expression, Reads &reads) const {
  IRMapping mapping;
  for (Operation &op : expression.front().without_terminator())
    copyOperation(builder, op, mapping, *this, reads);
  SmallVector<Value> values;
  for (Value value : cast<ir::YieldOp>(expression.front().getTerminator()).getValues())
    values.push_back(mapping.lookupOrDefault(value));
  return values;
}

void Scope::copyStatements(OpBuilder &builder, Region &handler, llvm::function_ref<void(ir::WriteOp, Value)> write) const {
  IRMapping mapping;
  Reads reads;
  for (Operation &op : handler.front()) {
    if (auto statement = dyn_cast<ir::WriteOp>(op)) {
      write(statement, mapping.lookupOrDefault(statement.getValue()));
      reads.clear(); // the next statement sees what this one has written
    } else if (!isa<ir::YieldOp>(op)) {
      copyOperation(builder, op, mapping, *this, reads);
    }
  }
}

/// What the parameters of a distribution are called.
static StringRef parameterName(ir::DrawOp draw, unsigned operand) {
  static constexpr const char *names[][4] = {
      {"mean", "sd"}, {"low", "high"}, {"mean", "sd"}, {"mean"}, {"mean", "sd", "low", "high"},
      {"mean", "sd"}, {"scale", "shape"}, {"alpha", "beta"}};
  unsigned count = draw.getParameters().size();
  if (operand < count)
    return names[static_cast<unsigned>(draw.getDistribution())][operand];
  return operand == count && draw.getAtLeast() ? "at_least" : "at_most";
}

/// The setting of a number in the expression called `name`: the expression itself, a parameter of what it draws, or one that
/// nobody can name.
static std::string settingName(Value number, Value result, StringRef name, unsigned &unnamed) {
  if (number == result)
    return name.str();
  if (auto draw = result.getDefiningOp<ir::DrawOp>(); draw && number.hasOneUse() && *number.user_begin() == draw)
    return (name + "." + parameterName(draw, number.use_begin()->getOperandNumber())).str();
  return (name + "#" + Twine(unnamed++)).str();
}

static FlatSymbolRefAttr settingOf(ir::ParameterOp parameter, Settings &settings) {
  return settings.get(Settings::nameOf(parameter), parameter.getValue().convertToDouble(), spellingOf(parameter),
                      parameter.getLoc());
}

SmallVector<Value> copyAllWithSettings(OpBuilder &builder, Region &expression, StringRef name, const Spelling &spelling, Settings &settings,
                                       Arguments &arguments, const Scope *scope) {
  IRMapping mapping;
  Value result = cast<ir::YieldOp>(expression.front().getTerminator()).getValues().front();
  unsigned count = 0;
  auto map = [&](Operation &op, FlatSymbolRefAttr setting) {
    unsigned index = arguments.add(setting);
    mapping.map(op.getResult(0), ir::ArgumentOp::create(builder, op.getLoc(), builder.getF64Type(), index));
  };
  Scope::Reads reads;
  for (Operation &op : expression.front().without_terminator()) {
    std::optional<double> number = op.getNumResults() == 1 ? constantOf(op.getResult(0)) : std::nullopt;
    if (number) {
      map(op, settings.get(settingName(op.getResult(0), result, name, count), *number, spelling, op.getLoc()));
    } else if (auto parameter = dyn_cast<ir::ParameterOp>(op)) {
      map(op, settingOf(parameter, settings));
    } else if (scope) {
      copyOperation(builder, op, mapping, *scope, reads);
    } else {
      builder.clone(op, mapping);
    }
  }
  SmallVector<Value> values;
  for (Value value : cast<ir::YieldOp>(expression.front().getTerminator()).getValues())
    values.push_back(mapping.lookup(value));
  return values;
}

Value copyWithSettings(OpBuilder &builder, Region &expression, StringRef name, const Spelling &spelling, Settings &settings,
                       Arguments &arguments, const Scope *scope) {
  return copyAllWithSettings(builder, expression, name, spelling, settings, arguments, scope).front();
}

bool variesByElement(Region &expression) {
  return expression.walk([](Operation *op) {
    auto read = dyn_cast<ir::ReadOp>(op);
    bool ofAnEnd = read && (read.getSlot().starts_with("pre.") || read.getSlot().starts_with("post."));
    auto data = dyn_cast<ir::DataOp>(op);
    bool varies = ofAnEnd || (data && !data.getShape()) || isa<ir::DrawOp, ir::IndexOp, ir::RandomOp>(op);
    return varies ? WalkResult::interrupt() : WalkResult::advance();
  }).wasInterrupted();
}

} // namespace snn
