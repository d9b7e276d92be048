// What follows from brackets: which of them are missing, and which line breaks end a statement.

#ifndef SNN_FRONTEND_BRACKETS_H
#define SNN_FRONTEND_BRACKETS_H

#include "frontend/Diagnostics.h"
#include "frontend/Token.h"

namespace snn {

/// Reports brackets without a partner (L8). Afterwards brackets balance: a lone one has become an `Error` token, and
/// the end of a block that was forgotten has been added. Brackets nested too deep (L9) end the list.
void balanceBrackets(std::vector<Token> &tokens, Diagnostics &diagnostics);

/// Removes the line breaks that do not end a statement: those between `(` or `[` and their partners, after an operator,
/// and repeated ones. A `;` between such brackets is an error (L2).
void dropContinuations(std::vector<Token> &tokens, Diagnostics &diagnostics);

/// True if a statement cannot end behind `token`, so that the end of a line does not end it.
bool continuesStatement(const Token &token);

} // namespace snn

#endif // SNN_FRONTEND_BRACKETS_H
