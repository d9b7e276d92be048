// Source text -> tokens.

#ifndef SNN_FRONTEND_LEXER_H
#define SNN_FRONTEND_LEXER_H

#include "frontend/Diagnostics.h"
#include "frontend/Token.h"

#include "llvm/Support/SourceMgr.h"

namespace snn {

/// Bytes that a source may have (L10), which bounds what checking it can take.
constexpr size_t longestText = 32'000'000;

/// Splits the buffer into tokens, in linear time. Errors (L1 ...) go to `diagnostics`; the list is usable all the same.
TokenList lex(const llvm::SourceMgr &sources, unsigned bufferId, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_LEXER_H
