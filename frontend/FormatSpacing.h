// Blanks between words, and where a line may be broken.

#ifndef SNN_FRONTEND_FORMATSPACING_H
#define SNN_FRONTEND_FORMATSPACING_H

#include "frontend/FormatTree.h"

#include "llvm/ADT/ArrayRef.h"

namespace snn::layout {

/// Decides `blanks` and `breakBehind` of the words of a statement, or of a part of one.
///
/// Signs, calls, selections and what is inside a unit touch; a factor touches its neighbour where the product is a term
/// of a sum, as in `a*b + c`, unless a unit would be misread there; everything else has a blank around it. None of this
/// depends on the blanks in the source, except where those have a meaning (`x[2]`, `[1 -1]`).
void space(llvm::MutableArrayRef<Word> words);

} // namespace snn::layout

#endif // SNN_FRONTEND_FORMATSPACING_H
