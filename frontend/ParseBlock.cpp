// Blocks of statements, the documentation in front of them, and names.

#include "frontend/ParserImpl.h"

#include "llvm/ADT/StringSwitch.h"

namespace snn {

using namespace ast;

void Parser::parseStatements(StatementParser parseStatement, llvm::SmallVectorImpl<const Stmt *> &statements,
                             bool &incomplete, bool &lacksNames) {
  inheritNothing();
  Condition outer = condition;
  while (!diagnostics.isFull()) {
    while (at(TokenKind::EndOfStatement)) {
      if (current().isLineBreak())
        inheritNothing();
      advance();
    }
    if (at(TokenKind::EndOfFile) || at(TokenKind::RightBrace))
      break;
    Stmt *statement = parseToEnd(parseStatement);
    bool isMisplaced = statement && statement->kind == StmtKind::Misplaced;
    incomplete |= !statement || statement->faulty || isMisplaced;
    lacksNames |= isMisplaced || nameIsLost;
    if (statement)
      statements.push_back(statement);
  }
  condition = outer;
  condition.recovering = false;
  inheritNothing();
}

Stmt *Parser::parseToEnd(StatementParser parseStatement) {
  condition = {};
  condition.silent = condition.faulty = hasLexicalError();
  nameIsLost = false;
  size_t start = position;
  llvm::StringRef before = takeDocumentation();
  Stmt *statement = (this->*parseStatement)();
  if (assumedPosition == start) {
    condition = {.silent = true};
    statement = (this->*parseStatement)();
    assumedPosition = ~size_t(0);
  }
  bool runsOn = !condition.recovering && !atStatementEnd();
  if (runsOn)
    reportExpected("the end of the statement");
  if (condition.recovering)
    skipStatement(start);
  else
    afterLexicalError = false;

  auto *variable = llvm::dyn_cast_or_null<VariableStmt>(statement);
  inherited = variable ? std::optional(variable->keyword) : std::nullopt;
  inheritsShared = variable && variable->isShared;
  inheritsIndex = statement && statement->kind == StmtKind::Index;
  if (condition.faulty)
    statement = poisoned(statement);
  nameIsLost |= runsOn; // the beginning of a declaration may have been taken for the end of this statement
  if (!statement)
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

bool Parser::hasLexicalError() const {
  for (size_t next = position;; ++next) {
    bool isBrace = tokens[next].is(TokenKind::LeftBrace) || tokens[next].is(TokenKind::RightBrace);
    if (tokens[next].is(TokenKind::Error) || (tokens[next].isRepaired && !isBrace))
      return true;
    switch (tokens[next].kind) {
    case TokenKind::EndOfStatement:
    case TokenKind::EndOfFile:
    case TokenKind::LeftBrace:
    case TokenKind::RightBrace:
      return false;
    default:
      break;
    }
  }
}

/// The name that `statement` declares for others to use; empty if there is none.
static Name declaredName(const Stmt &statement) {
  switch (statement.kind) {
  case StmtKind::Variable:
    return llvm::cast<VariableStmt>(statement).name;
  case StmtKind::Index:
    return llvm::cast<IndexStmt>(statement).name;
  case StmtKind::Table:
    return llvm::cast<TableStmt>(statement).name;
  case StmtKind::Part:
    return llvm::cast<PartStmt>(statement).name;
  case StmtKind::Population:
    return llvm::cast<PopulationStmt>(statement).name;
  case StmtKind::Group:
    return llvm::cast<GroupStmt>(statement).name;
  case StmtKind::Projection:
    return llvm::cast<ProjectionStmt>(statement).alias;
  case StmtKind::Use:
    return llvm::cast<UseStmt>(statement).alias;
  case StmtKind::Definition:
    return llvm::cast<DefinitionStmt>(statement).name;
  case StmtKind::DerivedDefinition:
    return llvm::cast<DerivedDefinitionStmt>(statement).name;
  case StmtKind::Function:
    return llvm::cast<FunctionStmt>(statement).name;
  case StmtKind::Network:
    return llvm::cast<NetworkStmt>(statement).name;
  default:
    return {};
  }
}

static bool isOfNetwork(StmtKind kind) { return kind >= StmtKind::Index && kind <= StmtKind::Group; }

/// True for statements that may declare a name.
static bool mayDeclare(StmtKind kind) {
  return kind <= StmtKind::Import || kind == StmtKind::Variable || kind == StmtKind::Use || kind == StmtKind::Guard || isOfNetwork(kind);
}

Stmt *Parser::poisoned(Stmt *statement) {
  if (!statement) {
    nameIsLost = true;
    return nullptr;
  }
  if (statement->kind == StmtKind::Misplaced)
    return statement;
  statement->faulty = true;
  // Without the bracket between them, `size` and `layer` of `table size[layer]` are one name, and neither is known.
  nameIsLost |= condition.silent && isOfNetwork(statement->kind);
  if (!declaredName(*statement)) {
    nameIsLost = mayDeclare(statement->kind);
    return nullptr;
  }
  if (auto *variable = llvm::dyn_cast<VariableStmt>(statement)) {
    variable->dimension = nullptr;
    variable->value = make<ErrorExpr>(variable->range);
    variable->bounds = {};
  } else if (auto *table = llvm::dyn_cast<TableStmt>(statement)) {
    table->value = make<ErrorExpr>(table->range);
  } else if (auto *group = llvm::dyn_cast<GroupStmt>(statement)) {
    group->members = make<ErrorExpr>(group->range);
  } else if (auto *function = llvm::dyn_cast<FunctionStmt>(statement)) {
    function->value = make<ErrorExpr>(function->range);
  }
  return statement;
}

Block Parser::parseBlock(StatementParser parseStatement, llvm::StringRef *documentation) {
  // After an error in front of it, the block is still worth reading.
  while (condition.recovering && !at(TokenKind::LeftBrace) && !atStatementEnd())
    advance();
  Block block;
  llvm::SMLoc begin = here();
  block.range = {begin, begin};
  if (!at(TokenKind::LeftBrace)) {
    bool onNextLine = current().isLineBreak() && peek().is(TokenKind::LeftBrace);
    reportExpected(onNextLine ? "`{` on the same line" : "`{`");
    block.incomplete = block.lacksNames = true;
    if (!onNextLine)
      return block;
    advance();
  }
  bool outer = std::exchange(inEndlessBlock, current().lacksEnd);
  advance();
  if (documentation)
    *documentation = takeBlockDocumentation();
  llvm::SmallVector<const Stmt *, 16> statements;
  parseStatements(parseStatement, statements, block.incomplete, block.lacksNames);
  block.statements = keep(statements);
  inEndlessBlock = outer;
  expect(TokenKind::RightBrace, "");
  block.range = rangeFrom(begin);
  return block;
}

Block Parser::parseOptionalBlock(StatementParser parseStatement) {
  if (!condition.recovering && !at(TokenKind::LeftBrace))
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

Name Parser::parsePath(const llvm::Twine &what) {
  Name path = parseName(what);
  while (path && at(TokenKind::Dot)) {
    advance();
    Name part = parseName("the name of a part behind `.`");
    if (!part)
      return {};
    std::string joined = (path.text + "." + part.text).str();
    path = {llvm::StringRef(joined).copy(file.arena()), {path.range.Start, part.range.End}};
  }
  return path;
}

} // namespace snn
