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

} // namespace snn::tool
