#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

namespace snn::tool {

bool usesColour() {
  const char *refused = std::getenv("NO_COLOR");
  return llvm::errs().is_displayed() && !(refused && *refused);
}

void reportError(const llvm::Twine &message) {
  llvm::outs().flush();
  llvm::errs() << "snnc: error: " << message << '\n';
}

void reportError(llvm::Error error) { reportError(llvm::toString(std::move(error))); }

ExitStatus flushOutput(ExitStatus status) {
  llvm::outs().flush();
  if (!llvm::outs().has_error())
    return status;
  std::string reason = llvm::outs().error().message();
  llvm::outs().clear_error();
  reportError("cannot write to standard output: " + reason);
  return exitWrongUse;
}

} // namespace snn::tool
