// A source text and what the first phases make of it, as text that tests can compare.

#ifndef SNN_TEST_UNIT_FRONTEND_SOURCETEXT_H
#define SNN_TEST_UNIT_FRONTEND_SOURCETEXT_H

#include "frontend/Lexer.h"
#include "frontend/Parser.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

namespace snn::test {

/// Lexes and parses `text` at once.
class SourceText {
public:
  explicit SourceText(llvm::StringRef text, llvm::StringRef name = "test.snn")
      : diagnostics(sources),
        bufferId(sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, name), {})),
        tokens(lex(sources, bufferId, diagnostics)), file(parse(tokens, diagnostics)) {}

  /// The kinds that matter, separated by blanks: `name:tau number:5 unit:mV end`.
  std::string tokenText() const {
    std::string text;
    for (const Token &token : tokens.tokens) {
      if (!text.empty())
        text += ' ';
      switch (token.kind) {
      case TokenKind::EndOfFile:
        text += "eof";
        break;
      case TokenKind::EndOfStatement:
        text += token.isLineBreak() ? "end" : ";";
        break;
      case TokenKind::Identifier:
        text += "name:" + token.text.str();
        break;
      case TokenKind::Number:
        text += "number:" + token.text.str();
        break;
      case TokenKind::Unit:
        text += "unit:" + token.text.str();
        break;
      case TokenKind::Error:
        text += "error";
        break;
      default:
        text += token.text;
      }
    }
    return text;
  }

  std::string ast() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    printAST(*file, stream);
    return text;
  }

  std::string rendered() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    diagnostics.print(stream);
    return text;
  }

  /// Codes and positions in the order of the text: `L5@1:7 P1@2:3`.
  std::string errors() const {
    std::string text;
    for (const Diagnostic *diagnostic : diagnostics.sorted()) {
      SourcePosition position = positionOf(sources, diagnostic->range.Start);
      text += (text.empty() ? "" : " ") + spelling(diagnostic->code).str() + "@" + std::to_string(position.line) + ":" +
              std::to_string(position.column);
    }
    return text;
  }

  llvm::SourceMgr sources;
  Diagnostics diagnostics;
  unsigned bufferId;
  TokenList tokens;
  std::unique_ptr<ast::File> file;
};

} // namespace snn::test

#endif // SNN_TEST_UNIT_FRONTEND_SOURCETEXT_H
