// The statements of `simulate`.

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

llvm::StringRef ast::spelling(OptionKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"dt", "duration", "seed", "precision", "batch", "epochs"};
  return spellings[static_cast<unsigned>(keyword)];
}

Stmt *Parser::parseExperimentStatement() {
  if (atInheritedVariable())
    return parseVariable(*inherited);
  for (OptionKeyword keyword :
       {OptionKeyword::Dt, OptionKeyword::Duration, OptionKeyword::Seed, OptionKeyword::Precision, OptionKeyword::Batch})
    if (atKeyword(spelling(keyword)))
      return parseOption(keyword);
  if (atKeyword("method"))
    return parseMethod();
  if (atKeyword("record"))
    return parseRecord();
  if (atWord("let") && variableKeyword())
    return parseVariable(VariableKeyword::Let);
  if (atKeyword("set"))
    return parseSet();
  if (atKeyword("stop"))
    return parseStop();
  for (llvm::StringRef keyword : {"save", "load"})
    if (atKeyword(keyword))
      return parseWeightFile(keyword == "load");
  if (atKeyword("at"))
    return parseTimed(TimedKeyword::At);
  if (atKeyword("every"))
    return parseTimed(TimedKeyword::Every);
  if (atKeyword("then"))
    return parseTimed(TimedKeyword::Then);
  if (atAssignment())
    return parseAssignment();
  return rejectStatement("an experiment", {"dt", "duration", "seed", "precision", "batch", "method", "record", "let", "set", "stop",
                                           "at", "every", "then", "save", "load"});
}

Stmt *Parser::parseOption(OptionKeyword keyword) {
  auto *option = make<OptionStmt>(current().range());
  llvm::SMLoc begin = here();
  option->keyword = keyword;
  advance();
  option->value = parseExpr();
  if (keyword == OptionKeyword::Batch && acceptWord("redraw")) {
    option->redraws = true;
    if (!acceptWord("connectivity"))
      reportExpected("`connectivity` behind `redraw`");
  }
  option->range = rangeFrom(begin);
  return option;
}

Stmt *Parser::parseRecord() {
  auto *record = make<RecordStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  record->isMean = atWord("mean") && peek().is(TokenKind::Identifier) && !peek().isWord("of");
  if (record->isMean)
    advance();
  llvm::SmallVector<Name, 4> what;
  do
    what.push_back(parsePath("`spikes`, `rate` or the name of a variable"));
  while (!condition.recovering && accept(TokenKind::Comma));
  record->what = keep(what);
  if (!acceptWord("of"))
    reportExpected("`of` and a population or group");
  record->group = parseGroupExpr();
  parseRecordModifiers(*record);
  record->range = rangeFrom(begin);
  return record;
}

/// `every 1 ms from 200 ms until 1 s`, in any order.
void Parser::parseRecordModifiers(RecordStmt &record) {
  while (!condition.recovering && (atWord("every") || atWord("from") || atWord("until"))) {
    llvm::StringRef modifier = current().text;
    const Expr *&time = modifier == "every" ? record.every : modifier == "from" ? record.from : record.until;
    if (time)
      report(DiagnosticCode::P9, current().range(), "`" + modifier + "` is given twice");
    advance();
    time = parseExpr();
  }
}

} // namespace snn
