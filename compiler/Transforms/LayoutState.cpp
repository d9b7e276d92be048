#include "compiler/Transforms/Passes.h"

#include "compiler/Transforms/QuietNeurons.h"
#include "compiler/Transforms/Solve/LazyStates.h"

#include "llvm/ADT/StringSet.h"

namespace snn {
#define GEN_PASS_DEF_LAYOUTSTATE
#include "compiler/Transforms/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

/// A parameter that only initial values and constants are made of needs no array: they use it where it has just been computed.
static void forwardParameters(ir::BodyOp body) {
  llvm::StringMap<Value> written;
  auto initialise = *body.getBody().getOps<ir::InitialiseOp>().begin();
  for (Operation &op : llvm::make_early_inc_range(initialise.getBody().front())) {
    if (auto write = dyn_cast<ir::WriteOp>(op)) {
      auto field = dyn_cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, write.getSlot()));
      if (field && field.getKind() == ir::FieldKind::Parameter)
        written[write.getSlot()] = write.getValue();
    } else if (auto read = dyn_cast<ir::ReadOp>(op); read && written.contains(read.getSlot())) {
      read.replaceAllUsesWith(written[read.getSlot()]);
      read.erase();
    }
  }
}

/// Where an equation changes the weight, a slot has stood for what lies in the rows.
static void putWeightsInPlace(ir::BodyOp body) {
  Operation *slot = SymbolTable::lookupSymbolIn(body, weightSlot);
  if (!slot)
    return;
  body.walk([](Operation *op) {
    OpBuilder at(op);
    if (auto write = dyn_cast<ir::WriteOp>(op); write && write.getSlot() == weightSlot) {
      ir::SetWeightOp::create(at, op->getLoc(), write.getValue());
      op->erase();
    } else if (auto read = dyn_cast<ir::ReadOp>(op); read && read.getSlot() == weightSlot) {
      read.replaceAllUsesWith(ir::WeightOp::create(at, op->getLoc(), at.getF64Type(), true, false).getValue());
      op->erase();
    }
  });
  slot->erase();
}

namespace {

struct LayoutStatePass : snn::impl::LayoutStateBase<LayoutStatePass> {
  void runOnOperation() override {
    ir::BodyOp body = getOperation();
    putWeightsInPlace(body);
    leaveQuietNeuronsAlone(body);
    forwardParameters(body);
    llvm::StringSet<> read;
    body.walk([&](ir::ReadOp op) { read.insert(op.getSlot()); });
    Builder builder(body.getContext());
    int32_t fields = 0, uniforms = 0;
    for (Operation &op : llvm::make_early_inc_range(body.getBody().front())) {
      if (auto field = dyn_cast<ir::FieldOp>(op)) {
        bool isScratch = field.getKind() == ir::FieldKind::Parameter || field.getKind() == ir::FieldKind::Constant;
        if (isScratch && !read.contains(field.getSymName()))
          drop(body, field.getSymName(), field);
        else
          field.setIndexAttr(builder.getI32IntegerAttr(fields++));
      } else if (auto uniform = dyn_cast<ir::UniformOp>(op)) {
        if (!read.contains(uniform.getSymName()))
          drop(body, uniform.getSymName(), uniform);
        else
          uniform.setIndexAttr(builder.getI32IntegerAttr(uniforms++));
      }
    }
  }

  void drop(ir::BodyOp body, StringRef name, Operation *declaration) {
    body.walk([&](ir::WriteOp write) {
      if (write.getSlot() == name)
        write.erase();
    });
    declaration->erase();
  }
};

} // namespace
