// Bodies of neurons, synapses, outputs and membrane mechanisms, and the assignments of handlers and settings.

#include "frontend/ParserImpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace snn {

using namespace ast;

/// A statement that one or more kinds of model have.
namespace {
struct ModelKeyword {
  llvm::StringLiteral word;
  llvm::StringLiteral kinds; ///< n: neuron, s: synapse, o: output, c: current, p: plasticity; empty: none of them yet
};
} // namespace

static constexpr ModelKeyword modelKeywords[] = {
    {"param", "nsocp"},  {"const", "nsocp"}, {"let", "nsocp"}, {"state", "nscp"}, {"input", "no"},
    {"weight", "sp"},    {"pre", "sop"},     {"post", "socp"}, {"then", "nsp"},   {"spike", "n"},
    {"refractory", "n"}, {"method", "nsp"},  {"on", "nsp"},    {"output", "s"},   {"current", "oc"},
    {"every", "n"},      {"surrogate", "n"}, {"use", "n"},     {"shared", "n"},   {"if", "nsoc"},
    {"keep", "p"},       {"release", ""},    {"deliver", ""},  {"syn", "p"},      {"modulator", "p"},
};

static llvm::StringRef nameOf(DefinitionKeyword kind) {
  static constexpr llvm::StringLiteral names[] = {"neuron", "synapse", "output", "current", "plasticity"};
  return names[static_cast<unsigned>(kind)];
}

static llvm::StringRef withArticle(DefinitionKeyword kind) {
  static constexpr llvm::StringLiteral names[] = {"a neuron", "a synapse", "an output", "a membrane mechanism", "a plasticity rule"};
  return names[static_cast<unsigned>(kind)];
}

Stmt *Parser::parseNeuronStatement() { return parseModelStatement(DefinitionKeyword::Neuron); }
Stmt *Parser::parseSynapseStatement() { return parseModelStatement(DefinitionKeyword::Synapse); }
Stmt *Parser::parseOutputStatement() { return parseModelStatement(DefinitionKeyword::Output); }
Stmt *Parser::parseCurrentStatement() { return parseModelStatement(DefinitionKeyword::Current); }
Stmt *Parser::parsePlasticityStatement() { return parseModelStatement(DefinitionKeyword::Plasticity); }

Parser::StatementParser Parser::parserOf(DefinitionKeyword kind) {
  static constexpr StatementParser parsers[] = {&Parser::parseNeuronStatement, &Parser::parseSynapseStatement,
                                                &Parser::parseOutputStatement, &Parser::parseCurrentStatement,
                                                &Parser::parsePlasticityStatement};
  return parsers[static_cast<unsigned>(kind)];
}

Stmt *Parser::parseModelStatement(DefinitionKeyword kind) {
  bool isCurrent = kind == DefinitionKeyword::Output || kind == DefinitionKeyword::Current;
  bool isResult = isCurrent && atWord("current") && peek().is(TokenKind::Equal);
  if (isResult)
    return parseResult();
  if (atInheritedVariable())
    return parseVariable(*inherited);
  if (at(TokenKind::Identifier) && peek().is(TokenKind::Prime))
    return parseEquation();

  for (const ModelKeyword &keyword : modelKeywords) {
    if (!atKeyword(keyword.word))
      continue;
    if (keyword.kinds.empty())
      return skipMisplaced(keyword.word);
    if (keyword.word == "on" && kind == DefinitionKeyword::Plasticity)
      return parseSynapticHandler(&Parser::parseRuleHandlerStatement);
    if (keyword.word == "on" && kind == DefinitionKeyword::Synapse)
      return parseSynapticHandler(&Parser::parseHandlerStatement);
    if (!keyword.kinds.contains(nameOf(kind).front()))
      report(DiagnosticCode::P3, current().range(), "`" + keyword.word + "` does not belong in " + withArticle(kind));
    if (keyword.word == "if")
      return parseGuard(parserOf(kind));
    return parseKeywordStatement(keyword.word);
  }
  if (atAssignment()) {
    llvm::StringRef name = current().text;
    report(DiagnosticCode::P3, current().range(),
           quoted(name) + " is assigned outside a handler; an equation begins with `" + name +
               "' =`, a derived quantity with `let " + name + " =`");
    inherited = VariableKeyword::State; // of which nothing will be asked; for the rest of the line too
    return parseVariable(*inherited);
  }
  llvm::SmallVector<llvm::StringRef, 16> words;
  for (const ModelKeyword &keyword : modelKeywords)
    if (keyword.kinds.contains(nameOf(kind).front()))
      words.push_back(keyword.word);
  return rejectStatement(withArticle(kind), words);
}

Stmt *Parser::parseKeywordStatement(llvm::StringRef keyword) {
  using Parse = Stmt *(Parser::*)();
  Parse parse = llvm::StringSwitch<Parse>(keyword)
                    .Case("then", &Parser::parseEquation)
                    .Case("spike", &Parser::parseSpike)
                    .Case("refractory", &Parser::parseRefractory)
                    .Case("method", &Parser::parseMethod)
                    .Case("on", &Parser::parseHandler)
                    .Case("every", &Parser::parsePeriodic)
                    .Case("use", &Parser::parseUse)
                    .Case("keep", &Parser::parseKeep)
                    .Case("surrogate", &Parser::parseSurrogate)
                    .Cases({"output", "current"}, &Parser::parseResult)
                    .Default(nullptr);
  if (parse)
    return (this->*parse)();
  if (keyword == "shared" && peek().isWord("state"))
    return parseVariable(VariableKeyword::State);
  if (std::optional<VariableKeyword> variable = variableKeyword())
    return parseVariable(*variable);
  advance();
  reportExpected("a name");
  return nullptr;
}

/// `on pre { ... }`, `on post { ... }`, `on D { ... }` and `on c > 1 { ... }` of a plasticity rule.
Stmt *Parser::parseSynapticHandler(StatementParser parseStatement) {
  auto *handler = make<HandlerStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  bool isName = atWord("pre") || atWord("post") || (at(TokenKind::Identifier) && peek().is(TokenKind::LeftBrace));
  if (isName || at(TokenKind::LeftBrace))
    handler->event = parseName("`pre`, `post` or a modulator");
  else
    handler->condition = parseExpr();
  handler->body = parseBlock(parseStatement);
  handler->range = rangeFrom(begin);
  return handler;
}

/// An assignment, `release u * x` or `deliver`.
Stmt *Parser::parseRuleHandlerStatement() {
  if (atWord("deliver") && !atAssignment()) {
    auto *deliver = make<DeliverStmt>(current().range());
    advance();
    return deliver;
  }
  if (!atKeyword("release"))
    return parseHandlerStatement();
  auto *release = make<ReleaseStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  release->value = parseExpr();
  release->range = rangeFrom(begin);
  return release;
}

/// `keep w in 0 .. w_max`
Stmt *Parser::parseKeep() {
  auto *keep = make<KeepStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  keep->variable = parseName("the name of the weight or of a state");
  if (!acceptWord("in"))
    reportExpected("`in`");
  keep->low = parseArithmetic();
  expect(TokenKind::Range, "between the bounds");
  keep->high = parseArithmetic();
  keep->range = rangeFrom(begin);
  if (keep->variable)
    return keep;
  return nullptr;
}

llvm::StringRef ast::spelling(AssignOp op) {
  static constexpr llvm::StringLiteral spellings[] = {"=", "+=", "-=", "*=", "/=", "~"};
  return spellings[static_cast<unsigned>(op)];
}

/// The operator that `kind` is in an assignment.
static std::optional<AssignOp> assignOperator(TokenKind kind) {
  switch (kind) {
  case TokenKind::Equal:
    return AssignOp::Set;
  case TokenKind::PlusEqual:
    return AssignOp::Add;
  case TokenKind::MinusEqual:
    return AssignOp::Sub;
  case TokenKind::StarEqual:
    return AssignOp::Mul;
  case TokenKind::SlashEqual:
    return AssignOp::Div;
  case TokenKind::Tilde:
    return AssignOp::Draw;
  default:
    return std::nullopt;
  }
}

bool Parser::atAssignment() const {
  if (!at(TokenKind::Identifier))
    return false;
  bool selects = peek().is(TokenKind::Dot) || (peek().is(TokenKind::LeftBracket) && !peek().blankBefore);
  return selects || assignOperator(peek().kind).has_value();
}

Stmt *Parser::parseAssignment() {
  auto *assignment = make<AssignmentStmt>(current().range());
  llvm::SMLoc begin = here();
  assignment->target = parsePostfix();
  if (std::optional<AssignOp> op = assignOperator(current().kind)) {
    assignment->op = *op;
    assignment->opRange = current().range();
    advance();
    assignment->value = *op == AssignOp::Draw ? parseDraw() : parseExpr();
  } else {
    reportExpected("`=`");
    assignment->value = missing();
  }
  assignment->range = rangeFrom(begin);
  return assignment;
}

Stmt *Parser::parseHandlerStatement() {
  for (llvm::StringRef ofRules : {"release", "deliver"})
    if (atKeyword(ofRules))
      return skipMisplaced(ofRules);
  if (!atAssignment())
    return rejectStatement("a handler", {});
  auto *assignment = static_cast<AssignmentStmt *>(parseAssignment());
  if (assignment->op == AssignOp::Draw)
    report(DiagnosticCode::P3, assignment->opRange,
           "a handler assigns with `=`; `randn()` and its kin draw numbers there");
  return assignment;
}

Stmt *Parser::parseSettingsStatement() {
  if (atInheritedVariable())
    return parseVariable(*inherited);
  if (atKeyword("let") && variableKeyword())
    return parseVariable(VariableKeyword::Let);
  if (atKeyword("method"))
    return parseMethod();
  bool isPosition = atWord("position") && (peek().is(TokenKind::Equal) || peek().is(TokenKind::Tilde) || peek().text == "in");
  if (isPosition)
    return parsePosition();
  if (!atAssignment())
    return rejectStatement("the settings of a model", {"let", "position"});
  auto *assignment = static_cast<AssignmentStmt *>(parseAssignment());
  if (assignment->op != AssignOp::Set && assignment->op != AssignOp::Draw)
    report(DiagnosticCode::P3, assignment->opRange,
           "a setting is given by `=` or `~`, not by `" + spelling(assignment->op) + "`");
  return assignment;
}

} // namespace snn
