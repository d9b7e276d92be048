// Bodies of neurons, synapses and outputs, and the assignments of handlers and settings.

#include "frontend/ParserImpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace snn {

using namespace ast;

/// A statement that one or more kinds of model have.
namespace {
struct ModelKeyword {
  llvm::StringLiteral word;
  llvm::StringLiteral kinds; ///< n: neuron, s: synapse, o: output, p: plasticity; empty: none of them yet
};
} // namespace

static constexpr ModelKeyword modelKeywords[] = {
    {"param", "nsop"},   {"const", "nsop"}, {"let", "nsop"},  {"state", "nsp"}, {"input", "no"},
    {"weight", "sp"},    {"pre", "sop"},    {"post", "sop"},  {"then", "nsp"},  {"spike", "n"},
    {"refractory", "n"}, {"method", "nsp"}, {"on", "sp"},     {"output", "s"},  {"current", "o"},
    {"keep", "p"},       {"every", ""},     {"surrogate", ""}, {"use", ""},     {"shared", ""},
    {"if", ""},          {"release", ""},   {"deliver", ""},  {"syn", ""},      {"modulator", ""},
};

static llvm::StringRef nameOf(DefinitionKeyword kind) {
  static constexpr llvm::StringLiteral names[] = {"neuron", "synapse", "output", "plasticity"};
  return names[static_cast<unsigned>(kind)];
}

static llvm::StringRef withArticle(DefinitionKeyword kind) {
  static constexpr llvm::StringLiteral names[] = {"a neuron", "a synapse", "an output", "a plasticity rule"};
  return names[static_cast<unsigned>(kind)];
}

Stmt *Parser::parseNeuronStatement() { return parseModelStatement(DefinitionKeyword::Neuron); }
Stmt *Parser::parseSynapseStatement() { return parseModelStatement(DefinitionKeyword::Synapse); }
Stmt *Parser::parseOutputStatement() { return parseModelStatement(DefinitionKeyword::Output); }
Stmt *Parser::parsePlasticityStatement() { return parseModelStatement(DefinitionKeyword::Plasticity); }

Stmt *Parser::parseModelStatement(DefinitionKeyword kind) {
  bool isResult = kind == DefinitionKeyword::Output && atWord("current") && peek().is(TokenKind::Equal);
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
      return skipUnsupported(keyword.word);
    if (keyword.word == "on" && kind == DefinitionKeyword::Plasticity)
      return parseRuleHandler();
    // A neuron will have handlers of other events than a synapse: `on step`, `on ex`.
    if (keyword.word == "on" && kind != DefinitionKeyword::Output && !peek().isWord("pre"))
      return skipUnsupported(peek().is(TokenKind::Identifier) ? ("on " + peek().text).str() : "on");
    if (!keyword.kinds.contains(nameOf(kind).front()))
      report(DiagnosticCode::P3, current().range(), "`" + keyword.word + "` does not belong in " + withArticle(kind));
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
                    .Case("keep", &Parser::parseKeep)
                    .Cases({"output", "current"}, &Parser::parseResult)
                    .Default(nullptr);
  if (parse)
    return (this->*parse)();
  if (std::optional<VariableKeyword> variable = variableKeyword())
    return parseVariable(*variable);
  advance();
  reportExpected("a name");
  return nullptr;
}

Stmt *Parser::parseEquation() {
  auto *equation = make<EquationStmt>(current().range());
  llvm::SMLoc begin = here();
  equation->startsGroup = acceptWord("then");
  equation->state = parseName("the name of a state");
  expect(TokenKind::Prime, "behind the state of an equation");
  expect(TokenKind::Equal, "behind `'`");
  equation->value = parseExpr();
  if (atWord("method"))
    equation->method = parseMethodClause();
  equation->range = rangeFrom(begin);
  if (equation->state)
    return equation;
  return nullptr;
}

MethodClause Parser::parseMethodClause() {
  llvm::SMLoc begin = here();
  advance();
  MethodClause method;
  method.name = parseName("the name of a method such as `rk4`");
  if (method.name.text == "adaptive")
    reportUnsupported("adaptive", method.name.range);
  if (atWord("steps"))
    reportUnsupported("steps", current().range());
  method.range = rangeFrom(begin);
  return method;
}

Stmt *Parser::parseMethod() {
  auto *statement = make<MethodStmt>(current().range());
  statement->method = parseMethodClause();
  statement->range = statement->method.range;
  return statement;
}

Stmt *Parser::parseSpike() {
  auto *spike = make<SpikeStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  if (acceptWord("when")) {
    spike->condition = parseExpr();
    if (acceptWord("crosses")) {
      spike->form = SpikeKeyword::Crossing;
      spike->threshold = parseExpr();
    }
  } else if (atWords("at", "rate")) {
    advance();
    advance();
    spike->form = SpikeKeyword::Rate;
    spike->condition = parseExpr();
    if (accept(TokenKind::Comma)) {
      spike->multiple = acceptWord("multiple");
      if (!spike->multiple)
        reportExpected("`multiple`");
    }
  } else {
    reportExpected("`when` or `at rate`");
    spike->condition = missing();
  }
  spike->reset = parseOptionalBlock(&Parser::parseHandlerStatement);
  spike->range = rangeFrom(begin);
  return spike;
}

Stmt *Parser::parseRefractory() {
  auto *refractory = make<RefractoryStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  refractory->duration = parseExpr();
  refractory->full = acceptWord("full");
  if (acceptWord("holding")) {
    llvm::SmallVector<Name, 4> held;
    do
      held.push_back(parseName("the name of a state"));
    while (!condition.recovering && accept(TokenKind::Comma));
    refractory->held = keep(held);
  } else if (!atStatementEnd() && !at(TokenKind::LeftBrace)) {
    reportExpected("`holding`");
  }
  refractory->atEnd = parseOptionalBlock(&Parser::parseHandlerStatement);
  refractory->range = rangeFrom(begin);
  return refractory;
}

Stmt *Parser::parseHandler() {
  auto *handler = make<HandlerStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  handler->event = parseName("the name of an event");
  handler->body = parseBlock(&Parser::parseHandlerStatement);
  handler->range = rangeFrom(begin);
  return handler;
}

/// `on pre { ... }` and `on post { ... }` of a plasticity rule.
Stmt *Parser::parseRuleHandler() {
  if (!peek().isWord("pre") && !peek().isWord("post"))
    return skipUnsupported(peek().is(TokenKind::Identifier) ? ("on " + peek().text).str() : "on");
  auto *handler = make<HandlerStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  handler->event = parseName("`pre` or `post`");
  handler->body = parseBlock(&Parser::parseRuleHandlerStatement);
  handler->range = rangeFrom(begin);
  return handler;
}

/// An assignment, or `release u * x`.
Stmt *Parser::parseRuleHandlerStatement() {
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

Stmt *Parser::parseResult() {
  auto *result = make<ResultStmt>(current().range());
  llvm::SMLoc begin = here();
  bool isCurrent = atWord("current");
  advance();
  if (isCurrent)
    expect(TokenKind::Equal, "behind `current`");
  result->value = parseExpr();
  result->range = rangeFrom(begin);
  return result;
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
  for (llvm::StringRef later : {"release", "deliver"})
    if (atKeyword(later))
      return skipUnsupported(later);
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
  if (atKeyword("position") || atKeyword("periodic"))
    return skipUnsupported(current().text);
  if (!atAssignment())
    return rejectStatement("the settings of a model", {"let"});
  auto *assignment = static_cast<AssignmentStmt *>(parseAssignment());
  if (assignment->op != AssignOp::Set && assignment->op != AssignOp::Draw)
    report(DiagnosticCode::P3, assignment->opRange,
           "a setting is given by `=` or `~`, not by `" + spelling(assignment->op) + "`");
  return assignment;
}

} // namespace snn
