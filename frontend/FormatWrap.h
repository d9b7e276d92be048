// Statements that take more than one line.

#ifndef SNN_FRONTEND_FORMATWRAP_H
#define SNN_FRONTEND_FORMATWRAP_H

#include "frontend/FormatTree.h"

#include "llvm/ADT/ArrayRef.h"

namespace snn::layout {

/// A line of the result.
struct OutputLine {
  unsigned indentation = 0;
  std::string text;        ///< empty where there is only a comment
  llvm::StringRef comment; ///< empty: none
  bool blankLineBefore = false;
};

constexpr unsigned indentationStep = 4;

/// Text of words on one line.
std::string textOf(llvm::ArrayRef<Word> words);

/// True if a bracket in `words` stays open over several lines, because the author broke the line behind it, or a comment
/// stands between two words.
bool isMultiline(llvm::ArrayRef<Word> words);

/// Position of the `(` of the call that is the whole value of a statement, as in `synapse Expon(...)` and
/// `w ~ normal(...)`, or 0. Where the statement is too wide, its arguments get a line each.
size_t findLastCall(llvm::ArrayRef<Word> words);

/// Appends the lines of a statement, or of what stands in front of its block, for which `reserved` columns are left free.
/// The comments above the first word and behind the last are the caller's.
void wrapWords(llvm::MutableArrayRef<Word> words, unsigned indentation, unsigned reserved,
               std::vector<OutputLine> &output);

} // namespace snn::layout

#endif // SNN_FRONTEND_FORMATWRAP_H
