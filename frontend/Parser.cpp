#include "frontend/ParserImpl.h"

#include "frontend/NearestName.h"
#include "frontend/Units.h"

namespace snn {

using namespace ast;

static_assert(std::is_trivially_destructible_v<ProjectionStmt> && std::is_trivially_destructible_v<CallExpr>,
              "the arena does not run destructors");

std::unique_ptr<File> parse(const TokenList &tokens, Diagnostics &diagnostics) {
  auto file = std::make_unique<File>();
  file->bufferId = tokens.bufferId;
  Parser(tokens, *file, diagnostics).parseFile();
  return file;
}

bool Parser::atStatementEnd() const {
  return at(TokenKind::EndOfStatement) || at(TokenKind::RightBrace) || at(TokenKind::EndOfFile);
}

bool Parser::atKeyword(llvm::StringRef word) const {
  if (!atWord(word))
    return false;
  switch (peek().kind) {
  case TokenKind::Equal:
  case TokenKind::PlusEqual:
  case TokenKind::MinusEqual:
  case TokenKind::StarEqual:
  case TokenKind::SlashEqual:
  case TokenKind::Dot:
  case TokenKind::Prime:
    return false;
  case TokenKind::LeftBracket:
    return peek().blankBefore;
  default:
    return true;
  }
}

void Parser::advance() {
  if (!at(TokenKind::EndOfFile))
    ++position;
}

bool Parser::accept(TokenKind kind) {
  if (!at(kind))
    return false;
  advance();
  return true;
}

bool Parser::acceptWord(llvm::StringRef word) {
  if (!atWord(word))
    return false;
  advance();
  return true;
}

llvm::SMRange Parser::rangeFrom(llvm::SMLoc begin) const {
  llvm::SMLoc end = position == 0 ? begin : previous().range().End;
  return {begin, end.getPointer() < begin.getPointer() ? begin : end};
}

Diagnostic *Parser::report(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message) {
  bool silent = condition.recovering || condition.silent || at(TokenKind::Error) || diagnostics.isFull();
  condition.recovering = condition.faulty = true;
  return silent ? nullptr : &diagnostics.error(code, range, message);
}

std::string Parser::foundText() const {
  if (at(TokenKind::EndOfFile))
    return "the end of the file";
  if (current().isLineBreak())
    return "the end of the line";
  return quoted(current().text);
}

void Parser::reportExpected(const llvm::Twine &expected) {
  bool misspeltUnit = at(TokenKind::Identifier) && position > 0 && previous().is(TokenKind::Number);
  if (!misspeltUnit) {
    report(DiagnosticCode::P1, current().range(), "expected " + expected + ", found " + foundText());
    return;
  }
  Diagnostic *diagnostic =
      report(DiagnosticCode::L5, current().range(), quoted(current().text) + " behind a number is not a unit");
  if (std::optional<std::string> nearest = nearestUnitName(current().text); nearest && diagnostic)
    diagnostic->fixIt(current().range(), *nearest);
}

bool Parser::expect(TokenKind kind, const llvm::Twine &where) {
  if (accept(kind))
    return true;
  reportExpected(describe(kind) + (where.isTriviallyEmpty() ? "" : " ") + where);
  return false;
}

/// What a spike of the source releases is said where it arrives at a rule, and nowhere else.
Stmt *Parser::skipMisplaced(llvm::StringRef construct) {
  size_t start = position;
  report(DiagnosticCode::P3, current().range(), "`" + construct + "` belongs in an `on pre` of a plasticity rule");
  auto *stmt = make<MisplacedStmt>(current().range());
  stmt->construct = construct.copy(file.arena());
  skipStatement(start);
  stmt->range = rangeFrom(stmt->range.Start);
  return stmt;
}

Stmt *Parser::rejectStatement(const llvm::Twine &where, llvm::ArrayRef<llvm::StringRef> keywords) {
  // Behind a bracket that was never closed, the rest of its contents looks like statements, and statements of the
  // outer block seem to be in this one.
  if (afterLexicalError || inEndlessBlock) {
    condition.recovering = true;
    return nullptr;
  }
  if (!at(TokenKind::Identifier)) {
    report(DiagnosticCode::P3, current().range(), "no statement of " + where + " begins with " + foundText());
    return nullptr;
  }
  NearestName nearest(current().text);
  for (llvm::StringRef keyword : keywords)
    nearest.consider(keyword);
  Diagnostic *diagnostic = report(DiagnosticCode::P3, current().range(),
                                  quoted(current().text) + " does not begin a statement of " + where + nearest.hint());
  if (nearest.best().empty())
    return nullptr;
  if (diagnostic)
    diagnostic->fixIt(current().range(), nearest.best());
  assumedPosition = position;
  assumedWord = nearest.best().copy(file.arena());
  return nullptr;
}

void Parser::skipStatement(size_t start) {
  size_t nesting = 0;
  for (size_t next = start;; ++next) {
    const Token &token = tokens[next];
    bool closes =
        token.is(TokenKind::RightParen) || token.is(TokenKind::RightBracket) || token.is(TokenKind::RightBrace);
    bool ends = token.is(TokenKind::EndOfFile) || (nesting == 0 && (closes || token.is(TokenKind::EndOfStatement)));
    // What a nested block has taken already stays taken.
    if (ends && next >= position) {
      position = next;
      return;
    }
    if (token.is(TokenKind::Error))
      afterLexicalError = true;
    if (token.is(TokenKind::LeftParen) || token.is(TokenKind::LeftBracket) || token.is(TokenKind::LeftBrace))
      ++nesting;
    else if (closes && nesting > 0)
      --nesting;
  }
}

} // namespace snn
