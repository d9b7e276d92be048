#include "compiler/Transforms/Instantiate/Scope.h"

#include "compiler/Algebra/Arithmetic.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace snn {

Scope::Scope(Operation *definition, Resolve resolve) : resolve(std::move(resolve)) {
  for (auto variable : definition->getRegion(0).getOps<ir::VariableOp>())
    variables[variable.getSymName()] = variable;
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

Value copyWithSettings(OpBuilder &builder, Region &expression, StringRef name, ir::VariableOp unitOf, Settings &settings,
                       Arguments &arguments, const Scope *scope) {
  IRMapping mapping;
  Value result = cast<ir::YieldOp>(expression.front().getTerminator()).getValues().front();
  StringRef unit = unitOf ? unitOf.getUnit() : "";
  double scale = unitOf ? unitOf.getScale().convertToDouble() : 1;
  unsigned count = 0;
  Scope::Reads reads;
  for (Operation &op : expression.front().without_terminator()) {
    std::optional<double> number = op.getNumResults() == 1 ? constantOf(op.getResult(0)) : std::nullopt;
    if (number) {
      std::string own = op.getResult(0) == result ? name.str() : (name + "#" + Twine(count++)).str();
      unsigned index = arguments.add(settings.get(own, *number, unit, scale, op.getLoc()));
      mapping.map(op.getResult(0), ir::ArgumentOp::create(builder, op.getLoc(), builder.getF64Type(), index));
    } else if (scope) {
      copyOperation(builder, op, mapping, *scope, reads);
    } else {
      builder.clone(op, mapping);
    }
  }
  return mapping.lookup(result);
}

bool variesByElement(Region &expression) {
  return expression.walk([](Operation *op) {
    return isa<ir::DrawOp, ir::DataOp, ir::IndexOp, ir::RandomOp>(op) ? WalkResult::interrupt() : WalkResult::advance();
  }).wasInterrupted();
}

} // namespace snn
