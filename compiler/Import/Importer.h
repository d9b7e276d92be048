// A checked experiment becomes operations of the dialect; one object per import.

#ifndef SNN_COMPILER_IMPORT_IMPORTER_H
#define SNN_COMPILER_IMPORT_IMPORTER_H

#include "compiler/Import/ExpressionImporter.h"
#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace snn {

inline ir::Method methodOf(model::Method method) { return static_cast<ir::Method>(method); }

class Importer {
public:
  Importer(mlir::MLIRContext &context, const llvm::SourceMgr &sources) : builder(&context), expressions(builder, sources) {}

  mlir::OwningOpRef<mlir::ModuleOp> import(const model::Experiment &experiment);

private:
  // ImportDefinitions.cpp
  void importDefinition(const model::Definition &definition);
  void importVariable(const model::Variable &variable);
  void importEquation(const model::Equation &equation, const model::Integration &otherwise);
  void importHandlers(const model::Definition &definition);
  void importRuleHandlers(const model::Definition &definition);
  void importAssignments(llvm::ArrayRef<model::Assignment> assignments, llvm::ArrayRef<model::Keep> keeps = {});
  mlir::Value keepWithin(const model::Keep &keep, mlir::Value value);
  void importSpike(const model::SpikeRule &spike);
  void importRefractory(const model::Refractory &refractory);

  // ImportNetwork.cpp
  void importNetwork(const model::Network &network);
  void importPopulation(const model::Population &population);
  void importLayout(const model::Layout &layout);
  void importProjection(const model::Projection &projection);
  void importContacts(mlir::Region &region, const model::Projection &projection);
  void importUse(const model::Use &use, const model::Projection &projection);
  void importSettings(llvm::ArrayRef<model::Setting> settings, llvm::StringRef owner);
  /// Calls `visit` with everything that `set` gives, and the value that it has in the first copy.
  void forEachSet(llvm::function_ref<void(const model::SetTarget &, const model::Expr *)> visit) const;
  std::vector<model::Setting> settingsOf(const model::Use &use, const model::Population *population,
                                         const model::Projection *projection) const;
  const model::Expr *givenBySet(model::SetTarget::What what, const model::Projection &projection) const;
  /// Does the projection keep synapse states of its own, though it might share them?
  bool isDistinct(const model::Projection &projection) const;
  bool isReweighed(const model::Projection &projection) const;
  const model::WeightFile *loadOf(const model::Projection &projection) const;
  mlir::DictionaryAttr ownersOf(const model::Use &use);
  mlir::DictionaryAttr modulatorsOf(const model::Projection &projection);

  // ImportExperiment.cpp
  void importExperiment(const model::Experiment &experiment);
  void importRecord(const model::Record &record);
  void importChange(const model::WeightChange &change);
  void importStop(const model::StopRule &stop);
  void importSpikes(const model::SpikeTimes &spikes);

  /// Fills `region` with `content` in a new block, with the insertion point inside meanwhile.
  template <typename Content> void fill(mlir::Region &region, Content content) {
    mlir::OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&region);
    content();
  }

  /// Fills `region` with an expression that is yielded; leaves it empty for no expression.
  void fillExpression(mlir::Region &region, const model::Expr *expr) {
    if (!expr)
      return;
    fill(region, [&] {
      mlir::Value value = expressions.import(*expr);
      ir::YieldOp::create(builder, value.getLoc(), value);
    });
  }

  mlir::Location locate(llvm::SMRange range) const { return expressions.location(range); }
  mlir::FlatSymbolRefAttr reference(llvm::StringRef name) { return mlir::FlatSymbolRefAttr::get(builder.getContext(), name); }
  mlir::StringAttr string(llvm::StringRef text) { return builder.getStringAttr(text); }
  mlir::UnitAttr flag(bool set) { return set ? builder.getUnitAttr() : mlir::UnitAttr(); }
  mlir::FloatAttr real(double value) { return builder.getF64FloatAttr(value); }
  mlir::IntegerAttr number(uint64_t value) { return builder.getI64IntegerAttr(static_cast<int64_t>(value)); }

  mlir::OpBuilder builder;
  ExpressionImporter expressions;
  const model::Experiment *experiment = nullptr;
};

} // namespace snn

#endif // SNN_COMPILER_IMPORT_IMPORTER_H
