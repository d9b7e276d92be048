// Answers about the text as a whole: its layout and its outline.

#include "compiler/tools/language-server/Answers.h"
#include "compiler/tools/language-server/Hover.h"

#include "frontend/Format.h"

using namespace snn;
using namespace snn::editor;
namespace lsp = llvm::lsp;

std::vector<lsp::TextEdit> editor::layout(const Document &document) {
  if (document.hasLexicalErrors())
    return {};
  std::string text = format(document.tokens(), document.text());
  if (text == document.text())
    return {};
  return {{lsp::Range({0, 0}, document.positionOf(document.text().size())), text}};
}

static lsp::DocumentSymbol outlineOf(const Symbol &symbol, const Document &document) {
  lsp::DocumentSymbol entry(symbol.name.text, symbol.kind(), document.rangeOf(symbol.range()),
                            document.rangeOf(symbol.name.range));
  entry.detail = signatureOf(symbol);
  for (const Symbol &member : symbol.members)
    entry.children.push_back(outlineOf(member, document));
  return entry;
}

std::vector<lsp::DocumentSymbol> editor::outline(const Document &document) {
  std::vector<lsp::DocumentSymbol> entries;
  for (const Symbol &symbol : symbolsOf(document.file()))
    entries.push_back(outlineOf(symbol, document));
  return entries;
}
