#include "frontend/FormatBlock.h"

#include "frontend/FormatCells.h"

#include "llvm/ADT/STLExtras.h"

#include <deque>

namespace snn::layout {

namespace {

/// Lays out a file, block by block.
class Layout {
public:
  std::vector<OutputLine> output;

  void addFile(Block &file) {
    addLines(file, Surroundings::Declarations, 0);
    addCommentsAbove(file.close, 0);
  }

private:
  void addLines(Block &block, Surroundings surroundings, unsigned indentation);
  void addLine(Line &line, Surroundings surroundings, unsigned indentation);
  void addSplit(Line &line, Surroundings surroundings, unsigned indentation);
  void addWithBlocks(Statement &statement, unsigned indentation);
  void flush(unsigned indentation);
  void print(Line &line, unsigned indentation);
  void addCommentsAbove(const Word &word, unsigned indentation);
  /// The blank line in front of something, unless a block starts there.
  bool blankLine(bool isWanted) const {
    return isWanted && !output.empty() && !llvm::StringRef(output.back().text).ends_with("{");
  }

  // Neighbouring lines of one kind wait for each other: only together do they tell where their cells are.
  std::vector<Line *> waitingLines;
  std::vector<Row> waitingRows;
  std::deque<Line> splitLines; ///< lines that are not the author's; they stay where they are
};

} // namespace

static bool hasBlock(const Statement &statement) {
  return llvm::any_of(statement.parts, [](const Part &part) { return part.block != nullptr; });
}

static bool isMultiline(const Statement &statement) {
  return llvm::any_of(statement.parts,
                      [](const Part &part) { return isMultiline(part.words) || (part.block && part.block->isOpened); });
}

static std::string textOf(const Line &line);

/// `{ V = V_reset;  u += d }`
static std::string textOf(const Block &block) {
  std::string text = "{";
  for (const Line &line : block.lines)
    text += ' ' + textOf(line);
  text.append(block.close.blanks, ' ');
  return text + '}';
}

static std::string textOf(const Line &line) {
  std::string text;
  for (const Statement &statement : line.statements) {
    if (&statement != &line.statements.front())
      text += ';' + std::string(statement.first().blanks, ' ');
    for (const Part &part : statement.parts) {
      if (&part != &statement.parts.front())
        text += ' ';
      text += textOf(part.words);
      if (part.block)
        text += std::string(part.words.empty() ? 0 : part.block->open.blanks, ' ') + textOf(*part.block);
    }
  }
  return text;
}

void Layout::addCommentsAbove(const Word &word, unsigned indentation) {
  if (!word.above)
    return;
  for (const Comment &comment : *word.above)
    output.push_back({indentation, "", comment.text, blankLine(comment.blankLineBefore)});
}

void Layout::addLines(Block &block, Surroundings surroundings, unsigned indentation) {
  for (Line &line : block.lines)
    addLine(line, surroundings, indentation);
  flush(indentation);
}

void Layout::addLine(Line &line, Surroundings surroundings, unsigned indentation) {
  bool isLong = llvm::any_of(line.statements, [](const Statement &statement) { return isMultiline(statement); });
  if (surroundings == Surroundings::Projection)
    padClause(line);
  Row row;
  if (!isLong) {
    row = cutRow(line, surroundings);
    isLong = indentation + row.width > lineWidth;
  }
  if (isLong && line.statements.size() > 1)
    return addSplit(line, surroundings, indentation);
  Statement &statement = line.statements.front();
  if (isLong && hasBlock(statement))
    return addWithBlocks(statement, indentation);

  if (isLong && findLastCall(statement.parts.front().words))
    row = {};
  const Word &first = statement.first();
  bool isApart = first.blankLineBefore || (first.above && first.above->front().blankLineBefore);
  bool isNeighbour = !waitingRows.empty() && !isApart && !row.kind.empty() && waitingRows.front().kind == row.kind;
  if (!isNeighbour)
    flush(indentation);
  // A broken expression has its value below those of its neighbours, and nothing else.
  if (isLong && !row.cells.empty()) {
    row.cells.resize(std::min<size_t>(row.cells.size(), 2));
    row.cells.back().width = 1;
  }
  waitingLines.push_back(&line);
  waitingRows.push_back(std::move(row));
}

/// Gives every statement of a line its own.
void Layout::addSplit(Line &line, Surroundings surroundings, unsigned indentation) {
  for (Statement &joined : line.statements) {
    Line &own = splitLines.emplace_back();
    own.statements.push_back(std::move(joined));
    Statement &statement = own.statements.front();
    if (!statement.inherited.empty()) {
      std::vector<Word> &words = statement.parts.front().words;
      words.front().blanks = 1;
      words.emplace(words.begin())->token = {statement.inherited, TokenKind::Identifier};
    }
    addLine(own, surroundings, indentation);
  }
}

void Layout::addWithBlocks(Statement &statement, unsigned indentation) {
  flush(indentation);
  addCommentsAbove(statement.first(), indentation);
  bool isApart = blankLine(statement.first().blankLineBefore);
  size_t begin = output.size();
  for (Part &part : statement.parts) {
    bool isFirst = &part == &statement.parts.front();
    if (isFirst && !part.words.empty())
      wrapWords(part.words, indentation, part.block ? 2 : 0, output);
    else if (isFirst)
      output.push_back({indentation, "", {}, false});
    else
      output.back().text += ' ' + textOf(part.words);
    if (!part.block)
      continue;

    const Block &block = *part.block;
    output.back().text += output.back().text.empty() ? "{" : " {";
    output.back().comment = block.open.behind;
    if (block.lines.empty() && !block.close.above && block.open.behind.empty()) {
      output.back().text += '}';
    } else {
      addLines(*part.block, surroundingsIn(part.words), indentation + indentationStep);
      addCommentsAbove(block.close, indentation + indentationStep);
      output.push_back({indentation, "}", {}, false});
    }
    output.back().comment = block.close.behind;
  }
  if (!statement.parts.back().block)
    output.back().comment = statement.last().behind;
  output[begin].blankLineBefore = isApart;
}

void Layout::flush(unsigned indentation) {
  alignRows(waitingRows, lineWidth - indentation);
  for (Line *line : waitingLines)
    print(*line, indentation);
  waitingLines.clear();
  waitingRows.clear();
}

void Layout::print(Line &line, unsigned indentation) {
  Statement &statement = line.statements.front();
  addCommentsAbove(statement.first(), indentation);
  bool isApart = blankLine(statement.first().blankLineBefore);
  size_t begin = output.size();
  std::string text = isMultiline(statement) ? "" : textOf(line);
  bool fits = !text.empty() && indentation + columnsOf(text) <= lineWidth;
  if (fits)
    output.push_back({indentation, std::move(text), {}, false});
  else
    wrapWords(statement.parts.front().words, indentation, 0, output);
  output[begin].blankLineBefore = isApart;
  output.back().comment = line.statements.back().last().behind;
}

std::vector<OutputLine> layOut(Block &file) {
  Layout layout;
  layout.addFile(file);
  return std::move(layout.output);
}

} // namespace snn::layout
