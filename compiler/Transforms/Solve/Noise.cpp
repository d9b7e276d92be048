#include "compiler/Transforms/Solve/Noise.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace snn {

SmallVector<Value> expandWhiteNoise(ir::BodyOp body) {
  SmallVector<ir::RandomOp> white;
  body.walk([&](ir::RandomOp op) {
    if (op.getKind() == ir::RandomKind::White)
      white.push_back(op);
  });
  SmallVector<Value> normals;
  for (ir::RandomOp op : white) {
    ImplicitLocOpBuilder b(op.getLoc(), op);
    Type real = b.getF64Type();
    Value normal = ir::RandomOp::create(b, real, ir::RandomKind::Normal, op.getStream(), op.getShared());
    Value root = math::SqrtOp::create(b, ir::StepSizeOp::create(b, real));
    op.replaceAllUsesWith(arith::DivFOp::create(b, normal, root).getResult());
    op.erase();
    normals.push_back(normal);
  }
  return normals;
}

std::optional<SmallVector<NoiseTerm>> separateNoise(NormalForm &form, Polynomial &rightHandSide, ArrayRef<Value> normals) {
  SmallVector<NoiseTerm> terms;
  for (Value normal : normals) {
    auto split = form.linearIn(rightHandSide, normal);
    if (!split)
      return std::nullopt;
    if (!split->first.empty())
      terms.push_back({normal, split->first});
    rightHandSide = split->second;
  }
  auto isNoise = [&](Value atom) { return llvm::is_contained(normals, atom); };
  for (const NoiseTerm &term : terms) // a product of two sources
    if (!form.partition(term.factor, isNoise).first.empty())
      return std::nullopt;
  return terms;
}

} // namespace snn
