#include "test/fuzz/Source.h"

#include "llvm/Support/MemoryBuffer.h"

#include <cstdio>
#include <cstdlib>

namespace snn::fuzz {

Source::Source(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  buffer = sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, "fuzz.snn"), llvm::SMLoc());
}

void require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

static void requirePlace(const llvm::SourceMgr &sources, llvm::SMRange range, const char *what) {
  if (!range.isValid())
    return;
  unsigned buffer = sources.FindBufferContainingLoc(range.Start);
  require(buffer != 0 && sources.FindBufferContainingLoc(range.End) == buffer, what);
  require(range.Start.getPointer() <= range.End.getPointer(), what);
}

void Source::judgeFindings() const {
  require(diagnostics.all().size() <= 2 * Diagnostics::keptLimit, "findings without a bound");
  for (const Diagnostic &diagnostic : diagnostics.all()) {
    llvm::StringRef message = diagnostic.message;
    require(!message.empty() && !message.contains('\n'), "a message that is not one line");
    requirePlace(sources, diagnostic.range, "a finding outside its source");
    requirePlace(sources, diagnostic.underlined, "an underlining outside its source");
    for (const DiagnosticNote &note : diagnostic.notes)
      requirePlace(sources, note.range, "a note outside its source");
    for (const FixIt &fixIt : diagnostic.fixIts)
      requirePlace(sources, fixIt.range, "a fix outside its source");
  }
}

} // namespace snn::fuzz
