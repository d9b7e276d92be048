// Copies expressions out of definitions into bodies and connectors, with every name resolved on the way.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_SCOPE_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_SCOPE_H

#include "compiler/Transforms/Instantiate/Settings.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringMap.h"

#include <functional>

namespace snn {

/// The variables of one definition as seen from one place. `let`s are copied where they are read; what everything else
/// means is up to `resolve`.
///
/// One expression reads a name once, however often it stands there: written out at every occurrence, `let`s that use each
/// other twice would double at every step.
class Scope {
public:
  /// The value of a variable that is not a `let`, built at the insertion point.
  using Resolve = std::function<mlir::Value(mlir::OpBuilder &, ir::VariableOp)>;
  /// What the names mean that an expression has read so far.
  using Reads = llvm::StringMap<mlir::Value>;

  Scope(mlir::Operation *definition, Resolve resolve);

  ir::VariableOp variable(llvm::StringRef name) const { return variables.lookup(name); }
  mlir::Value read(mlir::OpBuilder &builder, llvm::StringRef name) const;
  /// The same within an expression, of which `reads` are known.
  mlir::Value read(mlir::OpBuilder &builder, llvm::StringRef name, Reads &reads) const;

  /// Copies the block of an expression and returns what it yields.
  llvm::SmallVector<mlir::Value> copy(mlir::OpBuilder &builder, mlir::Region &expression) const;

  /// Copies the statements of a handler; `write` is called for every assignment.
  void copyStatements(mlir::OpBuilder &builder, mlir::Region &handler,
                      llvm::function_ref<void(ir::WriteOp, mlir::Value)> write) const;

private:
  llvm::SmallVector<mlir::Value> copy(mlir::OpBuilder &builder, mlir::Region &expression, Reads &reads) const;

  llvm::StringMap<ir::VariableOp> variables;
  Resolve resolve;
};

/// Visits the names that an expression reads, through every `let`, and each `let` once: `let`s that use each other twice would double at
/// every step. `variableNamed` may know nothing of a name; then `visit` gets no variable.
void forEachRead(mlir::Region &expression, llvm::function_ref<ir::VariableOp(llvm::StringRef)> variableNamed,
                 llvm::function_ref<void(llvm::StringRef, ir::VariableOp)> visit);

/// Copies an expression that stands in the network, where every number is a run-time setting: numbers become arguments.
/// If the whole expression is one number its setting is called `name`, the numbers of a draw are `name.mean`, `name.sd` ..., all
/// others `name#0`, `name#1` ...; parameters of the network have settings of their own.
/// Reads of variables are resolved by `scope`, which may be null where there is nothing to read.
mlir::Value copyWithSettings(mlir::OpBuilder &builder, mlir::Region &expression, llvm::StringRef name,
                             const Spelling &spelling, Settings &settings, Arguments &arguments, const Scope *scope);

/// The same for all values that the expression yields; the names are those of the first.
llvm::SmallVector<mlir::Value> copyAllWithSettings(mlir::OpBuilder &builder, mlir::Region &expression, llvm::StringRef name,
                                                   const Spelling &spelling, Settings &settings, Arguments &arguments,
                                                   const Scope *scope);

/// Does the value of this expression differ from element to element?
bool variesByElement(mlir::Region &expression);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_SCOPE_H
