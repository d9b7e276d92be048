// Which bracket is wrong, where brackets do not pair up.
//
// Matching from left to right finds that something is wrong, often far from the mistake: a `(` typed for a `{` shows at
// the end of the file. So the changes that a slip of the fingers makes (a bracket too many, too few, of another kind)
// are undone one at a time, each is judged by how well brackets pair up and agree with lines and indentation, and the
// best one is taken to be the mistake.

#ifndef SNN_FRONTEND_BRACKETREPAIR_H
#define SNN_FRONTEND_BRACKETREPAIR_H

#include "frontend/Diagnostics.h"
#include "frontend/Token.h"

namespace snn {

/// Makes the brackets of `tokens`, one definition with its block, pair up, and reports an error per change. Changes
/// nothing and returns false where no few changes do it, or the definition is too long to try.
bool repairBrackets(std::vector<Token> &tokens, Diagnostics &diagnostics);

bool isOpeningBracket(TokenKind kind);
/// The closing bracket for an opening one, and the other way round; `Error` for everything else.
TokenKind partnerOfBracket(TokenKind kind);

} // namespace snn

#endif // SNN_FRONTEND_BRACKETREPAIR_H
