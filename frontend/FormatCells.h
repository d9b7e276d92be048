// What stands below each other in neighbouring lines.

#ifndef SNN_FRONTEND_FORMATCELLS_H
#define SNN_FRONTEND_FORMATCELLS_H

#include "frontend/FormatTree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace snn::layout {

/// Lines are at most this wide where they can be; comments do not count.
constexpr unsigned lineWidth = 100;

/// A part of a line that starts where the parts with the same key in neighbouring lines start.
struct Cell {
  Word *first;
  unsigned key;   ///< ascending within a row
  unsigned width; ///< up to the next cell, without blanks at the end
};

/// A line, cut into cells. Lines of the same nonempty `kind` below each other are aligned.
struct Row {
  llvm::SmallVector<Cell, 4> cells;
  std::string kind;
  unsigned width = 0; ///< of the whole line, without indentation and before alignment
};

/// What the statements of a block are about, as far as their layout depends on it.
enum class Surroundings {
  Declarations, ///< of models, networks and experiments, and settings
  Handler,      ///< assignments, executed one after the other
  Projection,   ///< clauses
};

/// Surroundings of the statements in a block that begins with `header`.
Surroundings surroundingsIn(llvm::ArrayRef<Word> header);

/// Widens the blanks behind the keyword of a clause that has a line of its own: `weight  6 nS` below `connect ...`.
void padClause(Line &line);

/// Cuts a line whose statements have no opened block or bracket. Sets the blanks that cells have without alignment.
Row cutRow(Line &line, Surroundings surroundings);

/// Widens the blanks before cells so that equal keys start in one column, unless a row would become wider than `limit`.
void alignRows(llvm::MutableArrayRef<Row> rows, unsigned limit);

/// Position of the `=` or `~` outside of brackets, or 0.
size_t findValue(llvm::ArrayRef<Word> words);

/// Width of words on one line.
unsigned widthOf(llvm::ArrayRef<Word> words);

} // namespace snn::layout

#endif // SNN_FRONTEND_FORMATCELLS_H
