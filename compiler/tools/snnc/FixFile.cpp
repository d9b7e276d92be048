#include "compiler/tools/snnc/FixFile.h"

#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"
#include "frontend/ApplyFixIts.h"
#include "frontend/Frontend.h"

#include "llvm/Support/MemoryBuffer.h"

namespace snn::tool {

/// Each round mends at least one mistake, and a file with more layers of them is beyond mending by machine.
static constexpr unsigned mostRounds = 20;

namespace {
/// A text under the name of its file, and what the front end says to it.
struct CheckedText {
  CheckedText(llvm::StringRef path, llvm::StringRef text)
      : diagnostics(sources), bufferId(loadText(path, text, sources, diagnostics).bufferId) {}

  llvm::SourceMgr sources;
  Diagnostics diagnostics;
  unsigned bufferId;
};
} // namespace

/// `text` after all rounds.
static FixedText fixedTextOf(llvm::StringRef path, std::string text) {
  FixedText result{std::move(text), 0};
  for (unsigned round = 0; round < mostRounds; ++round) {
    CheckedText checked(path, result.text);
    FixedText next = applyFixIts(checked.diagnostics, checked.bufferId);
    if (next.fixed == 0)
      break;
    if (CheckedText(path, next.text).diagnostics.errorCount() > checked.diagnostics.errorCount())
      break;
    result.text = std::move(next.text);
    result.fixed += next.fixed;
  }
  return result;
}

llvm::Expected<unsigned> fixFile(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError("cannot read `" + path + "`: " + reasonOf(buffer.getError()));

  FixedText fixed = fixedTextOf(path, (*buffer)->getBuffer().str());
  if (fixed.fixed == 0)
    return 0;
  if (llvm::Error error = rewriteFile(path, fixed.text))
    return error;
  return fixed.fixed;
}

} // namespace snn::tool
