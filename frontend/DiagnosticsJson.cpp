// Diagnostics for programs to read: one JSON object per line. The form is a promise, made in docs/diagnostics.md.

#include "frontend/Diagnostics.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace json = llvm::json;

namespace snn {

/// Changes when a program that reads the form would have to change.
static constexpr int formVersion = 1;

/// Text of files and of the command line, which may be anything.
static std::string asUtf8(llvm::StringRef text) { return json::isUTF8(text) ? text.str() : json::fixUTF8(text); }

static json::Object placeOf(const llvm::SourceMgr &sources, llvm::SMLoc location) {
  llvm::StringRef text = sources.getMemoryBuffer(sources.FindBufferContainingLoc(location))->getBuffer();
  SourcePosition position = positionOf(sources, location);
  return json::Object{
      {"offset", location.getPointer() - text.begin()}, {"line", position.line}, {"column", position.column}};
}

static json::Value spanOf(const llvm::SourceMgr &sources, llvm::SMRange range) {
  if (!range.isValid())
    return nullptr;
  return json::Object{{"file", asUtf8(positionOf(sources, range.Start).file)},
                      {"start", placeOf(sources, range.Start)},
                      {"end", placeOf(sources, range.End)}};
}

static void printLine(json::Object object, llvm::raw_ostream &output) {
  output << json::Value(std::move(object)) << '\n';
}

static json::Object objectOf(const llvm::SourceMgr &sources, const Diagnostic &diagnostic) {
  json::Array notes, fixes;
  for (const DiagnosticNote &note : diagnostic.notes)
    notes.push_back(json::Object{{"message", asUtf8(note.message)}, {"span", spanOf(sources, note.range)}});
  for (const FixIt &fixIt : diagnostic.fixIts)
    fixes.push_back(
        json::Object{{"span", spanOf(sources, fixIt.range)}, {"replacement", asUtf8(fixIt.replacement)}});
  bool isApart = diagnostic.underlined.isValid();
  return json::Object{{"version", formVersion},
          {"severity", diagnostic.severity == Severity::Error ? "error" : "warning"},
          {"code", spelling(diagnostic.code)},
          {"message", asUtf8(diagnostic.message)},
          {"span", spanOf(sources, isApart ? diagnostic.underlined : diagnostic.range)},
          {"subject", spanOf(sources, isApart ? diagnostic.range : llvm::SMRange())},
          {"notes", std::move(notes)},
          {"fixes", std::move(fixes)}};
}

void Diagnostics::printJson(llvm::raw_ostream &output) const {
  for (const Diagnostic *diagnostic : shown())
    printLine(objectOf(sources, *diagnostic), output);
}

void printJsonError(llvm::StringRef message, llvm::raw_ostream &output) {
  printLine(json::Object{{"version", formVersion},
                         {"severity", "error"},
                         {"code", nullptr},
                         {"message", asUtf8(message)},
                         {"span", nullptr},
                         {"subject", nullptr},
                         {"notes", json::Array()},
                         {"fixes", json::Array()}},
            output);
}

} // namespace snn
