#include "compiler/tools/snnc/Source.h"

#include "llvm/Support/Path.h"

namespace snn::tool {

llvm::Expected<std::unique_ptr<Source>> Source::load(llvm::StringRef path, Warnings warnings) {
  std::unique_ptr<Source> source(new Source(path));
  llvm::Expected<FrontendResult> result = loadFile(path, source->sourceMgr, source->found);
  if (!result)
    return result.takeError();
  source->result = std::move(*result);
  if (warnings == Warnings::AreErrors && source->found.warningCount()) {
    source->found.makeWarningsErrors();
    source->result.model.reset();
  }
  return source;
}

/// Standard input is called as in the command line, as it is when it is read as a file.
std::unique_ptr<Source> Source::fromText(llvm::StringRef path, llvm::StringRef text) {
  std::unique_ptr<Source> source(new Source(path));
  source->result = loadText(path == "-" ? "<stdin>" : path, text, source->sourceMgr, source->found);
  return source;
}

std::string Source::folder() const {
  llvm::StringRef parent = llvm::sys::path::parent_path(filePath);
  return parent.empty() ? "." : parent.str();
}

} // namespace snn::tool
