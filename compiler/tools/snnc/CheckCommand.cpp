#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/FixFile.h"
#include "compiler/tools/snnc/Report.h"
#include "compiler/tools/snnc/Source.h"

#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

/// "1 error", "2 errors"
static std::string counted(unsigned number, llvm::StringRef one, llvm::StringRef many) {
  return (llvm::Twine(number) + " " + (number == 1 ? one : many)).str();
}

/// One line on the whole file, for people: programs count the findings.
static void summarize(const Source &source, unsigned fixed) {
  if (reportsJson() || (!source.model() && !fixed))
    return;
  const Diagnostics &found = source.diagnostics();
  llvm::outs() << source.path() << ": ";
  if (fixed)
    llvm::outs() << counted(fixed, "fix", "fixes") << " applied, ";
  llvm::outs() << (found.hasErrors() ? counted(found.errorCount(), "error", "errors") : "no errors");
  if (found.warningCount())
    llvm::outs() << ", " << counted(found.warningCount(), "warning", "warnings");
  llvm::outs() << '\n';
}

ExitStatus checkCommand(const Options &options) {
  unsigned fixed = 0;
  if (options.fix) {
    llvm::Expected<unsigned> applied = fixFile(options.file);
    if (!applied) {
      reportError(applied.takeError());
      return exitWrongUse;
    }
    fixed = *applied;
  }
  llvm::Expected<std::unique_ptr<Source>> source =
      Source::load(options.file, options.strict ? Warnings::AreErrors : Warnings::Allowed);
  if (!source) {
    reportError(source.takeError());
    return exitWrongUse;
  }
  reportDiagnostics((*source)->diagnostics());
  summarize(**source, fixed);
  return (*source)->model() ? exitFine : exitWrongModel;
}

} // namespace snn::tool
