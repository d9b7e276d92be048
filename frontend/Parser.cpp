#include "frontend/ParserImpl.h"

#include "frontend/Units.h"

#include "llvm/ADT/StringSwitch.h"

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

//===-- Cursor ------------------------------------------------------------------------------------------------===//

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

//===-- Reporting and recovery --------------------------------------------------------------------------------===//

Diagnostic *Parser::report(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message) {
  bool silent = recovering || at(TokenKind::Error) || diagnostics.isFull();
  recovering = true;
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

void Parser::reportUnsupported(const llvm::Twine &construct, llvm::SMRange range) {
  report(DiagnosticCode::P6, range, "`" + construct + "` is not supported yet");
}

Stmt *Parser::skipUnsupported(llvm::StringRef construct) {
  size_t start = position;
  reportUnsupported(construct, current().range());
  auto *stmt = make<UnsupportedStmt>(current().range());
  stmt->construct = construct.copy(file.arena());
  skipStatement(start);
  stmt->range = rangeFrom(stmt->range.Start);
  return stmt;
}

Stmt *Parser::rejectStatement(const llvm::Twine &where, llvm::ArrayRef<llvm::StringRef> keywords) {
  // Behind a bracket that was never closed, the rest of its contents looks like statements, and statements of the
  // outer block seem to be in this one.
  if (afterLexicalError || inEndlessBlock) {
    recovering = true;
    return nullptr;
  }
  if (!at(TokenKind::Identifier)) {
    report(DiagnosticCode::P3, current().range(), "no statement of " + where + " begins with " + foundText());
    return nullptr;
  }
  llvm::StringRef nearest;
  unsigned smallest = std::max<size_t>(1, current().text.size() / 3) + 1;
  for (llvm::StringRef keyword : keywords) {
    unsigned distance = current().text.edit_distance(keyword, /*AllowReplacements=*/true, smallest);
    if (distance < smallest) {
      smallest = distance;
      nearest = keyword;
    }
  }
  Diagnostic *diagnostic = report(DiagnosticCode::P3, current().range(),
                                  quoted(current().text) + " does not begin a statement of " + where);
  if (diagnostic && !nearest.empty())
    diagnostic->fixIt(current().range(), nearest);
  return nullptr;
}

void Parser::skipStatement(size_t start) {
  size_t nesting = 0;
  for (size_t next = start;; ++next) {
    const Token &token = tokens[next];
    bool closes = token.is(TokenKind::RightParen) || token.is(TokenKind::RightBracket) || token.is(TokenKind::RightBrace);
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

//===-- Statements and blocks ---------------------------------------------------------------------------------===//

void Parser::parseStatements(StatementParser parseStatement, llvm::SmallVectorImpl<const Stmt *> &statements,
                             bool &incomplete) {
  inherited.reset();
  while (!diagnostics.isFull()) {
    while (at(TokenKind::EndOfStatement)) {
      if (current().isLineBreak())
        inherited.reset();
      advance();
    }
    if (at(TokenKind::EndOfFile) || at(TokenKind::RightBrace))
      break;

    recovering = false;
    size_t start = position;
    llvm::StringRef documentation = takeDocumentation();
    Stmt *statement = (this->*parseStatement)();
    if (!recovering && !atStatementEnd())
      reportExpected("the end of the statement");
    if (recovering)
      skipStatement(start);
    else
      afterLexicalError = false;

    auto *variable = llvm::dyn_cast_or_null<VariableStmt>(statement);
    inherited = variable ? std::optional(variable->keyword) : std::nullopt;
    if (!statement) {
      incomplete = true;
      continue;
    }
    // A definition may have found documentation of its own inside its block.
    llvm::StringRef behind = takeDocumentation();
    for (llvm::StringRef text : {documentation, behind}) {
      if (statement->documentation.empty())
        statement->documentation = text;
    }
    statements.push_back(statement);
  }
  recovering = false;
  inherited.reset();
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

//===-- Top level ---------------------------------------------------------------------------------------------===//

void Parser::parseFile() {
  accept(TokenKind::EndOfStatement);
  parseVersion();
  llvm::SmallVector<const Stmt *, 16> items;
  parseStatements(&Parser::parseTopLevelStatement, items, file.incomplete);
  file.items = keep(items);
}

void Parser::parseVersion() {
  if (!atWord("snn") || !peek().is(TokenKind::Number))
    return;
  advance();
  if (current().text != "1")
    report(DiagnosticCode::P7, current().range(),
           "the file is written for version " + current().text + " of the language, but this compiler knows version 1");
  advance();
}

Stmt *Parser::parseTopLevelStatement() {
  if (atWord("neuron"))
    return parseDefinition(DefinitionKeyword::Neuron);
  if (atWord("synapse"))
    return parseDefinition(DefinitionKeyword::Synapse);
  if (atWord("output"))
    return parseDefinition(DefinitionKeyword::Output);
  if (atWord("function"))
    return parseFunction();
  if (atWord("network"))
    return parseNetwork();
  if (atWord("simulate"))
    return parseExperiment();
  for (llvm::StringRef later : {"plasticity", "current", "train", "import"})
    if (atKeyword(later))
      return skipUnsupported(later);
  return rejectStatement("a file", {"neuron", "synapse", "output", "function", "network", "simulate"});
}

Stmt *Parser::parseDefinition(DefinitionKeyword keyword) {
  llvm::SMLoc begin = here();
  advance();
  Name name = parseName("the name of the model");
  if (accept(TokenKind::Equal)) {
    auto *derived = make<DerivedDefinitionStmt>({begin, begin});
    derived->keyword = keyword;
    derived->name = name;
    derived->base = parseName("the model to derive from");
    derived->settings = parseOptionalBlock(&Parser::parseSettingsStatement);
    derived->range = rangeFrom(begin);
    return derived;
  }
  if (atWord("extends"))
    reportUnsupported("extends", current().range());
  auto *definition = make<DefinitionStmt>({begin, begin});
  definition->keyword = keyword;
  definition->name = name;
  StatementParser parsers[] = {&Parser::parseNeuronStatement, &Parser::parseSynapseStatement,
                               &Parser::parseOutputStatement};
  definition->body = parseBlock(parsers[static_cast<unsigned>(keyword)], &definition->documentation);
  definition->range = rangeFrom(begin);
  return definition;
}

Stmt *Parser::parseFunction() {
  auto *function = make<FunctionStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  function->name = parseName("the name of the function");
  expect(TokenKind::LeftParen, "before the parameters");
  llvm::SmallVector<Name, 4> parameters;
  if (!at(TokenKind::RightParen)) {
    do
      parameters.push_back(parseName("the name of a parameter"));
    while (accept(TokenKind::Comma));
  }
  function->parameters = keep(parameters);
  expect(TokenKind::RightParen, "behind the parameters");
  expect(TokenKind::Equal, "");
  function->value = parseExpr();
  function->range = rangeFrom(begin);
  return function;
}

Stmt *Parser::parseNetwork() {
  auto *network = make<NetworkStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  network->name = parseName("the name of the network");
  network->body = parseBlock(&Parser::parseNetworkStatement, &network->documentation);
  network->range = rangeFrom(begin);
  return network;
}

Stmt *Parser::parseExperiment() {
  auto *experiment = make<ExperimentStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  experiment->network = parseName("the name of the network");
  experiment->body = parseBlock(&Parser::parseExperimentStatement, &experiment->documentation);
  experiment->range = rangeFrom(begin);
  return experiment;
}

} // namespace snn
