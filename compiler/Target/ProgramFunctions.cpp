// The functions of a program: under one name among symbols, under another for people.

#include "compiler/Target/ProgramLowering.h"

using namespace mlir;

namespace snn {

LLVM::LLVMFuncOp ProgramLowering::addFunction(const Twine &symbol, Location location, ArrayRef<Type> arguments,
                                              Type result, LLVM::Linkage linkage) {
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  if (!result)
    result = LLVM::LLVMVoidType::get(context);
  auto function = LLVM::LLVMFuncOp::create(b, location, symbol.str(), LLVM::LLVMFunctionType::get(result, arguments),
                                           linkage);
  function.addEntryBlock(b);
  return function;
}

/// After its population or projection; where several share the code, after what they have in common.
std::string ProgramLowering::shownName(ir::BodyOp body, StringRef part) {
  SmallVector<StringRef> sharers;
  for (auto instance : program.getBody().getOps<ir::InstanceOp>())
    if (instance.getOf() == body.getSymName())
      sharers.push_back(instance.getSymName());
  for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
    if (synapses.getOf() == body.getSymName())
      sharers.push_back(synapses.getRoute());
  StringRef owner = sharers.size() == 1 ? sharers.front() : body.getModel();
  return (owner + "." + part).str();
}

Location ProgramLowering::shownAs(const Twine &name, Location place) {
  return NameLoc::get(StringAttr::get(context, name), place);
}

LLVM::LLVMFuncOp ProgramLowering::addFunction(ir::BodyOp body, StringRef part, ArrayRef<Type> arguments, Type result) {
  return addFunction(body.getSymName() + "." + part, shownAs(shownName(body, part), body.getLoc()), arguments, result,
                     LLVM::Linkage::Internal);
}

LLVM::LLVMFuncOp ProgramLowering::addFunction(ir::ConnectorOp connector, StringRef part, ArrayRef<Type> arguments,
                                              Type result) {
  SmallVector<StringRef> sharers;
  for (auto route : program.getBody().getOps<ir::RouteOp>())
    if (route.getConnector() == connector.getSymName())
      sharers.push_back(route.getSymName());
  StringRef owner = sharers.size() == 1 ? sharers.front() : "projections";
  return addFunction(connector.getSymName() + "." + part, shownAs(owner + "." + part, connector.getLoc()), arguments,
                     result, LLVM::Linkage::Internal);
}

LLVM::LLVMFuncOp ProgramLowering::addEntryPoint(StringRef part, ArrayRef<Type> arguments, Type result) {
  return addFunction("snn_" + part, shownAs(program.getSymName() + "." + part, program.getLoc()), arguments, result,
                     LLVM::Linkage::External);
}

} // namespace snn
