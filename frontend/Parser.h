// Tokens -> syntax tree.

#ifndef SNN_FRONTEND_PARSER_H
#define SNN_FRONTEND_PARSER_H

#include "frontend/AST.h"
#include "frontend/Diagnostics.h"
#include "frontend/Token.h"

#include <memory>

namespace snn {

/// Parses what `lex` made of a file, in linear time. Errors (P1 ...) go to `diagnostics`: at most one per statement, and
/// none that follows from an earlier one. What could not be parsed is marked in the tree. Never null.
std::unique_ptr<ast::File> parse(const TokenList &tokens, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_PARSER_H
