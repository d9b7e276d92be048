#include "frontend/Format.h"

#include "frontend/FormatBlock.h"

#include "llvm/ADT/ArrayRef.h"

namespace snn {

using namespace layout;

/// Appends `lines`, with the comments behind them below each other.
static void appendParagraph(llvm::ArrayRef<OutputLine> lines, std::string &text) {
  constexpr unsigned gap = 2, widestGap = 40, commentEnd = 120;
  unsigned column = 0, leftmost = ~0u, longest = 0;
  for (const OutputLine &line : lines) {
    if (line.text.empty() || line.comment.empty())
      continue;
    unsigned begin = line.indentation + columnsOf(line.text) + gap;
    column = std::max(column, begin);
    leftmost = std::min(leftmost, begin);
    longest = std::max(longest, columnsOf(line.comment));
  }
  bool isAligned = column <= leftmost + widestGap && column + longest <= commentEnd;

  for (const OutputLine &line : lines) {
    if (line.blankLineBefore)
      text += '\n';
    text.append(line.indentation, ' ');
    text += line.text;
    if (!line.text.empty() && !line.comment.empty()) {
      unsigned end = line.indentation + columnsOf(line.text);
      text.append(isAligned ? column - end : gap, ' ');
    }
    text += line.comment;
    text += '\n';
  }
}

std::string format(const TokenList &tokens, llvm::StringRef source) {
  std::unique_ptr<Block> file = readTree(tokens, source);
  std::vector<OutputLine> lines = layOut(*file);
  std::string text;
  text.reserve(source.size());
  for (size_t begin = 0, end; begin < lines.size(); begin = end) {
    // What a block begins or ends with stands for itself.
    auto isBrace = [&](size_t line) {
      return llvm::StringRef(lines[line].text).ends_with("{") || lines[line].text == "}";
    };
    for (end = begin + 1; end < lines.size() && !isBrace(begin); ++end)
      if (lines[end].blankLineBefore || lines[end].indentation != lines[begin].indentation || isBrace(end))
        break;
    appendParagraph(llvm::ArrayRef(lines).slice(begin, end - begin), text);
  }
  return text;
}

/// Appends every word and comment, with marks where statements and blocks end.
static void appendContent(Block &block, std::string &content);

static void appendContent(const Word &word, std::string &content) {
  if (word.above)
    for (const Comment &comment : *word.above)
      content += comment.text.str() + '\n';
  content += word.text().str() + ' ';
  if (!word.behind.empty())
    content += word.behind.str() + '\n';
}

static void appendContent(Block &block, std::string &content) {
  appendContent(block.open, content);
  for (Line &line : block.lines)
    for (Statement &statement : line.statements) {
      content += statement.inherited.empty() ? "" : statement.inherited + ' ';
      for (Part &part : statement.parts) {
        for (const Word &word : part.words)
          appendContent(word, content);
        if (part.block)
          appendContent(*part.block, content);
      }
      content += ";\n";
    }
  appendContent(block.close, content);
}

static std::string contentOf(const TokenList &tokens, llvm::StringRef text) {
  std::string content;
  appendContent(*readTree(tokens, text), content);
  return content;
}

bool haveSameContent(const TokenList &firstTokens, llvm::StringRef firstText, const TokenList &secondTokens,
                     llvm::StringRef secondText) {
  return contentOf(firstTokens, firstText) == contentOf(secondTokens, secondText);
}

} // namespace snn
