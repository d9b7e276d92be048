// Populations, groups and projections.

#include "frontend/ParserImpl.h"

#include "llvm/ADT/StringSwitch.h"

namespace snn {

using namespace ast;

Stmt *Parser::parseNetworkStatement() {
  if (atInheritedVariable())
    return parseVariable(*inherited);
  if (inheritsIndex && at(TokenKind::Identifier) && peek().is(TokenKind::Equal))
    return parseIndexSet(here());
  for (llvm::StringRef word : {"param", "const", "let"})
    if (atWord(word) && variableKeyword())
      return parseVariable(*variableKeyword());
  if (atKeyword("index"))
    return parseIndex();
  if (atKeyword("table"))
    return parseTable();
  return parseStructure("a network");
}

/// What a `for` or `if` of a network may hold too. `where` is the block, for messages.
Stmt *Parser::parseStructure(llvm::StringRef where) {
  if (atWord("population"))
    return parsePopulation();
  if (atKeyword("group"))
    return parseGroup();
  if (atWord("project") || atKeyword("gap_junction"))
    return parseProjection();
  if (atKeyword("for"))
    return parseFor();
  if (atWord("if"))
    return parseIf();
  if (atKeyword("part"))
    return parsePart();
  if (atKeyword("source"))
    return parseSource();
  return rejectStatement(where, {"population", "group", "project", "gap_junction", "for", "if", "part", "source", "index", "table", "param", "const", "let"});
}

/// `Expon(tau = 5 ms)`
ModelUse Parser::parseModelUse(const llvm::Twine &what) {
  ModelUse use;
  llvm::SMLoc begin = here();
  use.model = parseName(what);
  if (at(TokenKind::LeftParen))
    use.arguments = parseArguments();
  use.range = rangeFrom(begin);
  return use;
}

Stmt *Parser::parsePopulation() {
  auto *population = make<PopulationStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  population->name = parseName("the name of the population");
  population->indices = parseIndices();
  expect(TokenKind::Equal, "behind the name of the population");
  population->model = parseModelUse();
  if (expect(TokenKind::LeftBracket, "and the number of neurons behind the model")) {
    population->size = parseExpr();
    expect(TokenKind::RightBracket, "behind the number of neurons");
  } else {
    population->size = missing();
  }
  population->settings = parseOptionalBlock(&Parser::parseSettingsStatement);
  population->range = rangeFrom(begin);
  if (population->name)
    return population;
  return nullptr;
}

/// True if what stands between the brackets here are indices: `source inp[a][700]`, where `inp[700]` is the size.
bool Parser::atIndices() const {
  if (!at(TokenKind::LeftBracket))
    return false;
  size_t next = 1;
  while (peek(next).is(TokenKind::Identifier) || peek(next).is(TokenKind::Comma))
    ++next;
  return peek(next).is(TokenKind::RightBracket) && peek(next + 1).is(TokenKind::LeftBracket);
}

/// `source inp[700]`: neurons of the library's model for spikes that are given.
Stmt *Parser::parseSource() {
  auto *source = make<PopulationStmt>(current().range());
  llvm::SMLoc begin = here();
  source->isSource = true;
  source->model.model = {"SpikeSource", current().range()};
  source->model.range = current().range();
  advance();
  source->name = parseName("the name of the source");
  if (atIndices())
    source->indices = parseIndices();
  if (expect(TokenKind::LeftBracket, "and the number of neurons behind the name of the source")) {
    source->size = parseExpr();
    expect(TokenKind::RightBracket, "behind the number of neurons");
  } else {
    source->size = missing();
  }
  source->settings = parseOptionalBlock(&Parser::parseSettingsStatement);
  source->range = rangeFrom(begin);
  if (source->name)
    return source;
  return nullptr;
}

Expr *Parser::parseGroupExpr() {
  if (at(TokenKind::Identifier))
    return parsePostfix();
  reportExpected("the name of a population or group");
  return missing();
}

Stmt *Parser::parseGroup() {
  auto *group = make<GroupStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  group->name = parseName("the name of the group");
  group->indices = parseIndices();
  expect(TokenKind::Equal, "behind the name of the group");
  group->members = parseGroupExpr();
  group->range = rangeFrom(begin);
  if (group->name)
    return group;
  return nullptr;
}

Stmt *Parser::parseProjection() {
  auto *projection = make<ProjectionStmt>(current().range());
  llvm::SMLoc begin = here();
  bool isGapJunction = !atWord("project");
  advance();
  projection->source = parseGroupExpr();
  if (isGapJunction && accept(TokenKind::BothWays)) {
    projection->coupling = Coupling::MutualGapJunction;
  } else {
    projection->coupling = isGapJunction ? Coupling::GapJunction : Coupling::Events;
    expect(TokenKind::Arrow, isGapJunction ? "or `<->` between the ends of a gap junction" : "behind the source of the projection");
  }
  projection->target = parseGroupExpr();
  if (acceptWord("as")) {
    projection->alias = parseName("the name of the projection");
    projection->indices = parseIndices();
  }
  projection->body = parseOptionalBlock(&Parser::parseProjectionStatement);
  projection->range = rangeFrom(begin);

  // A clause that is given twice would leave open which one counts.
  const ClauseStmt *seen[5] = {}; // of all but `plasticity` and `modulator`
  for (const Stmt *statement : projection->body.statements) {
    auto *clause = llvm::dyn_cast<ClauseStmt>(statement);
    if (!clause || clause->keyword == ClauseKeyword::Plasticity || clause->keyword == ClauseKeyword::Modulator)
      continue;
    const ClauseStmt *&first = seen[static_cast<unsigned>(clause->keyword)];
    if (first)
      if (Diagnostic *diagnostic = report(DiagnosticCode::P9, clause->range,
                                          "`" + spelling(clause->keyword) + "` is given twice for this projection"))
        diagnostic->note(first->range, "it is given here first");
    if (!first)
      first = clause;
  }
  return projection;
}

llvm::StringRef ast::spelling(ClauseKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"connect", "weight",  "delay",
                                                      "synapse", "output",  "plasticity", "modulator"};
  return spellings[static_cast<unsigned>(keyword)];
}

Stmt *Parser::parseProjectionStatement() {
  if (atInheritedVariable())
    return parseVariable(*inherited);
  for (ClauseKeyword keyword : {ClauseKeyword::Connect, ClauseKeyword::Weight, ClauseKeyword::Delay,
                                ClauseKeyword::Synapse, ClauseKeyword::Output, ClauseKeyword::Plasticity})
    if (atWord(spelling(keyword)))
      return parseClause(keyword);
  if (atWord("let") && variableKeyword())
    return parseVariable(VariableKeyword::Let);
  if (atKeyword("modulator"))
    return parseModulator();
  return rejectStatement("a projection", {"connect", "weight", "delay", "synapse", "output", "plasticity", "modulator", "let"});
}

/// `modulator D = DA`
Stmt *Parser::parseModulator() {
  auto *clause = make<ClauseStmt>(current().range());
  llvm::SMLoc begin = here();
  clause->keyword = ClauseKeyword::Modulator;
  advance();
  clause->name = parseName("what the rules call the modulator");
  expect(TokenKind::Equal, "between the name and the group");
  clause->value = parseGroupExpr();
  clause->range = rangeFrom(begin);
  if (clause->name)
    return clause;
  return nullptr;
}

/// A rule, or `where CONDITION` or `like NAME`, which become calls.
Expr *Parser::parseConnect() {
  bool isWhere = atWord("where");
  if (!isWhere && !(atWord("like") && peek().is(TokenKind::Identifier)))
    return parsePostfix();
  llvm::SMLoc begin = here();
  Name callee{current().text, current().range()};
  advance();
  Argument argument;
  argument.value = isWhere ? parseExpr() : parsePostfix();
  auto *call = make<CallExpr>(rangeFrom(begin));
  call->callee = callee;
  call->arguments = keep(llvm::SmallVector<Argument, 1>{argument});
  return bounded(call, {argument.value});
}

/// `position in grid(64, 64, 50 um) periodic`
Stmt *Parser::parsePosition() {
  auto *stmt = make<PositionStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  if (accept(TokenKind::Tilde)) {
    stmt->value = parseDraw();
  } else {
    advance(); // `in` or `=`
    stmt->value = parseExpr();
  }
  if (atWord("periodic")) {
    stmt->periodic = current().range();
    advance();
  }
  stmt->range = rangeFrom(begin);
  return stmt;
}

/// What stands behind `normalised`: `per target to 2 nS`.
const Expr *Parser::parseTotal() {
  for (llvm::StringRef word : {"per", "target", "to"})
    if (!acceptWord(word)) {
      reportExpected("`per target to` and the sum of the weights of a target");
      return missing();
    }
  return parseExpr();
}

Stmt *Parser::parseClause(ClauseKeyword keyword) {
  auto *clause = make<ClauseStmt>(current().range());
  llvm::SMLoc begin = here();
  clause->keyword = keyword;
  advance();
  if (at(TokenKind::Equal)) {
    Diagnostic *diagnostic = report(DiagnosticCode::P1, current().range(),
                                    "a clause has no `=` between `" + spelling(keyword) + "` and what it says");
    if (diagnostic)
      diagnostic->fixIt({current().range().Start, peek().range().Start}, "");
    advance();
  }
  if (keyword == ClauseKeyword::Synapse || keyword == ClauseKeyword::Output || keyword == ClauseKeyword::Plasticity) {
    clause->model = parseModelUse();
  } else if (keyword == ClauseKeyword::Connect) {
    clause->value = parseConnect();
  } else {
    clause->value = accept(TokenKind::Tilde) ? parseDraw() : parseExpr();
    if (keyword == ClauseKeyword::Delay && (atWord("dendritic") || atWord("axonal")))
      clause->share = parseName("`dendritic` or `axonal`");
    if (keyword == ClauseKeyword::Weight && acceptWord("normalised"))
      clause->total = parseTotal();
    if (keyword == ClauseKeyword::Weight && atWord("trainable")) {
      clause->trainable = current().range();
      advance();
    }
  }
  clause->range = rangeFrom(begin);
  return clause;
}

} // namespace snn
