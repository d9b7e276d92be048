#include "frontend/FormatWrap.h"

#include "frontend/FormatCells.h"

#include "llvm/ADT/SmallVector.h"

namespace snn::layout {

std::string textOf(llvm::ArrayRef<Word> words) {
  std::string text;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0)
      text.append(words[i].blanks, ' ');
    text += words[i].text();
  }
  return text;
}

/// True if the author broke the line behind the bracket `words[i]`.
static bool isOpenedBehind(llvm::ArrayRef<Word> words, size_t i) {
  return words[i].isOpening() && i + 1 < words.size() && words[i + 1].startsLine && !words[i + 1].isClosing();
}

bool isMultiline(llvm::ArrayRef<Word> words) {
  for (size_t i = 0; i < words.size(); ++i)
    if ((i > 0 && words[i].above) || (i + 1 < words.size() && !words[i].behind.empty()) || isOpenedBehind(words, i))
      return true;
  return false;
}

namespace {

class Wrapper {
public:
  Wrapper(llvm::MutableArrayRef<Word> words, std::vector<OutputLine> &output)
      : words(words), output(output), partners(words.size(), 0), isOpened(words.size(), false) {
    matchBrackets();
  }

  void run(unsigned indentation, unsigned reserved) {
    size_t call = findLastCall(words);
    if (call && indentation + widthOf(words) + reserved > lineWidth)
      isOpened[call] = true;
    limit = lineWidth - reserved;
    wrap(0, words.size(), indentation);
  }

private:
  void matchBrackets();
  void wrap(size_t begin, size_t end, unsigned indentation);
  void wrapInside(size_t open, unsigned indentation);
  void fill(size_t begin, size_t end, unsigned indentation);
  size_t chooseBreak(size_t begin, size_t end, unsigned column) const;
  bool mustBreakBehind(size_t i, size_t end) const {
    return i + 1 < end && (!words[i].behind.empty() || words[i + 1].above);
  }
  bool endsRow(size_t open, size_t i) const;
  void alignInside(size_t open, llvm::ArrayRef<std::pair<size_t, size_t>> rows, unsigned indentation);
  void addComments(const Word &word, unsigned indentation, bool isFirst);

  llvm::MutableArrayRef<Word> words;
  std::vector<OutputLine> &output;
  std::vector<size_t> partners; ///< of a bracket: position of the other one; else 0
  std::vector<bool> isOpened;   ///< of a `(` or `[`: its contents have lines of their own
  unsigned limit = lineWidth;
  llvm::SmallVector<unsigned, 8> contentColumns; ///< of the brackets that are open where a line is filled
};

} // namespace

void Wrapper::matchBrackets() {
  std::vector<size_t> forcedBreaks(words.size() + 1, 0); // in front of each word
  for (size_t i = 0; i < words.size(); ++i)
    forcedBreaks[i + 1] = forcedBreaks[i] + mustBreakBehind(i, words.size());
  llvm::SmallVector<size_t, 8> open;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].isOpening()) {
      open.push_back(i);
      isOpened[i] = isOpenedBehind(words, i);
    } else if (words[i].isClosing() && !open.empty()) {
      size_t begin = open.pop_back_val();
      partners[begin] = i;
      partners[i] = begin;
      // What is around a comment is opened.
      isOpened[begin] = i > begin + 1 && (isOpened[begin] || forcedBreaks[i] > forcedBreaks[begin]);
    }
  }
  for (size_t i = 0; i < words.size(); ++i)
    if (!partners[i])
      isOpened[i] = false;
}

size_t findLastCall(llvm::ArrayRef<Word> words) {
  size_t depth = 0, begin = 0, end = 0, separators = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].isOpening() && depth++ == 0) {
      begin = i;
      separators = 0;
    } else if (words[i].isClosing() && depth > 0 && --depth == 0) {
      end = i;
    }
    separators += depth == 1 && words[i].is(TokenKind::Comma);
  }
  bool isCall = end + 1 == words.size() && separators > 0 && begin > 1 && words[begin].is(TokenKind::LeftParen) &&
                words[begin - 1].is(TokenKind::Identifier);
  if (!isCall)
    return 0;
  const Word &before = words[begin - 2];
  bool isWhole = before.is(TokenKind::Identifier) || before.is(TokenKind::Equal) || before.is(TokenKind::Tilde);
  return isWhole ? begin : 0;
}

void Wrapper::addComments(const Word &word, unsigned indentation, bool isFirst) {
  if (word.above)
    for (const Comment &comment : *word.above) {
      output.push_back({indentation, "", comment.text, comment.blankLineBefore && !isFirst});
      isFirst = false;
    }
}

void Wrapper::wrap(size_t begin, size_t end, unsigned indentation) {
  size_t pieceBegin = begin;
  for (size_t i = begin; i < end; ++i) {
    if (!isOpened[i] || !words[i].isOpening())
      continue;
    fill(pieceBegin, i + 1, indentation);
    wrapInside(i, indentation + indentationStep);
    pieceBegin = i = partners[i];
  }
  fill(pieceBegin, end, indentation);
}

/// True if the contents of the bracket `open` go on in a new line behind `words[i]`.
bool Wrapper::endsRow(size_t open, size_t i) const {
  // The rows of a table are the author's; arguments have a line each.
  if (words[open].is(TokenKind::LeftParen))
    return words[i].is(TokenKind::Comma);
  bool endsElement = words[i].breakBehind == BreakCost::Separator || words[i].breakBehind == BreakCost::never;
  return words[i + 1].startsLine && endsElement;
}

void Wrapper::wrapInside(size_t open, unsigned indentation) {
  bool isList = words[open].is(TokenKind::LeftBracket);
  llvm::SmallVector<std::pair<size_t, size_t>, 8> rows;
  size_t close = partners[open], begin = open + 1, lastSeparator = 0;
  unsigned column = indentation;
  for (size_t i = begin; i < close; ++i) {
    size_t first = i;
    if (words[i].isOpening() && partners[i])
      i = partners[i];
    column += widthOf(words.slice(first, i + 1 - first)) + (first > begin ? words[first].blanks : 0);
    // A row of a table that is too long goes on in the next.
    if (isList && column > limit && lastSeparator >= begin) {
      rows.push_back({begin, lastSeparator + 1});
      begin = lastSeparator + 1;
      column = indentation + widthOf(words.slice(begin, i + 1 - begin));
    }
    if (i + 1 == close || endsRow(open, i)) {
      rows.push_back({begin, i + 1});
      begin = i + 1;
      column = indentation;
    }
    if (words[i].breakBehind == BreakCost::Separator)
      lastSeparator = i;
  }
  alignInside(open, rows, indentation);
  for (auto [rowBegin, rowEnd] : rows) {
    bool isFirst = rowBegin == open + 1;
    size_t firstLine = output.size();
    addComments(words[rowBegin], indentation, isFirst);
    size_t firstOwn = output.size();
    wrap(rowBegin, rowEnd, indentation);
    bool separates = words[rowBegin].blankLineBefore && !(isFirst && firstLine == firstOwn);
    output[firstOwn].blankLineBefore = separates;
  }
  addComments(words[close], indentation, false);
}

/// Puts the elements of a table below each other, or the values of named arguments.
void Wrapper::alignInside(size_t open, llvm::ArrayRef<std::pair<size_t, size_t>> ranges, unsigned indentation) {
  std::vector<Row> rows;
  for (auto [begin, end] : ranges) {
    llvm::MutableArrayRef<Word> range = words.slice(begin, end - begin);
    size_t value = words[open].is(TokenKind::LeftParen) ? findValue(range) : 0;
    bool isLong = isMultiline(range) || indentation + widthOf(range) > limit;
    if (isLong && !value)
      return;
    Row &row = rows.emplace_back();
    unsigned depth = 0;
    for (size_t i = 0; i < range.size(); ++i) {
      bool isArgument = words[open].is(TokenKind::LeftParen);
      bool beginsCell =
          i == 0 || (depth == 0 && (isArgument ? i == value : range[i - 1].breakBehind == BreakCost::Separator));
      if (beginsCell)
        row.cells.push_back({&range[i], static_cast<unsigned>(row.cells.size()), 0});
      row.cells.back().width += range[i].width() + (beginsCell ? 0 : range[i].blanks);
      depth += range[i].isOpening();
      depth -= range[i].isClosing() && depth;
    }
    if (isLong)
      row.cells.back().width = 1;
  }
  alignRows(rows, limit - indentation);
}

/// Where to end a line that begins with `words[begin]`, if `words[end]` is the first that does not fit: the last word of
/// the line.
size_t Wrapper::chooseBreak(size_t begin, size_t end, unsigned column) const {
  // A break costs more the deeper it is in brackets, the tighter the operator binds, and the more of the line is lost.
  constexpr unsigned perBracket = 12, perPrecedence = 2, columnsPerPoint = 8;
  size_t best = end;
  unsigned bestCost = ~0u, depth = contentColumns.size();
  for (size_t i = begin; i < end; ++i) {
    column += words[i].width() + (i > begin ? words[i].blanks : 0);
    depth += words[i].isOpening();
    depth -= words[i].isClosing() && depth;
    if (words[i].breakBehind == BreakCost::never)
      continue;
    unsigned lost = column < limit ? limit - column : 0;
    unsigned cost = depth * perBracket + unsigned(words[i].breakBehind) * perPrecedence + lost / columnsPerPoint;
    if (cost <= bestCost) {
      bestCost = cost;
      best = i;
    }
  }
  return best;
}

/// Appends lines of words without an opened bracket, broken where they have to be.
void Wrapper::fill(size_t begin, size_t end, unsigned indentation) {
  contentColumns.clear();
  // Where lines go on outside of brackets: below the value, if it does not start too far to the right.
  constexpr unsigned rightmost = 60;
  unsigned continuation = indentation + 2 * indentationStep, lineIndentation = indentation;
  bool sawValue = false;
  while (begin < end) {
    unsigned column = lineIndentation;
    size_t last = begin, stop = begin;
    for (; stop < end; ++stop) {
      unsigned width = words[stop].width() + (stop > begin ? words[stop].blanks : 0);
      if (stop > begin && column + width > limit)
        break;
      column += width;
      if (mustBreakBehind(stop, end))
        break;
    }
    if (stop == end) {
      last = end - 1;
    } else if (column <= limit && mustBreakBehind(stop, end)) {
      last = stop;
    } else {
      last = chooseBreak(begin, stop, lineIndentation);
      while (last + 1 < end && words[last].breakBehind == BreakCost::never && !mustBreakBehind(last, end))
        ++last;
    }

    // Follow the brackets up to the break.
    column = lineIndentation;
    for (size_t i = begin; i <= last; ++i) {
      column += words[i].width() + (i > begin ? words[i].blanks : 0);
      if (words[i].isOpening())
        contentColumns.push_back(column);
      else if (words[i].isClosing() && !contentColumns.empty())
        contentColumns.pop_back();
      bool isValue = words[i].is(TokenKind::Equal) || words[i].is(TokenKind::Tilde);
      if (isValue && !sawValue && contentColumns.empty()) {
        sawValue = true;
        if (column + 1 <= rightmost)
          continuation = column + 1;
      }
    }
    llvm::StringRef comment = last + 1 < end || end < words.size() ? words[last].behind : llvm::StringRef();
    output.push_back({lineIndentation, textOf(words.slice(begin, last + 1 - begin)), comment, false});

    begin = last + 1;
    unsigned inBracket = contentColumns.empty() ? continuation : contentColumns.back();
    lineIndentation = inBracket <= rightmost ? inBracket : indentation + 2 * indentationStep;
    if (begin < end)
      addComments(words[begin], lineIndentation, false);
  }
}

void wrapWords(llvm::MutableArrayRef<Word> words, unsigned indentation, unsigned reserved,
               std::vector<OutputLine> &output) {
  Wrapper(words, output).run(indentation, reserved);
}

} // namespace snn::layout
