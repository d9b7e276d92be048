#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/StringExtras.h"
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

std::string reasonOf(std::error_code error) {
  std::string text = error.message();
  text[0] = llvm::toLower(text[0]);
  return text;
}

ExitStatus flushOutput(ExitStatus status) {
  llvm::outs().flush();
  if (!llvm::outs().has_error())
    return status;
  std::string reason = reasonOf(llvm::outs().error());
  llvm::outs().clear_error();
  reportError("cannot write to standard output: " + reason);
  return exitWrongUse;
}

} // namespace snn::tool
