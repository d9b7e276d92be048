// Diagnostics and the changes that mend them.

#include "compiler/tools/language-server/Answers.h"

using namespace snn;
using namespace snn::editor;
namespace lsp = llvm::lsp;

/// What a finding underlines; the first line where it is about the file as a whole.
static lsp::Range rangeOf(const Diagnostic &found, const Document &document) {
  llvm::SMRange range = found.underlined.isValid() ? found.underlined : found.range;
  return document.contains(range.Start) ? document.rangeOf(range) : lsp::Range();
}

std::vector<lsp::Diagnostic> editor::findings(const Document &document, const lsp::URIForFile &uri) {
  std::vector<lsp::Diagnostic> list;
  for (const Diagnostic *found : document.diagnostics().shown()) {
    lsp::Diagnostic entry;
    entry.range = rangeOf(*found, document);
    entry.severity = found->severity == Severity::Error ? lsp::DiagnosticSeverity::Error : lsp::DiagnosticSeverity::Warning;
    entry.source = "snnc";
    entry.message = found->message + " [" + spelling(found->code).str() + "]";
    std::vector<lsp::DiagnosticRelatedInformation> related;
    for (const DiagnosticNote &note : found->notes) {
      if (document.contains(note.range.Start))
        related.emplace_back(lsp::Location(uri, document.rangeOf(note.range)), note.message);
      else if (std::optional<lsp::Location> place = document.locationInLibrary(note.range))
        related.emplace_back(*place, note.message);
    }
    if (!related.empty())
      entry.relatedInformation = std::move(related);
    list.push_back(std::move(entry));
  }
  return list;
}

std::vector<lsp::CodeAction> editor::quickFixes(const Document &document, const lsp::URIForFile &uri, lsp::Range range) {
  std::vector<lsp::CodeAction> actions;
  for (const Diagnostic *found : document.diagnostics().shown()) {
    lsp::Range place = rangeOf(*found, document);
    bool isHere = place.start.line <= range.end.line && range.start.line <= place.end.line;
    bool isWhole = llvm::all_of(found->fixIts, [&](const FixIt &fix) { return document.contains(fix.range.Start); });
    if (found->fixIts.empty() || !isHere || !isWhole)
      continue;
    std::vector<lsp::TextEdit> edits;
    for (const FixIt &fix : found->fixIts)
      edits.push_back({document.rangeOf(fix.range), fix.replacement});
    lsp::CodeAction &action = actions.emplace_back();
    const std::string &text = edits.front().newText;
    action.title = text.empty() ? "remove this" : "write `" + text + "`";
    action.kind = lsp::CodeAction::kQuickFix.str();
    action.isPreferred = true;
    action.edit.emplace().changes[uri.uri().str()] = std::move(edits);
  }
  return actions;
}
