#include "compiler/Target/Machine.h"

#include "compiler/Cache/Processor.h"

#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

namespace snn {

Expected<std::unique_ptr<TargetMachine>> createMachine(StringRef cpu) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  Triple triple(sys::getProcessTriple());
  std::string error;
  const Target *target = TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return createStringError(error);
  const auto [name, features] = processorNamed(cpu);
  TargetOptions options;
  options.AllowFPOpFusion = FPOpFusion::Strict;
  std::unique_ptr<TargetMachine> machine(target->createTargetMachine(triple, name, features, options, Reloc::PIC_,
                                                                     CodeModel::Small, CodeGenOptLevel::Default));
  const MCSubtargetInfo &subtarget = *machine->getMCSubtargetInfo();
  if (!subtarget.isCPUStringValid(name))
    return createStringError("`" + name + "` is not a processor this compiler knows");
  if (!subtarget.checkFeatures("+fma"))
    return createStringError("`" + name + "` has no fused multiply-add; x86-64-v3 or newer is needed");
  return machine;
}

unsigned lanesFor(const TargetMachine &machine, unsigned bits) {
  bool isWide = machine.getMCSubtargetInfo()->checkFeatures("+avx512f");
  return 2 * (isWide ? 512 : 256) / bits;
}

Expected<SmallVector<char, 0>> emitCode(Module &module, TargetMachine &machine, bool asText) {
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  auto kind = asText ? CodeGenFileType::AssemblyFile : CodeGenFileType::ObjectFile;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, kind))
    return createStringError("this target cannot emit code");
  passes.run(module);
  return bytes;
}

} // namespace snn
