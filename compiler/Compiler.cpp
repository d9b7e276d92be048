#include "compiler/Compiler.h"

#include "compiler/Import/Import.h"
#include "compiler/Pipeline.h"
#include "compiler/Report.h"
#include "compiler/SettingOrigins.h"
#include "compiler/Target/Fingerprint.h"
#include "compiler/Target/LibraryFolder.h"
#include "compiler/Target/LowerProgram.h"
#include "compiler/Target/LowerToLlvm.h"
#include "compiler/Target/Machine.h"
#include "compiler/Target/ModelTable.h"
#include "compiler/Target/SourceLines.h"
#include "compiler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <chrono>

using namespace mlir;

namespace snn {
namespace {

/// One compilation: the artefacts in the order of their making.
class Compilation {
public:
  Compilation(Diagnostics &diagnostics, const CompileOptions &options, std::vector<PhaseTime> &times)
      : sources(diagnostics.sourceManager()), options(options), times(times), context(registry(), MLIRContext::Threading::DISABLED),
        reports(context, diagnostics) {
    context.printOpOnDiagnostic(false); // the user's line says more to the user than our operation
  }

  llvm::Error runTo(Stage stage, const model::Model &model, const model::Experiment &experiment);
  llvm::Error print(Stage stage, llvm::raw_ostream &output);
  llvm::Expected<CompiledObject> object(const model::Experiment &experiment);

  /// Runs one phase and keeps its time.
  template <typename Work> auto timed(const char *phase, Work work) {
    auto begin = std::chrono::steady_clock::now();
    auto result = work();
    std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
    times.push_back({phase, spent.count()});
    return result;
  }

private:
  static DialectRegistry registry();
  LogicalResult runPasses(llvm::function_ref<void(OpPassManager &)> add);
  LogicalResult lowerToTarget();
  LogicalResult lowerToLlvm();

  const llvm::SourceMgr &sources;
  const CompileOptions &options;
  std::vector<PhaseTime> &times;
  MLIRContext context;
  ReportCollector reports;
  std::unique_ptr<llvm::TargetMachine> machine;
  OwningOpRef<ModuleOp> module;
  OwningOpRef<ir::ProgramOp> program; ///< kept for the tables once the module is target IR
  uint64_t fingerprint = 0;
  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> code;
};

} // namespace

DialectRegistry Compilation::registry() {
  DialectRegistry registry;
  registry.insert<ir::SnnDialect, arith::ArithDialect, math::MathDialect, scf::SCFDialect, cf::ControlFlowDialect,
                  vector::VectorDialect, LLVM::LLVMDialect>();
  registerLowerToLlvm(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  return registry;
}

LogicalResult Compilation::runPasses(llvm::function_ref<void(OpPassManager &)> add) {
  PassManager passes(&context);
  passes.enableVerifier(options.verifyEach);
  add(passes);
  return passes.run(*module);
}

LogicalResult Compilation::lowerToTarget() {
  auto op = *module->getOps<ir::ProgramOp>().begin();
  fingerprint = fingerprintOf(op); // the step IR does not survive
  unsigned bits = op.getPrecision() == ir::Precision::F32 ? 32 : 64;
  lowerProgram(*module, op, lanesFor(*machine, bits));
  op->remove();
  program = op;
  return runPasses([](OpPassManager &passes) { passes.addPass(createExpandFunctionsPass()); });
}

LogicalResult Compilation::lowerToLlvm() {
  if (failed(runPasses([](OpPassManager &passes) { addLowerToLlvmPasses(passes); })))
    return failure();
  if (options.debugInfo)
    addSourceLines(*module, sources.getMemoryBuffer(sources.getMainFileID())->getBufferIdentifier(), libraryFolder());
  code = translateModuleToLLVMIR(*module, llvmContext);
  if (!code)
    return failure();
  if (options.debugInfo)
    code->addModuleFlag(llvm::Module::Warning, "Dwarf Version", 5);
  addModelTable(*code, *program, fingerprint);
  optimise(*code, *machine);
  return success();
}

llvm::Error Compilation::runTo(Stage stage, const model::Model &model, const model::Experiment &experiment) {
  auto failure = [&] { return llvm::createStringError("compilation failed" + reports.internalErrors()); };
  auto wantedMachine = createMachine(options.cpu);
  if (!wantedMachine)
    return wantedMachine.takeError();
  machine = std::move(*wantedMachine);
  context.loadAllAvailableDialects();
  module = timed("import", [&] { return importModel(context, model, experiment, sources); });
  if (!module || failed(verify(*module)))
    return failure();
  if (stage == Stage::Snn)
    return llvm::Error::success();
  if (failed(timed("passes", [&] { return runPasses(addStepPasses); })))
    return failure();
  if (stage == Stage::Step)
    return llvm::Error::success();
  if (failed(timed("target", [&] { return lowerToTarget(); })))
    return failure();
  if (stage == Stage::Target)
    return llvm::Error::success();
  if (failed(timed("llvm", [&] { return lowerToLlvm(); })))
    return failure();
  return llvm::Error::success();
}

llvm::Error Compilation::print(Stage stage, llvm::raw_ostream &output) {
  if (stage == Stage::Llvm) {
    code->print(output, nullptr);
  } else if (stage == Stage::Assembly || stage == Stage::Object) {
    auto bytes = emitCode(*code, *machine, stage == Stage::Assembly);
    if (!bytes)
      return bytes.takeError();
    output.write(bytes->data(), bytes->size());
  } else {
    module->print(output, OpPrintingFlags().enableDebugInfo(options.debugInfo));
    output << '\n';
  }
  return llvm::Error::success();
}

llvm::Expected<CompiledObject> Compilation::object(const model::Experiment &experiment) {
  auto bytes = emitCode(*code, *machine, false);
  if (!bytes)
    return bytes.takeError();
  return CompiledObject{std::move(*bytes), originsOfSettings(*program, experiment, model::Structure(experiment))};
}

namespace {

class MlirCompiler : public Compiler {
public:
  llvm::Error emit(const model::Model &model, const model::Experiment &experiment, Diagnostics &diagnostics,
                   const CompileOptions &options, Stage stage, llvm::raw_ostream &output) override {
    times.clear();
    Compilation compilation(diagnostics, options, times);
    if (llvm::Error error = compilation.runTo(stage, model, experiment))
      return error;
    return compilation.print(stage, output);
  }

  llvm::Expected<CompiledObject> compile(const model::Model &model, const model::Experiment &experiment,
                                         Diagnostics &diagnostics, const CompileOptions &options) override {
    times.clear();
    auto begin = std::chrono::steady_clock::now();
    Compilation compilation(diagnostics, options, times);
    std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
    times.push_back({"context", spent.count()});
    if (llvm::Error error = compilation.runTo(Stage::Object, model, experiment))
      return error;
    return compilation.timed("code", [&] { return compilation.object(experiment); });
  }

  llvm::Expected<std::unique_ptr<LoadedProgram>> load(const model::Model &model, const model::Experiment &experiment,
                                                      Diagnostics &diagnostics, const CompileOptions &options) override {
    auto object = compile(model, experiment, diagnostics, options);
    if (!object)
      return object.takeError();
    auto begin = std::chrono::steady_clock::now();
    auto program = loadObject(object->bytes, options);
    std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
    times.push_back({"link", spent.count()});
    return program;
  }

  const std::vector<PhaseTime> &phaseTimes() const override { return times; }

private:
  std::vector<PhaseTime> times;
};

} // namespace
} // namespace snn

snn::Compiler *snn_create_compiler() { return new snn::MlirCompiler(); }
