#include "frontend/FormatTree.h"

#include "frontend/FormatSpacing.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Locale.h"

namespace snn::layout {

unsigned columnsOf(llvm::StringRef text) {
  // Only comments and texts in quotes hold other characters.
  int columns = llvm::isASCII(text) ? -1 : llvm::sys::locale::columnWidth(text);
  return columns < 0 ? text.size() : columns;
}

Word &Statement::first() {
  Part &part = parts.front();
  return part.words.empty() ? part.block->open : part.words.front();
}

const Word &Statement::last() const {
  const Part &part = parts.back();
  return part.block ? part.block->close : part.words.back();
}

namespace {

/// Splits a file into lines and statements. Recursion is bounded by the lexer's limit on nesting (L9).
class TreeReader {
public:
  TreeReader(const TokenList &list, llvm::StringRef text) : tokens(list.tokens), end(text.begin()) {}

  std::unique_ptr<Block> readFile() {
    auto file = std::make_unique<Block>();
    file->isOpened = true;
    readLines(*file);
    file->close = takeWord();
    return file;
  }

private:
  const Token &current() const { return tokens[position]; }

  bool atBlockEnd() const { return current().is(TokenKind::RightBrace) || current().is(TokenKind::EndOfFile); }

  /// Passes over the ends of statements; true if one of them was the end of a line.
  bool skipEnds() {
    bool sawLineBreak = false;
    for (; current().is(TokenKind::EndOfStatement); ++position)
      sawLineBreak |= current().isLineBreak();
    return sawLineBreak;
  }

  /// The next token with the comments since the one before.
  Word takeWord() {
    Word word;
    word.token = current();
    if (!word.is(TokenKind::EndOfFile))
      ++position;
    readGap(llvm::StringRef(end, word.text().begin() - end), word);
    end = word.text().end();
    return word;
  }

  /// `gap` is what stands between two words: blanks, comments, ends of statements.
  void readGap(llvm::StringRef gap, Word &word) {
    bool atFileStart = !previous;
    unsigned breaks = 0;
    while (!gap.empty()) {
      if (gap.front() == '\n') {
        ++breaks;
        word.startsLine = true;
      } else if (gap.front() == '#') {
        llvm::StringRef comment = gap.take_until([](char c) { return c == '\n'; });
        gap = gap.drop_front(comment.size());
        takeComment(comment.rtrim(" \t\r"), breaks, word);
        breaks = 0;
        continue;
      }
      gap = gap.drop_front();
    }
    word.blankLineBefore = breaks > 1 && !(atFileStart && !word.above);
  }

  void takeComment(llvm::StringRef text, unsigned breaks, Word &word) {
    if (breaks == 0 && previous && !word.above) {
      previous->behind = text;
      return;
    }
    if (!word.above)
      word.above = std::make_unique<std::vector<Comment>>();
    word.above->push_back({text, breaks > 1 && (previous || !word.above->empty())});
  }

  void readLines(Block &block) {
    skipEnds();
    while (!atBlockEnd()) {
      Line &line = block.lines.emplace_back();
      do
        readStatement(line);
      while (!skipEnds() && !atBlockEnd());
    }
  }

  void readStatement(Line &line) {
    std::string inherited = inheritedKeyword(line);
    Statement &statement = line.statements.emplace_back();
    statement.inherited = std::move(inherited);
    statement.parts.emplace_back();
    while (!atBlockEnd() && !current().is(TokenKind::EndOfStatement)) {
      if (current().is(TokenKind::LeftBrace)) {
        statement.parts.back().block = readBlock();
        bool ends = atBlockEnd() || current().is(TokenKind::EndOfStatement);
        if (!ends)
          statement.parts.emplace_back();
        continue;
      }
      std::vector<Word> &words = statement.parts.back().words;
      words.push_back(takeWord());
      // The vector may move its words; only the last one can still get a comment.
      previous = &words.back();
    }
    for (Part &part : statement.parts)
      space(part.words);
    if (line.statements.size() > 1)
      line.statements.back().first().blanks = 2;
  }

  std::unique_ptr<Block> readBlock() {
    auto block = std::make_unique<Block>();
    block->open = takeWord();
    block->open.blanks = 1;
    previous = &block->open;
    const char *begin = end;
    readLines(*block);
    if (!block->lines.empty())
      block->lines.front().statements.front().first().blanks = 1;
    block->close = takeWord();
    block->close.blanks = block->lines.empty() ? 0 : 1;
    previous = &block->close;
    bool isEmpty = block->lines.empty() && !block->close.above && block->open.behind.empty();
    block->isOpened = !isEmpty && llvm::StringRef(begin, end - begin).contains('\n');
    return block;
  }

  /// The keyword that a statement at the cursor takes over from the one before it on its line, if it does.
  std::string inheritedKeyword(const Line &line) const {
    if (line.statements.empty() || !current().is(TokenKind::Identifier))
      return {};
    const Token &next = tokens[position + 1];
    bool isName = next.is(TokenKind::Equal) || next.is(TokenKind::Colon) ||
                  (next.is(TokenKind::LeftBracket) && !next.blankBefore);
    if (!isName)
      return {};
    const Statement &before = line.statements.back();
    if (!before.inherited.empty())
      return before.inherited;
    llvm::ArrayRef<Word> words = before.parts.front().words;
    bool declares = words.size() > 1 && words[1].is(TokenKind::Identifier) &&
                    llvm::StringSwitch<bool>(words[0].text())
                        .Cases({"param", "const", "state", "input", "let", "weight", "pre", "post", "shared", "index"}, true)
                        .Default(false);
    if (!declares)
      return {};
    bool isTwoWords = words.size() > 2 && words[2].is(TokenKind::Identifier) && words[1].text() == "state";
    return isTwoWords ? (words[0].text() + " state").str() : words[0].text().str();
  }

  const std::vector<Token> &tokens;
  const char *end; ///< of the last word taken
  size_t position = 0;
  Word *previous = nullptr; ///< the last word taken, where it is kept
};

} // namespace

std::unique_ptr<Block> readTree(const TokenList &tokens, llvm::StringRef text) {
  text.consume_front("\xEF\xBB\xBF");
  return TreeReader(tokens, text).readFile();
}

} // namespace snn::layout
