#include "compiler/tools/language-server/Hover.h"

using namespace snn;
using namespace snn::ast;
using namespace snn::editor;
using llvm::StringRef;

static StringRef textOf(llvm::SMRange range) {
  return {range.Start.getPointer(), static_cast<size_t>(range.End.getPointer() - range.Start.getPointer())};
}

std::string editor::signatureOf(const Symbol &symbol) {
  StringRef text = textOf(symbol.range());
  StringRef line = text.take_until([](char c) { return c == '{' || c == '\n'; }).split("##").first.rtrim();
  // After a `;` the keyword is that of the declaration before.
  StringRef keyword = symbol.keyword();
  return (line.starts_with(keyword) ? "" : keyword.str() + " ") + line.str();
}

std::string editor::hoverText(const Symbol &symbol) {
  bool isModel = llvm::isa<DefinitionStmt, DerivedDefinitionStmt, FunctionStmt>(symbol.declaration);
  std::string text = "```snn\n" + (isModel ? textOf(symbol.range()).str() : signatureOf(symbol)) + "\n```\n";
  if (!symbol.declaration->documentation.empty() && !isModel)
    text += "\n" + symbol.declaration->documentation.str() + "\n";
  return text;
}
