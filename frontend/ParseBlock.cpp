// Blocks of statements, the documentation in front of them, and names.

#include "frontend/ParserImpl.h"

#include "llvm/ADT/StringSwitch.h"

namespace snn {

using namespace ast;

void Parser::parseStatements(StatementParser parseStatement, llvm::SmallVectorImpl<const Stmt *> &statements,
                             bool &incomplete) {
  inherited.reset();
  bool outerPartlyRead = partlyRead, outerMisread = misread;
  while (!diagnostics.isFull()) {
    while (at(TokenKind::EndOfStatement)) {
      if (current().isLineBreak())
        inherited.reset();
      advance();
    }
    if (at(TokenKind::EndOfFile) || at(TokenKind::RightBrace))
      break;
    Stmt *statement = parseToEnd(parseStatement);
    incomplete |= !statement || partlyRead;
    if (statement)
      statements.push_back(statement);
  }
  recovering = false;
  partlyRead = outerPartlyRead;
  misread = outerMisread;
  inherited.reset();
}

Stmt *Parser::parseToEnd(StatementParser parseStatement) {
  recovering = partlyRead = misread = false;
  size_t start = position;
  llvm::StringRef before = takeDocumentation();
  Stmt *statement = (this->*parseStatement)();
  if (!recovering && !atStatementEnd())
    reportExpected("the end of the statement");
  if (recovering)
    skipStatement(start);
  else
    afterLexicalError = false;

  auto *variable = llvm::dyn_cast_or_null<VariableStmt>(statement);
  inherited = variable ? std::optional(variable->keyword) : std::nullopt;
  if (!statement || misread)
    return nullptr;
  // In `a = 1;  ## what a is`, the `;` joins nothing.
  while (at(TokenKind::EndOfStatement) && !current().isLineBreak() && peek().is(TokenKind::EndOfStatement))
    advance();
  // A definition may have found documentation of its own at the start of its block.
  llvm::StringRef behind = takeDocumentation();
  for (llvm::StringRef text : {before, behind})
    if (statement->documentation.empty())
      statement->documentation = text;
  return statement;
}

Block Parser::parseBlock(StatementParser parseStatement, llvm::StringRef *documentation) {
  // After an error in front of it, the block is still worth reading.
  while (recovering && !at(TokenKind::LeftBrace) && !atStatementEnd())
    advance();
  Block block;
  llvm::SMLoc begin = here();
  block.range = {begin, begin};
  if (!at(TokenKind::LeftBrace)) {
    bool onNextLine = current().isLineBreak() && peek().is(TokenKind::LeftBrace);
    reportExpected(onNextLine ? "`{` on the same line" : "`{`");
    block.incomplete = true;
    if (!onNextLine)
      return block;
    advance();
  }
  bool outer = std::exchange(inEndlessBlock, current().lacksEnd);
  advance();
  if (documentation)
    *documentation = takeBlockDocumentation();
  llvm::SmallVector<const Stmt *, 16> statements;
  parseStatements(parseStatement, statements, block.incomplete);
  block.statements = keep(statements);
  inEndlessBlock = outer;
  expect(TokenKind::RightBrace, "");
  block.range = rangeFrom(begin);
  return block;
}

Block Parser::parseOptionalBlock(StatementParser parseStatement) {
  if (!recovering && !at(TokenKind::LeftBrace))
    return {};
  return parseBlock(parseStatement);
}

llvm::StringRef Parser::takeDocumentation() {
  // At the end of a statement, what stands on the same line belongs to it: the line break comes behind the comment.
  bool behind = atStatementEnd();
  std::string text;
  for (; nextDocComment < list.docComments.size(); ++nextDocComment) {
    const DocComment &comment = list.docComments[nextDocComment];
    if (comment.text.begin() > current().text.begin() || (behind && comment.onOwnLine))
      break;
    if (!text.empty())
      text += '\n';
    text += comment.text;
  }
  return llvm::StringRef(text).copy(file.arena());
}

llvm::StringRef Parser::takeBlockDocumentation() {
  while (at(TokenKind::EndOfStatement))
    advance();
  std::string text;
  const char *end = nullptr;
  for (; nextDocComment < list.docComments.size(); ++nextDocComment) {
    llvm::StringRef line = list.docComments[nextDocComment].text;
    if (line.begin() > current().text.begin())
      break;
    // After an empty line, the comment belongs to the declaration below.
    if (end && llvm::StringRef(end, line.begin() - end).count('\n') > 1)
      break;
    text += (end ? "\n" : "") + line.str();
    end = line.end();
  }
  return llvm::StringRef(text).copy(file.arena());
}

Name Parser::parseName(const llvm::Twine &what) {
  if (!at(TokenKind::Identifier)) {
    reportExpected(what);
    return {};
  }
  bool reserved = llvm::StringSwitch<bool>(current().text)
                      .Cases({"param", "const", "state", "input", "let", "neuron", "synapse", "plasticity"}, true)
                      .Cases({"network", "simulate", "train", "function", "population", "project", "spike"}, true)
                      .Cases({"refractory", "and", "or", "not", "if", "then", "else"}, true)
                      .Default(false);
  if (reserved) {
    report(DiagnosticCode::P4, current().range(), quoted(current().text) + " is a keyword and cannot be a name");
    return {};
  }
  Name name{current().text, current().range()};
  advance();
  return name;
}

} // namespace snn
