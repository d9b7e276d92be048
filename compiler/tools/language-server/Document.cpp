#include "compiler/tools/language-server/Document.h"

#include "frontend/Lexer.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace snn;
using namespace snn::editor;
namespace lsp = llvm::lsp;
using llvm::StringRef;

Document::Document(StringRef path, StringRef text) : findings(sources), ignored(sources), models(sources, ignored) {
  result = loadText(path, text, sources, findings);
  words = lex(sources, result.bufferId, ignored);
  lexicalErrors = ignored.hasErrors();
}

StringRef Document::text() const { return sources.getMemoryBuffer(result.bufferId)->getBuffer(); }

/// Bytes of the character that begins with `first`; a byte that begins none is taken for one.
static unsigned bytesOf(unsigned char first) {
  return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/// Only what needs four bytes in UTF-8 takes two units in UTF-16.
static unsigned unitsOf(unsigned char first) { return bytesOf(first) == 4 ? 2 : 1; }

size_t editor::offsetIn(StringRef all, const lsp::Position &position) {
  size_t offset = 0;
  for (int line = 0; line < position.line; ++line) {
    size_t end = all.find('\n', offset);
    if (end == StringRef::npos)
      return all.size();
    offset = end + 1;
  }
  for (int column = 0; column < position.character && offset < all.size() && all[offset] != '\n';) {
    column += unitsOf(all[offset]);
    offset += bytesOf(all[offset]);
  }
  return std::min(offset, all.size());
}

lsp::Position editor::positionIn(StringRef text, size_t offset) {
  StringRef before = text.take_front(offset);
  StringRef line = before.drop_front(before.rfind('\n') + 1);
  int column = 0;
  for (size_t at = 0; at < line.size(); at += bytesOf(line[at]))
    column += unitsOf(line[at]);
  return {static_cast<int>(before.count('\n')), column};
}

StringRef editor::withoutLastName(StringRef text) {
  return text.rtrim("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
}

size_t Document::offsetOf(const lsp::Position &position) const { return offsetIn(text(), position); }

lsp::Position Document::positionOf(size_t offset) const { return positionIn(text(), offset); }

lsp::Range Document::rangeOf(llvm::SMRange range) const {
  const char *begin = text().begin();
  return {positionOf(range.Start.getPointer() - begin), positionOf(range.End.getPointer() - begin)};
}

bool Document::contains(llvm::SMLoc place) const {
  return place.isValid() && place.getPointer() >= text().begin() && place.getPointer() <= text().end();
}

/// The folder that holds `stdlib`: beside the program when it is installed, and in the build.
static std::string libraryFolder() {
  static int here;
  llvm::SmallString<256> folder(llvm::sys::fs::getMainExecutable(nullptr, &here));
  llvm::sys::path::remove_filename(folder);
  llvm::sys::path::append(folder, "..", "share", "snnc");
  llvm::sys::path::remove_dots(folder, /*remove_dot_dot=*/true);
  return folder.str().str();
}

std::optional<lsp::Location> Document::locationInLibrary(llvm::SMRange range) const {
  unsigned buffer = range.isValid() ? sources.FindBufferContainingLoc(range.Start) : 0;
  if (buffer == 0 || buffer == result.bufferId)
    return std::nullopt;
  StringRef name = sources.getMemoryBuffer(buffer)->getBufferIdentifier();
  StringRef content = sources.getMemoryBuffer(buffer)->getBuffer();
  std::string path = libraryFolder() + "/" + name.str();
  llvm::Expected<lsp::URIForFile> uri = lsp::URIForFile::fromFile(path);
  if (!llvm::sys::fs::exists(path) || !uri) {
    if (!uri)
      llvm::consumeError(uri.takeError());
    return std::nullopt;
  }
  auto at = [&](llvm::SMLoc place) { return positionIn(content, place.getPointer() - content.begin()); };
  return lsp::Location(*uri, lsp::Range(at(range.Start), at(range.End)));
}

const Token *Document::wordAt(size_t offset) const {
  const char *place = text().begin() + offset;
  for (const Token &token : words.tokens)
    if (token.is(TokenKind::Identifier) && token.text.begin() <= place && place <= token.text.end())
      return &token;
  return nullptr;
}
