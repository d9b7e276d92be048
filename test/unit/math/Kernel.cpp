// From LLVM IR to code in memory: the LLVM half of a kernel.

#include "Kernel.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <cstdlib>

namespace snn::test {

// Prints and exits: a test executable has no one to hand a code generator's failure to.
static llvm::ExitOnError exitOnError("kernel: ");

struct Kernel::Code {
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

static std::unique_ptr<llvm::TargetMachine> createTargetMachine(const std::string &cpu) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto builder = exitOnError(llvm::orc::JITTargetMachineBuilder::detectHost());
  if (!cpu.empty()) {
    builder = llvm::orc::JITTargetMachineBuilder(builder.getTargetTriple());
    builder.setCPU(cpu);
  }
  builder.setCodeModel(llvm::CodeModel::Small);
  builder.setRelocationModel(llvm::Reloc::PIC_);
  builder.setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
  return exitOnError(builder.createTargetMachine());
}

static void optimize(llvm::Module &module, llvm::TargetMachine &machine) {
  llvm::PassBuilder builder(&machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  llvm::ModulePassManager passes;
  exitOnError(builder.parsePassPipeline(passes, "function(sroa,early-cse,instcombine,loop-mssa(licm),simplifycfg)"));
  passes.run(module, modules);
}

static void emitFile(llvm::Module &module, llvm::TargetMachine &machine, llvm::raw_pwrite_stream &output,
                     llvm::CodeGenFileType type) {
  llvm::legacy::PassManager codegen;
  if (machine.addPassesToEmitFile(codegen, output, nullptr, type))
    llvm::report_fatal_error("this target emits no object files");
  codegen.run(module);
}

Kernel::Kernel(Emit emit, const KernelOptions &options) : code(std::make_unique<Code>()) {
  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> machine = createTargetMachine(options.cpu);
  std::unique_ptr<llvm::Module> module = buildKernelModule(context, emit, options);
  module->setDataLayout(machine->createDataLayout());
  module->setTargetTriple(machine->getTargetTriple());
  for (llvm::Function &f : *module) {
    f.addFnAttr("target-cpu", machine->getTargetCPU());
    f.addFnAttr("target-features", machine->getTargetFeatureString());
  }
  optimize(*module, *machine);

  // For a look at the generated code: SNN_KERNEL_ASSEMBLY=1 MathTests --gtest_filter=Speed.*
  if (std::getenv("SNN_KERNEL_ASSEMBLY")) {
    llvm::SmallVector<char, 0> text;
    llvm::raw_svector_ostream stream(text);
    emitFile(*llvm::CloneModule(*module), *machine, stream, llvm::CodeGenFileType::AssemblyFile);
    llvm::errs() << stream.str();
  }

  llvm::SmallVector<char, 0> object;
  llvm::raw_svector_ostream stream(object);
  emitFile(*module, *machine, stream, llvm::CodeGenFileType::ObjectFile);
  // No symbols of this process: a call into a math library would not link.
  auto jitBuilder = llvm::orc::LLJITBuilder();
  jitBuilder.setLinkProcessSymbolsByDefault(false).setPlatformSetUp(llvm::orc::setUpInactivePlatform);
  code->jit = exitOnError(jitBuilder.create());
  exitOnError(code->jit->addObjectFile(std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(object))));
  function = exitOnError(code->jit->lookup("kernel")).toPtr<void (*)(const void *, const void *, void *, size_t)>();
}

Kernel::~Kernel() = default;

} // namespace snn::test
