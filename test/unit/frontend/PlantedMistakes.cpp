#include "PlantedMistakes.h"

#include "frontend/Lexer.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace snn;
using llvm::StringRef;
using test::PlantedMistake;

namespace {

/// Walks over the tokens of a file and plants what fits each.
class Planter {
public:
  explicit Planter(StringRef text) : diagnostics(sources) {
    unsigned id = sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, "planted.snn"), {});
    buffer = sources.getMemoryBuffer(id)->getBuffer();
    list = lex(sources, id, diagnostics);
    for (const Token &token : list.tokens)
      if (token.is(TokenKind::Identifier))
        words.insert(token.text);
  }

  std::vector<PlantedMistake> run() {
    for (position = 0; position < list.tokens.size(); ++position) {
      const Token &token = list.tokens[position];
      if (token.is(TokenKind::Unit))
        plantInUnit(token);
      else if (token.is(TokenKind::Number))
        plantInNumber(token);
      else if (token.is(TokenKind::Identifier))
        plantInWord(token);
      else if (!token.is(TokenKind::EndOfFile) && !token.is(TokenKind::EndOfStatement))
        plantInPunctuation(token);
    }
    return std::move(mistakes);
  }

private:
  const Token &peek(size_t distance) const {
    return list.tokens[std::min(position + distance, list.tokens.size() - 1)];
  }

  void plant(const char *family, StringRef old, const std::string &replacement) {
    size_t begin = old.begin() - buffer.begin();
    PlantedMistake mistake;
    mistake.family = family;
    mistake.text = (buffer.take_front(begin) + replacement + buffer.drop_front(begin + old.size())).str();
    mistake.line = 1 + buffer.take_front(begin).count('\n');
    mistake.begin = begin;
    mistake.end = begin + replacement.size();
    mistake.what = ("`" + old + "` became `" + replacement + "`").str();
    mistakes.push_back(std::move(mistake));
  }

  void plantInUnit(const Token &unit) {
    const Token &number = list.tokens[position - 1];
    plant("unit of another dimension", unit.text, unit.text.contains("K") ? "mV" : "mK");
    plant("unit of another dimension", unit.text, unit.text.contains('/') ? "ms^2" : (unit.text + "/mol").str());
    if (llvm::any_of(unit.text, llvm::isUpper) && unit.text.lower() != unit.text)
      plant("unit in the wrong case", unit.text, unit.text.lower() == "ms" ? "mss" : unit.text.lower());
    plant("unknown unit", unit.text, (unit.text + "x").str());
    if (number.is(TokenKind::Number))
      plant("unit dropped", {number.text.begin(), size_t(unit.text.end() - number.text.begin())}, number.text.str());
  }

  void plantInNumber(const Token &number) {
    plant("integer that overflows", number.text, "99999999999999999999");
    plant("number that overflows", number.text, "1e999");
    plant("malformed number", number.text, (number.text + ".5.5").str());
    plant("malformed number", number.text, (number.text + "_0").str());
    if (!peek(1).is(TokenKind::Unit))
      plant("number with a unit", number.text, (number.text + " mK").str());
    bool isSize = position > 0 && list.tokens[position - 1].is(TokenKind::LeftBracket) &&
                  peek(1).is(TokenKind::RightBracket) && position > 1 &&
                  list.tokens[position - 2].is(TokenKind::Identifier);
    if (isSize) {
      plant("size of zero", number.text, "0");
      plant("negative size", number.text, "-5");
      plant("broken size", number.text, "2.5");
    }
  }

  void plantInWord(const Token &word) {
    // A name of one letter has neighbours everywhere, and no typing mistake can be told from another name.
    std::string wrong = misspelt(word.text);
    if (words.contains(wrong))
      return;
    plant(word.text.size() < 3 ? "short word misspelt" : "word misspelt", word.text, wrong);
    plant("word dropped", word.text, "");
  }

  static std::string misspelt(StringRef word) {
    std::string wrong = word.str();
    if (wrong.size() < 3)
      return wrong + "q";
    size_t middle = wrong.size() / 2;
    if (wrong[middle] == wrong[middle - 1])
      return wrong + "q";
    std::swap(wrong[middle], wrong[middle - 1]);
    return wrong;
  }

  void plantInPunctuation(const Token &token) {
    switch (token.kind) {
    case TokenKind::LeftParen:
    case TokenKind::RightParen:
    case TokenKind::LeftBracket:
    case TokenKind::RightBracket:
    case TokenKind::LeftBrace:
    case TokenKind::RightBrace:
      plant("bracket dropped", token.text, "");
      plant("bracket doubled", token.text, (token.text + token.text).str());
      for (StringRef other : {"(", ")", "[", "]", "{", "}"})
        if (other != token.text)
          plant("bracket of another kind", token.text, other.str());
      return;
    case TokenKind::Equal:
      plant("sign dropped", token.text, "");
      plant("another sign", token.text, "==");
      plant("another sign", token.text, ":");
      plant("another sign", token.text, ":=");
      return;
    case TokenKind::Text:
      plant("text not ended", token.text, token.text.drop_back().str());
      return;
    default:
      plant("sign dropped", token.text, "");
      plant("sign doubled", token.text, (token.text + token.text).str());
    }
  }

  llvm::SourceMgr sources;
  Diagnostics diagnostics;
  StringRef buffer;
  TokenList list;
  llvm::StringSet<> words;
  size_t position = 0;
  std::vector<PlantedMistake> mistakes;
};

} // namespace

std::vector<PlantedMistake> test::plantMistakes(const std::string &text) { return Planter(text).run(); }
