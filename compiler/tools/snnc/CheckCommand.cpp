#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Source.h"

#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

ExitStatus checkCommand(const Options &options) {
  llvm::Expected<std::unique_ptr<Source>> source = Source::load(options.file);
  if (!source) {
    reportError(source.takeError());
    return exitWrongUse;
  }
  (*source)->printDiagnostics();
  if (!(*source)->model())
    return exitWrongModel;
  unsigned warnings = (*source)->diagnostics().warningCount();
  llvm::outs() << (*source)->path() << ": no errors";
  if (warnings)
    llvm::outs() << ", " << warnings << (warnings == 1 ? " warning" : " warnings");
  llvm::outs() << '\n';
  return exitFine;
}

} // namespace snn::tool
