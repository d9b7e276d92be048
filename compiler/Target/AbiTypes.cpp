#include "compiler/Target/AbiTypes.h"

using namespace mlir;

namespace snn::abi {

LLVM::LLVMStructType typeOf(MLIRContext *context, Struct which) {
  Type i32 = IntegerType::get(context, 32), i64 = IntegerType::get(context, 64), f64 = Float64Type::get(context);
  Type ptr = LLVM::LLVMPointerType::get(context);
  switch (which) {
  case Struct::Share: return LLVM::LLVMStructType::getLiteral(context, {i32, i32, i32});
  case Struct::Spikes: return LLVM::LLVMStructType::getLiteral(context, {ptr, ptr});
  case Struct::Block: return LLVM::LLVMStructType::getLiteral(context, {i32, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, i32});
  case Struct::History: return LLVM::LLVMStructType::getLiteral(context, {ptr, i64});
  case Struct::Rows: return LLVM::LLVMStructType::getLiteral(context, {i32, i32, i32, i32, i32, ptr});
  case Struct::Worker: return LLVM::LLVMStructType::getLiteral(context, {i32, ptr, ptr, ptr, ptr, i64, i64, i64, i32, ptr, i64});
  case Struct::Profile: return LLVM::LLVMStructType::getLiteral(context, {ptr, ptr, ptr, ptr, i64, i64});
  case Struct::State:
    return LLVM::LLVMStructType::getLiteral(context, {ptr, ptr, ptr, ptr, ptr, f64, i64, i64, i32, i32, i32, ptr, ptr, ptr, ptr,
                                                      ptr, ptr, ptr, ptr, i32, ptr, ptr, ptr});
  }
  llvm_unreachable("covered switch");
}

Value memberAddress(ImplicitLocOpBuilder &b, Value base, Struct which, unsigned member, Value index) {
  SmallVector<LLVM::GEPArg> path;
  if (index)
    path.push_back(index);
  else
    path.push_back(0);
  path.push_back(static_cast<int32_t>(member));
  return LLVM::GEPOp::create(b, LLVM::LLVMPointerType::get(b.getContext()), typeOf(b.getContext(), which), base, path);
}

Value loadMember(ImplicitLocOpBuilder &b, Value base, Struct which, unsigned member, Value index) {
  Value address = memberAddress(b, base, which, member, index);
  return LLVM::LoadOp::create(b, typeOf(b.getContext(), which).getBody()[member], address);
}

Value elementAddress(ImplicitLocOpBuilder &b, Value array, Value index, Type element) {
  return LLVM::GEPOp::create(b, LLVM::LLVMPointerType::get(b.getContext()), element, array, ArrayRef<LLVM::GEPArg>{index});
}

Value loadElement(ImplicitLocOpBuilder &b, Value array, Value index, Type element) {
  return LLVM::LoadOp::create(b, element, elementAddress(b, array, index, element));
}

Value loadElement(ImplicitLocOpBuilder &b, Value array, int32_t index, Type element) {
  Value address = LLVM::GEPOp::create(b, LLVM::LLVMPointerType::get(b.getContext()), element, array, ArrayRef<LLVM::GEPArg>{index});
  return LLVM::LoadOp::create(b, element, address);
}

} // namespace snn::abi
