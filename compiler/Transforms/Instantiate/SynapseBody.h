// Builds the body of synapses with states of their own: one element per connection, or per source.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H

#include "compiler/Transforms/Instantiate/BodyBuilder.h"

namespace snn {

class SynapseBody : public BodyBuilder {
public:
  /// For a projection aligned `pre` or `connection`.
  SynapseBody(mlir::OpBuilder &builder, mlir::SymbolTable &symbols, Settings &settings, ir::ProjectionOp projection,
              ir::SimulateOp simulate)
      : BodyBuilder(builder, symbols, settings, simulate), projection(projection) {}

  /// Builds the body at the insertion point. Fails, with a message, where the synapse needs what is not supported yet.
  mlir::FailureOr<ir::BodyOp> build(llvm::StringRef name);

private:
  mlir::Value resolve(mlir::OpBuilder &at, Member &member, ir::VariableOp variable) override;
  mlir::LogicalResult checkSupported(Member &member);
  void buildEvent();
  void buildContribution();
  void buildAdvance(mlir::Block &block);

  ir::ProjectionOp projection;
  Member *output = nullptr; ///< the output clause, where it is evaluated for every synapse
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_SYNAPSEBODY_H
