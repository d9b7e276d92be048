// From an emit function to LLVM IR: the MLIR half of a kernel.

#include "Kernel.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Transforms/Passes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/ErrorHandling.h"

using namespace mlir;

namespace snn::test {

/// The loop around one `test.element`, with T for the element type and V for what one step handles.
static const char *const loop = R"(
  func.func @kernel(%x: !llvm.ptr, %y: !llvm.ptr, %out: !llvm.ptr, %size: i64) {
    %begin = arith.constant 0 : i64
    %step = arith.constant WIDTH : i64
    scf.for %i = %begin to %size step %step : i64 {
      %xAddress = llvm.getelementptr %x[%i] : (!llvm.ptr, i64) -> !llvm.ptr, ELEMENT
      %yAddress = llvm.getelementptr %y[%i] : (!llvm.ptr, i64) -> !llvm.ptr, ELEMENT
      %outAddress = llvm.getelementptr %out[%i] : (!llvm.ptr, i64) -> !llvm.ptr, ELEMENT
      %a = llvm.load %xAddress {alignment = 4 : i64} : !llvm.ptr -> LANES
      %b = llvm.load %yAddress {alignment = 4 : i64} : !llvm.ptr -> LANES
      %result = "test.element"(%a, %b) : (LANES, LANES) -> LANES
      llvm.store %result, %outAddress {alignment = 4 : i64} : LANES, !llvm.ptr
    }
    return
  }
)";

static std::string loopText(const KernelOptions &options) {
  std::string element = options.precision == Precision::F32 ? "f32" : "f64";
  int width = options.width != 0 ? options.width : options.precision == Precision::F32 ? 32 : 16;
  std::string lanes = width == 1 ? element : "vector<" + std::to_string(width) + "x" + element + ">";
  std::string text = loop;
  for (auto [from, to] :
       {std::pair<std::string, std::string>{"WIDTH", std::to_string(width)}, {"ELEMENT", element}, {"LANES", lanes}})
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  return text;
}

static void lowerToLlvm(ModuleOp module) {
  PassManager passes(module->getName());
  passes.addPass(createCSEPass());
  passes.addPass(createSCFToControlFlowPass());
  passes.addPass(createConvertVectorToLLVMPass());
  passes.addPass(createArithToLLVMConversionPass());
  passes.addPass(createConvertMathToLLVMPass());
  passes.addPass(createConvertControlFlowToLLVMPass());
  passes.addPass(createConvertFuncToLLVMPass());
  passes.addPass(createReconcileUnrealizedCastsPass());
  if (failed(passes.run(module)))
    llvm::report_fatal_error("the kernel did not lower");
}

std::unique_ptr<llvm::Module> buildKernelModule(llvm::LLVMContext &llvmContext, Emit emit,
                                                const KernelOptions &options) {
  DialectRegistry registry;
  registry.insert<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect, math::MathDialect, scf::SCFDialect,
                  vector::VectorDialect>();
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.allowUnregisteredDialects();
  context.loadAllAvailableDialects();

  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(loopText(options), &context);
  Operation *element = nullptr;
  module->walk([&](Operation *op) {
    if (op->getName().getStringRef() == "test.element")
      element = op;
  });
  ImplicitLocOpBuilder builder(element->getLoc(), element);
  element->getResult(0).replaceAllUsesWith(emit(builder, element->getOperand(0), element->getOperand(1)));
  element->erase();
  lowerToLlvm(*module);
  return translateModuleToLLVMIR(*module, llvmContext, "kernel");
}

} // namespace snn::test
