// snn-opt: reads, transforms and prints any stage of the compiler that is MLIR.

#include "compiler/Pipeline.h"
#include "compiler/Target/LowerToLlvm.h"
#include "compiler/Transforms/Passes.h"

#include "mlir/InitAllDialects.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registry.insert<snn::ir::SnnDialect>();
  mlir::registerTransformsPasses();
  snn::registerSnnPasses();
  mlir::PassPipelineRegistration<> step("snn-to-step", "From declarations to the scheduled time loop", snn::addStepPasses);
  mlir::registerPass([] { return snn::createExpandFunctionsPass(); });
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "snn program optimizer\n", registry));
}
