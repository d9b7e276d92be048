// `save weights of EN "weights.h5"`, `load weights of EN "weights.h5"`

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

Stmt *Parser::parseWeightFile(bool loads) {
  auto *statement = make<WeightFileStmt>(current().range());
  llvm::SMLoc begin = here();
  llvm::StringRef keyword = loads ? "load" : "save";
  statement->loads = loads;
  advance();
  if (!acceptWord("weights"))
    reportExpected("`weights`, as in `" + keyword + " weights of EN \"weights.h5\"`");
  llvm::SmallVector<const Expr *, 4> projections;
  if (!condition.recovering && acceptWord("of"))
    do
      projections.push_back(parseGroupExpr());
    while (!condition.recovering && accept(TokenKind::Comma));
  statement->projections = keep(projections);
  if (!condition.recovering && !at(TokenKind::Text))
    reportExpected(!loads && projections.empty() ? "`of` and a projection, or a file such as `\"weights.h5\"`"
                   : projections.empty()         ? "`of` and a projection"
                                                 : "a file such as `\"weights.h5\"`");
  statement->file = condition.recovering ? missing() : parsePrimary();
  statement->range = rangeFrom(begin);
  return statement;
}

} // namespace snn
