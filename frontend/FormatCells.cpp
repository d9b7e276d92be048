#include "frontend/FormatCells.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace snn::layout {

namespace {

/// Order of the cells of one statement. Keys of the statements that follow on the line come behind them.
enum CellKey : unsigned { start, name, value, valueOfThen, clause, keysPerStatement };

/// How a statement is cut.
struct Shape {
  std::string kind;
  size_t name = 0;   ///< where the name starts that has a column of its own; 0: nowhere
  size_t value = 0;  ///< the `=` or `~`; 0: none
  size_t clause = 0; ///< `where`, `method`, `as`; 0: none
};

class RowCutter {
public:
  explicit RowCutter(Row &row) : row(row) {}

  void add(Line &line, const Shape &shape);

private:
  enum class Begin { Cell, InCell };

  void add(Statement &statement, const Shape &shape, Begin begin);
  void add(Block &block);
  void addWord(Word &word);
  void addSemicolon();
  void cutAt(Word &word, unsigned key);

  Row &row;
  unsigned statements = 0;
};

} // namespace

unsigned widthOf(llvm::ArrayRef<Word> words) {
  unsigned width = 0;
  for (size_t i = 0; i < words.size(); ++i)
    width += words[i].width() + (i ? words[i].blanks : 0);
  return width;
}

Surroundings surroundingsIn(llvm::ArrayRef<Word> header) {
  if (header.empty())
    return Surroundings::Declarations;
  return llvm::StringSwitch<Surroundings>(header.front().text())
      .Cases({"spike", "on", "refractory", "every", "at", "then"}, Surroundings::Handler)
      .Cases({"project", "gap_junction"}, Surroundings::Projection)
      .Default(Surroundings::Declarations);
}

/// Position of the first word outside of brackets for which `isWanted`, or 0.
template <typename Predicate> static size_t findOutside(llvm::ArrayRef<Word> words, Predicate isWanted) {
  unsigned depth = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    depth += words[i].isOpening();
    depth -= words[i].isClosing() && depth;
    if (depth == 0 && i > 0 && isWanted(words[i]))
      return i;
  }
  return 0;
}

size_t findValue(llvm::ArrayRef<Word> words) {
  return findOutside(words, [](const Word &word) { return word.is(TokenKind::Equal) || word.is(TokenKind::Tilde); });
}

static std::string settingKind(const Word &operation) { return operation.text().str(); }

/// Where a declaration, an equation or a setting has its columns. Everything else has none.
static Shape shapeOf(llvm::ArrayRef<Word> words, Surroundings surroundings) {
  Shape shape;
  if (words.size() < 2)
    return shape;
  auto isWord = [](llvm::StringRef text) { return [text](const Word &word) { return word.token.isWord(text); }; };
  size_t value = findValue(words);
  size_t prime = words[0].token.isWord("then") ? 2 : 1;
  bool isEquation = prime < words.size() && words[prime].is(TokenKind::Prime);
  bool isDeclaration = !isEquation && words[0].is(TokenKind::Identifier) && words[1].is(TokenKind::Identifier);

  if (isEquation) {
    shape = {"'", 0, value, findOutside(words, isWord("method"))};
  } else if (isDeclaration) {
    shape = {words[0].text().str(), 0, value, findOutside(words, isWord("where"))};
    bool readsJoined = words[0].text() == "pre" || words[0].text() == "post";
    if (readsJoined) {
      shape.kind = "pre or post";
      shape.name = 1;
    } else if (words[0].text() == "use") {
      shape.clause = findOutside(words, isWord("as"));
    } else if (!value && !shape.clause) {
      shape = {};
    }
  } else if (surroundings == Surroundings::Declarations && value) {
    shape = {settingKind(words[value]), 0, value, 0};
  }
  return shape;
}

void RowCutter::cutAt(Word &word, unsigned key) {
  row.cells.push_back({&word, statements * keysPerStatement + key, 0});
}

void RowCutter::addWord(Word &word) {
  unsigned blanks = row.width ? word.blanks : 0;
  bool startsCell = row.cells.back().first == &word;
  row.cells.back().width += word.width() + (startsCell ? 0 : blanks);
  row.width += word.width() + blanks;
}

void RowCutter::add(Statement &statement, const Shape &shape, Begin begin) {
  if (begin == Begin::Cell)
    cutAt(statement.first(), start);
  for (Part &part : statement.parts) {
    std::vector<Word> &words = part.words;
    bool isCut = &part == &statement.parts.front();
    for (size_t i = 0; i < words.size(); ++i) {
      if (isCut && i > 0 && i == shape.name)
        cutAt(words[i], name);
      if (isCut && i > 0 && i == shape.value)
        cutAt(words[i], words[0].token.isWord("then") ? valueOfThen : value);
      if (isCut && i > 0 && i == shape.clause) {
        cutAt(words[i], clause);
        words[i].blanks = words[i].token.isWord("as") ? 1 : 2;
      }
      addWord(words[i]);
    }
    if (part.block)
      add(*part.block);
  }
  ++statements;
}

void RowCutter::add(Block &block) {
  ++statements;
  if (row.cells.back().first != &block.open)
    cutAt(block.open, start);
  addWord(block.open);
  for (Line &line : block.lines)
    for (Statement &statement : line.statements) {
      bool isFirst = &statement == &line.statements.front();
      if (!isFirst)
        addSemicolon();
      add(statement, Shape(), isFirst ? Begin::InCell : Begin::Cell);
    }
  addWord(block.close);
}

void RowCutter::add(Line &line, const Shape &shape) {
  for (Statement &statement : line.statements) {
    bool isFirst = &statement == &line.statements.front();
    if (!isFirst)
      addSemicolon();
    Shape own = isFirst ? shape : Shape();
    if (!isFirst && !shape.kind.empty())
      own = shapeOf(statement.parts.front().words, Surroundings::Declarations);
    add(statement, own, Begin::Cell);
  }
}

void RowCutter::addSemicolon() {
  ++row.cells.back().width;
  ++row.width;
}

void padClause(Line &line) {
  constexpr unsigned column = 7; // of `connect` and `synapse`
  std::vector<Word> &words = line.statements.front().parts.front().words;
  bool isClause = line.statements.size() == 1 && words.size() > 1 && words[1].blanks &&
                  llvm::StringSwitch<bool>(words[0].text())
                      .Cases({"connect", "weight", "delay", "synapse", "output"}, true)
                      .Default(false);
  if (isClause)
    words[1].blanks = column - words[0].width() + 1;
}

Row cutRow(Line &line, Surroundings surroundings) {
  Part &first = line.statements.front().parts.front();
  bool isJoined = line.statements.size() > 1;
  Shape shape = shapeOf(first.words, surroundings);
  // Settings flow where they are joined, as in `V_th = -50 mV;  tau = 20 ms`.
  bool isSetting = shape.value && shape.kind == settingKind(first.words[shape.value]);
  if (isSetting && isJoined)
    shape = {};
  // One-line blocks with the same keyword: `on pre  { ... }` above `on post { ... }`.
  if (shape.kind.empty() && !isJoined && first.block && !first.words.empty())
    shape.kind = first.words.front().text().str();

  Row row;
  RowCutter(row).add(line, shape);
  row.kind = std::move(shape.kind);
  return row;
}

namespace {

/// Places the cells of neighbouring rows from left to right, key by key.
class RowAligner {
public:
  RowAligner(llvm::MutableArrayRef<Row> rows, unsigned limit)
      : rows(rows), limit(limit), next(rows.size()), ends(rows.size()) {}

  void run() {
    while (std::optional<unsigned> key = smallestKey())
      placeCells(*key);
    if (!isTooWide)
      for (auto [word, blanks] : planned)
        word->blanks = blanks;
  }

private:
  bool hasCell(size_t row) const { return next[row] < rows[row].cells.size(); }
  const Cell &cell(size_t row) const { return rows[row].cells[next[row]]; }
  /// Where the next cell of a row begins without alignment.
  unsigned natural(size_t row) const { return ends[row] + (next[row] ? cell(row).first->blanks : 0); }

  std::optional<unsigned> smallestKey() const {
    std::optional<unsigned> smallest;
    for (size_t row = 0; row < rows.size(); ++row)
      if (hasCell(row) && (!smallest || cell(row).key < *smallest))
        smallest = cell(row).key;
    return smallest;
  }

  /// Cells whose rows differ more than this in front of them do not share a column: the eye would lose the line.
  static constexpr unsigned widestGap = 12;

  void placeCells(unsigned key) {
    llvm::SmallVector<size_t, 16> group;
    unsigned leftmost = 0, rightmost = 0;
    for (size_t row = 0; row < rows.size(); ++row) {
      if (!hasCell(row) || cell(row).key != key)
        continue;
      unsigned begin = natural(row);
      bool fits = group.empty() || std::max(rightmost, begin) - std::min(leftmost, begin) <= widestGap;
      if (!fits) {
        place(group, rightmost);
        group.clear();
      }
      leftmost = group.empty() ? begin : std::min(leftmost, begin);
      rightmost = group.empty() ? begin : std::max(rightmost, begin);
      group.push_back(row);
    }
    place(group, rightmost);
  }

  void place(llvm::ArrayRef<size_t> group, unsigned column) {
    for (size_t row : group) {
      if (next[row])
        planned.push_back({cell(row).first, column - ends[row]});
      ends[row] = column + cell(row).width;
      isTooWide |= ends[row] > limit;
      ++next[row];
    }
  }

  llvm::MutableArrayRef<Row> rows;
  unsigned limit;
  std::vector<size_t> next;   ///< of each row: its cell to be placed
  std::vector<unsigned> ends; ///< of each row: the column where what has been placed ends
  std::vector<std::pair<Word *, unsigned>> planned;
  bool isTooWide = false;
};

} // namespace

void alignRows(llvm::MutableArrayRef<Row> rows, unsigned limit) { RowAligner(rows, limit).run(); }

} // namespace snn::layout
