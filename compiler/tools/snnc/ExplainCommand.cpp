#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Compilation.h"
#include "compiler/tools/snnc/Explain.h"

namespace snn::tool {

ExitStatus explainCommand(const Options &options) {
  Compilation compilation(options);
  if (ExitStatus status = compilation.prepare())
    return status;
  llvm::Expected<Explanation> explanation = compilation.explain();
  if (!explanation)
    return compilation.reportFailure(explanation.takeError());
  auto print = options.json ? printExplanationAsJson : printExplanation;
  print(*explanation, llvm::outs());
  return exitFine;
}

} // namespace snn::tool
