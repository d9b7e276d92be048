#include "compiler/tools/snnc/FixFile.h"

#include "compiler/tools/snnc/OutputFile.h"
#include "compiler/tools/snnc/Report.h"
#include "frontend/ApplyFixIts.h"
#include "frontend/Frontend.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace fs = llvm::sys::fs;

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
  // A link stays one: what it leads to is replaced.
  llvm::SmallString<256> file;
  auto cannotRead = [&](std::error_code why) {
    return llvm::createStringError("cannot read `" + path + "`: " + reasonOf(why));
  };
  if (std::error_code failed = fs::real_path(path, file))
    return cannotRead(failed);
  auto buffer = llvm::MemoryBuffer::getFile(file, /*IsText=*/true);
  if (!buffer)
    return cannotRead(buffer.getError());
  llvm::ErrorOr<fs::perms> permissions = fs::getPermissions(file);

  FixedText fixed = fixedTextOf(path, (*buffer)->getBuffer().str());
  if (fixed.fixed == 0)
    return 0;
  llvm::Error error = writeOutput(file, [&](llvm::raw_ostream &output) {
    output << fixed.text;
    return llvm::Error::success();
  });
  if (error)
    return error;
  if (permissions)
    (void)fs::setPermissions(file, *permissions); // the text matters more than who may read it
  return fixed.fixed;
}

} // namespace snn::tool
