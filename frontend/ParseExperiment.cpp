// The statements of `simulate`.

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

llvm::StringRef ast::spelling(OptionKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"dt", "duration", "seed", "precision"};
  return spellings[static_cast<unsigned>(keyword)];
}

Stmt *Parser::parseExperimentStatement() {
  if (atInheritedVariable())
    return parseVariable(*inherited);
  for (OptionKeyword keyword :
       {OptionKeyword::Dt, OptionKeyword::Duration, OptionKeyword::Seed, OptionKeyword::Precision})
    if (atKeyword(spelling(keyword)))
      return parseOption(keyword);
  if (atKeyword("method"))
    return parseMethod();
  if (atKeyword("record"))
    return parseRecord();
  if (atWord("let") && variableKeyword())
    return parseVariable(VariableKeyword::Let);
  for (llvm::StringRef later : {"batch", "set", "at", "every", "stop", "then"})
    if (atKeyword(later))
      return skipUnsupported(later);
  if (atAssignment())
    return parseAssignment();
  return rejectStatement("an experiment", {"dt", "duration", "seed", "precision", "method", "record", "let"});
}

Stmt *Parser::parseOption(OptionKeyword keyword) {
  auto *option = make<OptionStmt>(current().range());
  llvm::SMLoc begin = here();
  option->keyword = keyword;
  advance();
  option->value = parseExpr();
  option->range = rangeFrom(begin);
  return option;
}

Stmt *Parser::parseRecord() {
  auto *record = make<RecordStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  if (atWords("rate", "of"))
    reportUnsupported("record rate", rangeFrom(begin));
  llvm::SmallVector<Name, 4> what;
  do
    what.push_back(parsePath("`spikes` or the name of a variable"));
  while (!condition.recovering && accept(TokenKind::Comma));
  record->what = keep(what);
  if (!acceptWord("of"))
    reportExpected("`of` and a population or group");
  record->group = parseGroupExpr();
  while (!condition.recovering && (atWord("every") || atWord("from"))) {
    llvm::StringRef modifier = current().text;
    const Expr *&time = modifier == "every" ? record->every : record->from;
    if (time)
      report(DiagnosticCode::P9, current().range(), "`" + modifier + "` is given twice");
    advance();
    time = parseExpr();
  }
  record->range = rangeFrom(begin);
  return record;
}

} // namespace snn
