#include "frontend/Diagnostics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SourceMgr.h"

#include <algorithm>
#include <tuple>

namespace snn {

static constexpr DiagnosticCode codes[] = {
#define SNN_DIAGNOSTIC(code, summary) DiagnosticCode::code,
#include "frontend/DiagnosticCodes.def"
};

static constexpr llvm::StringLiteral spellings[] = {
#define SNN_DIAGNOSTIC(code, summary) #code,
#include "frontend/DiagnosticCodes.def"
};

static constexpr llvm::StringLiteral summaries[] = {
#define SNN_DIAGNOSTIC(code, summary) summary,
#include "frontend/DiagnosticCodes.def"
};

llvm::StringRef spelling(DiagnosticCode code) { return spellings[static_cast<unsigned>(code)]; }

llvm::StringRef summary(DiagnosticCode code) { return summaries[static_cast<unsigned>(code)]; }

llvm::ArrayRef<DiagnosticCode> allDiagnosticCodes() { return codes; }

std::optional<DiagnosticCode> diagnosticCodeOf(llvm::StringRef text) {
  for (DiagnosticCode code : codes)
    if (text.equals_insensitive(spelling(code)))
      return code;
  return std::nullopt;
}

std::string quoted(llvm::StringRef text) {
  constexpr size_t longest = 60;
  llvm::StringRef line = text.take_until([](char c) { return c == '\n' || c == '\r'; });
  bool cropped = line.size() < text.size();
  if (line.size() > longest) {
    cropped = true;
    line = line.take_front(longest);
    // A character is not cut in two: its first byte does not begin with the bits 10.
    while (!line.empty() && (text[line.size()] & 0xC0) == 0x80)
      line = line.drop_back();
  }
  return ("`" + line.rtrim() + (cropped ? " ...`" : "`")).str();
}

Diagnostic &Diagnostic::underline(llvm::SMRange culprit) {
  underlined = culprit;
  return *this;
}

Diagnostic &Diagnostic::note(llvm::SMRange place, const llvm::Twine &text) {
  notes.push_back({place, text.str()});
  return *this;
}

Diagnostic &Diagnostic::fixIt(llvm::SMRange place, const llvm::Twine &replacement) {
  fixIts.push_back({place, replacement.str()});
  return *this;
}

Diagnostic &Diagnostics::error(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message) {
  return keep(errors++, {Severity::Error, code, range, message.str(), {}, {}, {}});
}

Diagnostic &Diagnostics::warning(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message) {
  return keep(warnings++, {Severity::Warning, code, range, message.str(), {}, {}, {}});
}

/// With as many of its kind before it as `earlier` says. A file with a million mistakes must not fill the memory.
Diagnostic &Diagnostics::keep(unsigned earlier, Diagnostic diagnostic) {
  if (earlier < keptLimit)
    return found.emplace_back(std::move(diagnostic));
  dropped = std::make_unique<Diagnostic>(std::move(diagnostic));
  return *dropped;
}

void Diagnostics::remove(llvm::ArrayRef<Diagnostic *> unwanted) {
  std::deque<Diagnostic> left;
  for (Diagnostic &diagnostic : found)
    if (llvm::is_contained(unwanted, &diagnostic))
      --(diagnostic.severity == Severity::Error ? errors : warnings);
    else
      left.push_back(std::move(diagnostic));
  found = std::move(left);
}

void Diagnostics::makeWarningsErrors() {
  for (Diagnostic &diagnostic : found)
    diagnostic.severity = Severity::Error;
  errors += warnings;
  warnings = 0;
}

std::vector<const Diagnostic *> Diagnostics::sorted() const {
  struct Entry {
    const Diagnostic *diagnostic;
    unsigned buffer;
    auto key() const {
      return std::make_tuple(buffer, diagnostic->range.Start.getPointer(), diagnostic->severity, diagnostic->code,
                             diagnostic->range.End.getPointer(), llvm::StringRef(diagnostic->message));
    }
  };
  std::vector<Entry> entries;
  entries.reserve(found.size());
  for (const Diagnostic &diagnostic : found) {
    // Buffers are numbered from 1; what has no place comes first.
    unsigned buffer = diagnostic.range.isValid() ? sources.FindBufferContainingLoc(diagnostic.range.Start) : 0;
    entries.push_back({&diagnostic, buffer});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.key() < b.key(); });
  auto end =
      std::unique(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.key() == b.key(); });

  std::vector<const Diagnostic *> result;
  for (auto entry = entries.begin(); entry != end; ++entry)
    result.push_back(entry->diagnostic);
  return result;
}

std::vector<const Diagnostic *> Diagnostics::shown() const {
  std::vector<const Diagnostic *> all = sorted(), result;
  unsigned ofKind[2] = {0, 0};
  for (const Diagnostic *diagnostic : all)
    if (ofKind[diagnostic->severity == Severity::Error]++ < errorLimit)
      result.push_back(diagnostic);
  return result;
}

} // namespace snn
