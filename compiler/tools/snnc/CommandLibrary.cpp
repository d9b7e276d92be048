#include "compiler/tools/snnc/CommandLibrary.h"

#include "compiler/tools/snnc/SiblingLibrary.h"
#include "compiler/tools/snnc/Timing.h"

#include "llvm/ADT/StringExtras.h"

namespace snn::tool {

static constexpr llvm::StringLiteral library = "libsnncCommands.so";

std::vector<std::string> compilerLibraries() {
  std::vector<std::string> files = {findSibling(library), findSibling("libsnnCompiler.so")};
  for (const char *name : {"libMLIR.so." SNN_LLVM_ABI, "libLLVM.so." SNN_LLVM_ABI})
    files.push_back(SNN_LLVM_LIBRARIES "/" + std::string(name));
  return files;
}

llvm::Expected<int> executeInLibrary(llvm::ArrayRef<std::string> arguments) {
  Stopwatch opening;
  llvm::Expected<void *> execute = functionOfSibling(library, "snnc_execute");
  if (!execute)
    return execute.takeError();
  std::vector<const char *> texts;
  for (const std::string &argument : arguments)
    texts.push_back(argument.c_str());
  return reinterpret_cast<decltype(&snnc_execute)>(*execute)(static_cast<int>(texts.size()), texts.data(),
                                                             opening.milliseconds());
}

llvm::Expected<ExitStatus> compileInLibrary(const ProgramRequest &request, ProgramAnswer &answer) {
  Stopwatch opening;
  llvm::Expected<void *> compile = functionOfSibling(library, "snnc_compile_for_run");
  if (!compile)
    return compile.takeError();
  double opened = opening.milliseconds();
  auto status = static_cast<ExitStatus>(reinterpret_cast<decltype(&snnc_compile_for_run)>(*compile)(&request, &answer));
  answer.phases.insert(answer.phases.begin(), {"open compiler", opened});
  return status;
}

} // namespace snn::tool
