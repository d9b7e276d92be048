// Diagnostics as text for a terminal:
//
//   coba.snn:7:9: error[U2]: `tau` is a time, but `20 mV` is a voltage
//       7 |         tau = 20 mV;  tau_ref = 5 ms
//         |               ^~~~~
//   stdlib/neurons/lif.snn:6:11: note: `tau` is declared here as `5 ms`

#include "frontend/Diagnostics.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace snn {

namespace {

/// The line of a buffer that contains a place.
struct SourceLine {
  llvm::StringRef text; ///< without the line break
  unsigned number;
};

/// A line ready to be shown: tabs expanded, anything that does not print replaced, and long lines cropped.
struct ShownLine {
  std::string text;
  unsigned culpritColumn; ///< counted from 0
  unsigned culpritWidth;  ///< at least 1
};

constexpr unsigned tabWidth = 4;
constexpr unsigned widestLine = 110;
constexpr unsigned contextWidth = 40; ///< columns kept before the culprit of a cropped line

} // namespace

static SourceLine lineOf(const llvm::SourceMgr &sources, llvm::SMLoc location) {
  unsigned buffer = sources.FindBufferContainingLoc(location);
  llvm::StringRef all = sources.getMemoryBuffer(buffer)->getBuffer();
  size_t offset = location.getPointer() - all.begin();
  size_t lineBreak = all.rfind('\n', offset); // looks at what lies before `offset`
  size_t begin = lineBreak == llvm::StringRef::npos ? 0 : lineBreak + 1;
  size_t end = std::min(all.find('\n', offset), all.size());
  if (end > begin && all[end - 1] == '\r')
    --end;
  return {all.slice(begin, std::max(begin, end)), sources.FindLineNumber(location, buffer)};
}

SourcePosition positionOf(const llvm::SourceMgr &sources, llvm::SMLoc location) {
  unsigned buffer = sources.FindBufferContainingLoc(location);
  SourceLine line = lineOf(sources, location);
  llvm::StringRef before(line.text.begin(), location.getPointer() - line.text.begin());
  // Continuation bytes of UTF-8 begin with the bits 10 and do not count.
  auto characters = std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return {sources.getMemoryBuffer(buffer)->getBufferIdentifier(), line.number, static_cast<unsigned>(characters) + 1};
}

/// Appends `text` so that it prints, and returns the columns it takes when it starts at `column`.
static unsigned appendPrintable(std::string &shown, llvm::StringRef text, unsigned column) {
  unsigned start = column;
  while (!text.empty()) {
    auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.begin());
    bool isText = llvm::isLegalUTF8Sequence(begin, begin + text.size());
    llvm::StringRef character = text.take_front(isText ? llvm::getNumBytesForUTF8(*begin) : 1);
    text = text.drop_front(character.size());
    int width = llvm::sys::unicode::columnWidthUTF8(character);
    if (character == "\t") {
      unsigned blanks = tabWidth - column % tabWidth;
      shown.append(blanks, ' ');
      column += blanks;
    } else if (width < 0) {
      shown += '?';
      column += 1;
    } else {
      shown += character;
      column += width;
    }
  }
  return column - start;
}

/// The start of the character that `offset` lies in.
static size_t toCharacterStart(llvm::StringRef text, size_t offset) {
  while (offset > 0 && offset < text.size() && (text[offset] & 0xC0) == 0x80)
    --offset;
  return offset;
}

static ShownLine showLine(llvm::StringRef line, size_t culpritBegin, size_t culpritEnd) {
  size_t begin = 0, end = line.size();
  if (line.size() > widestLine) {
    if (culpritEnd > widestLine)
      begin = toCharacterStart(line, culpritBegin > contextWidth ? culpritBegin - contextWidth : 0);
    end = toCharacterStart(line, std::min(line.size(), begin + widestLine));
    culpritEnd = std::min(culpritEnd, end);
  }

  ShownLine shown;
  shown.text = begin > 0 ? "... " : "";
  unsigned column = shown.text.size();
  column += appendPrintable(shown.text, line.slice(begin, culpritBegin), column);
  shown.culpritColumn = column;
  shown.culpritWidth = appendPrintable(shown.text, line.slice(culpritBegin, culpritEnd), column);
  column += shown.culpritWidth;
  appendPrintable(shown.text, line.slice(culpritEnd, end), column);
  if (end < line.size())
    shown.text += " ...";
  shown.culpritWidth = std::max(1u, shown.culpritWidth);
  return shown;
}

static void printSource(const llvm::SourceMgr &sources, llvm::SMRange culprit, llvm::raw_ostream &output) {
  SourceLine line = lineOf(sources, culprit.Start);
  // What spans lines is underlined up to the end of its first one. A culprit at the end of the line has no width.
  size_t begin = std::min<size_t>(culprit.Start.getPointer() - line.text.begin(), line.text.size());
  size_t end = std::min<size_t>(std::max(culprit.End.getPointer(), culprit.Start.getPointer()) - line.text.begin(),
                                line.text.size());
  ShownLine shown = showLine(line.text, begin, end);
  output << llvm::format("%5u | ", line.number) << llvm::StringRef(shown.text).rtrim() << '\n';
  output << "      | ";
  output.indent(shown.culpritColumn);
  output.changeColor(llvm::raw_ostream::GREEN, /*Bold=*/true);
  output << '^' << std::string(shown.culpritWidth - 1, '~');
  output.resetColor();
  output << '\n';
}

static void printPosition(const llvm::SourceMgr &sources, llvm::SMRange range, llvm::raw_ostream &output) {
  if (!range.isValid())
    return;
  SourcePosition position = positionOf(sources, range.Start);
  output << position.file << ':' << position.line << ':' << position.column << ": ";
}

static void printFixIt(const FixIt &fixIt, llvm::raw_ostream &output) {
  llvm::StringRef old(fixIt.range.Start.getPointer(), fixIt.range.End.getPointer() - fixIt.range.Start.getPointer());
  output << "      = fix: ";
  if (old.empty())
    output << "insert " << quoted(fixIt.replacement);
  else if (fixIt.replacement.empty())
    output << "remove " << quoted(old);
  else
    output << "write " << quoted(fixIt.replacement) << " instead of " << quoted(old);
  output << '\n';
}

static void printDiagnostic(const llvm::SourceMgr &sources, const Diagnostic &diagnostic, llvm::raw_ostream &output) {
  bool isError = diagnostic.severity == Severity::Error;
  printPosition(sources, diagnostic.range, output);
  output.changeColor(isError ? llvm::raw_ostream::RED : llvm::raw_ostream::MAGENTA, /*Bold=*/true);
  output << (isError ? "error" : "warning") << '[' << spelling(diagnostic.code) << "]: ";
  output.resetColor();
  output << diagnostic.message << '\n';

  llvm::SMRange culprit = diagnostic.underlined.isValid() ? diagnostic.underlined : diagnostic.range;
  if (culprit.isValid())
    printSource(sources, culprit, output);
  for (const FixIt &fixIt : diagnostic.fixIts)
    printFixIt(fixIt, output);
  for (const DiagnosticNote &note : diagnostic.notes) {
    printPosition(sources, note.range, output);
    output << "note: " << note.message << '\n';
  }
}

void Diagnostics::print(llvm::raw_ostream &output, bool colour) const {
  bool before = output.colors_enabled();
  output.enable_colors(colour);
  for (const Diagnostic *diagnostic : shown())
    printDiagnostic(sources, *diagnostic, output);
  if (warnings > errorLimit)
    output << "further warnings not shown\n";
  if (isFull()) // phases have given up by now
    output << "stopped after " << errorLimit << " errors\n";
  output.enable_colors(before);
}

} // namespace snn
