#include "frontend/Lexer.h"

#include "frontend/Brackets.h"
#include "frontend/UnitScanner.h"
#include "frontend/Units.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

#include <charconv>

namespace snn {

llvm::StringRef describe(TokenKind kind) {
  static constexpr llvm::StringLiteral descriptions[] = {
#define SNN_TOKEN(kind, description) description,
#define SNN_PUNCTUATION(kind, spelling) "`" spelling "`",
#include "frontend/TokenKinds.def"
  };
  return descriptions[static_cast<unsigned>(kind)];
}

namespace {

/// Characters that look like one of ours and come in with copied text.
struct Lookalike {
  llvm::StringLiteral text;
  llvm::StringLiteral meant;
};
constexpr Lookalike lookalikes[] = {
    {"\u2212", "-"},   {"\u2013", "-"},   {"\u00d7", "*"},  {"\u00b7", "*"},  {"\u2264", "<="},
    {"\u2265", ">="},  {"\u2260", "!="},  {"\u2192", "->"}, {"\u2019", "'"},  {"\u2032", "'"},
    {"\u00a0", " "},   {"\u201c", "\""},  {"\u201d", "\""}, {"\u00b5", "u"},  {"\u03bc", "u"},
    {"\u03a9", "ohm"}, {"\u2126", "ohm"}, {"\u00b2", "^2"}, {"\u00b3", "^3"},
};

/// Splits one buffer from left to right. Every character is looked at a bounded number of times.
class Scanner {
public:
  Scanner(llvm::StringRef buffer, TokenList &list, Diagnostics &diagnostics)
      : rest(buffer), list(list), diagnostics(diagnostics) {}

  void run() {
    while (!rest.empty() && !diagnostics.isFull())
      scanOne();
    list.tokens.push_back({rest.take_front(0), TokenKind::EndOfFile, blank});
  }

private:
  void scanOne() {
    char c = rest[0];
    if (c == ' ' || c == '\t' || c == '\r') {
      rest = rest.drop_front();
      blank = true;
    } else if (c == '\n') {
      emit(TokenKind::EndOfStatement, 1);
      blank = true;
    } else if (c == ';') {
      emit(TokenKind::EndOfStatement, 1);
    } else if (c == '#') {
      scanComment();
    } else if (llvm::StringRef word = leadingIdentifier(rest); !word.empty()) {
      emit(TokenKind::Identifier, word.size());
    } else if (llvm::isDigit(c) || (c == '.' && rest.size() > 1 && llvm::isDigit(rest[1]))) {
      scanNumber();
    } else if (c == '"') {
      scanText();
    } else if (!scanPunctuation()) {
      scanUnknown();
    }
  }

  void emit(TokenKind kind, size_t length) {
    list.tokens.push_back({rest.take_front(length), kind, blank});
    rest = rest.drop_front(length);
    blank = false;
  }

  Diagnostic &error(DiagnosticCode code, llvm::StringRef culprit, const llvm::Twine &message) {
    return diagnostics.error(code, rangeOf(culprit), message);
  }

  static llvm::SMRange rangeOf(llvm::StringRef text) {
    return {llvm::SMLoc::getFromPointer(text.begin()), llvm::SMLoc::getFromPointer(text.end())};
  }

  void scanComment() {
    llvm::StringRef line = rest.take_until([](char c) { return c == '\n'; });
    // A row of more than two marks is decoration.
    if (line.starts_with("##") && !line.starts_with("###")) {
      bool onOwnLine = list.tokens.empty() || list.tokens.back().isLineBreak();
      list.docComments.push_back({line.drop_front(2).trim(), onOwnLine});
    }
    rest = rest.drop_front(line.size());
    blank = true;
  }

  /// Digits with at most one point, and an exponent.
  size_t numberLength() const {
    size_t length = 0;
    auto takeDigits = [&] {
      size_t begin = length;
      while (length < rest.size() && llvm::isDigit(rest[length]))
        ++length;
      return length > begin;
    };
    auto at = [&](size_t offset) { return length + offset < rest.size() ? rest[length + offset] : '\0'; };
    takeDigits();
    if (at(0) == '.' && at(1) != '.') {
      ++length;
      takeDigits();
    }
    if (at(0) == 'e' || at(0) == 'E') {
      size_t sign = at(1) == '+' || at(1) == '-';
      if (llvm::isDigit(at(1 + sign))) {
        length += 1 + sign;
        takeDigits();
      }
    }
    return length;
  }

  void scanNumber() {
    llvm::StringRef number = rest.take_front(numberLength());
    llvm::StringRef joined = leadingIdentifier(rest.drop_front(number.size()));
    bool unitIsJoined = !joined.empty() && isUnitName(joined);
    bool anotherPoint = joined.empty() && rest.drop_front(number.size()).starts_with(".") &&
                        !rest.drop_front(number.size()).starts_with("..");
    if ((!joined.empty() && !unitIsJoined) || anotherPoint)
      return scanMalformedNumber(number);
    if (unitIsJoined) {
      llvm::StringRef both(number.begin(), number.size() + joined.size());
      error(DiagnosticCode::L6, both, "a blank separates a number from its unit")
          .fixIt(rangeOf(both), number + " " + joined);
    }
    emit(isInRange(number) ? TokenKind::Number : TokenKind::Error, number.size());
    scanUnitBehind(unitIsJoined ? 0 : blanksAhead());
  }

  void scanMalformedNumber(llvm::StringRef number) {
    llvm::StringRef tail = rest.drop_front(number.size()).take_while([](char c) {
      return llvm::isAlnum(c) || c == '_' || c == '.';
    });
    llvm::StringRef all(number.begin(), number.size() + tail.size());
    error(DiagnosticCode::L3, all, quoted(all) + " is not a number").underline(rangeOf(tail));
    emit(TokenKind::Error, all.size());
  }

  /// Reports what neither a double nor, for digits alone, a 64-bit integer can hold.
  bool isInRange(llvm::StringRef number) {
    bool isInteger = llvm::all_of(number, [](char c) { return llvm::isDigit(c); });
    std::errc status;
    if (isInteger) {
      uint64_t value;
      status = std::from_chars(number.begin(), number.end(), value).ec;
    } else {
      double value;
      status = std::from_chars(number.begin(), number.end(), value).ec;
    }
    if (status == std::errc())
      return true;
    error(DiagnosticCode::L4, number,
          quoted(number) + (isInteger ? " does not fit into a 64-bit integer" : " is out of the range of numbers"));
    return false;
  }

  size_t blanksAhead() const {
    return rest.take_while([](char c) { return c == ' ' || c == '\t'; }).size();
  }

  /// Takes the unit that stands `blanks` characters ahead, if there is one.
  void scanUnitBehind(size_t blanks) {
    llvm::StringRef ahead = rest.drop_front(blanks);
    // Without a blank, a `/` divides: `1/tau`.
    if (blanks == 0 && ahead.starts_with("/"))
      return;
    ScannedUnit unit = scanUnit(ahead, isUnitName);
    if (unit.text.empty())
      return;
    rest = ahead;
    blank = blanks > 0;
    if (!unit.badExponent.data()) {
      emit(TokenKind::Unit, unit.text.size());
    } else {
      error(DiagnosticCode::L5, unit.text,
            "the exponent of a unit is a number with a small denominator, such as `2`, `-1`, `0.5` or `(1/3)`");
      emit(TokenKind::Error, unit.text.size());
    }
    if (!unit.stray.empty())
      reportStray(unit);
  }

  /// `5 mV/tau`: the blanks that tell a unit from a quotient are missing.
  void reportStray(const ScannedUnit &unit) {
    llvm::StringRef op = unit.stray.take_front(1);
    llvm::StringRef name = unit.stray.drop_front(1);
    llvm::StringRef all(unit.text.begin(), unit.text.size() + unit.stray.size());
    std::optional<std::string> meant = nearestUnitName(name);
    error(DiagnosticCode::L5, name,
          "`" + name + "` is not a unit, but it is joined to `" + unit.text + "`" +
              (meant ? ", did you mean `" + *meant + "`?" : ""))
        .fixIt(rangeOf(all), meant ? unit.text + op + *meant : unit.text + " " + op + " " + name);
    emit(TokenKind::Error, unit.stray.size());
  }

  void scanText() {
    size_t inside = rest.drop_front().take_until([](char c) { return c == '"' || c == '\n'; }).size();
    if (rest.drop_front(1 + inside).starts_with("\""))
      return emit(TokenKind::Text, inside + 2);
    error(DiagnosticCode::L7, rest.take_front(1), "a text starts here, but no `\"` ends it on this line");
    // The brackets at the end of the line close what is around the text, and a comment is one.
    inside = rest.take_front(inside + 1).take_until([](char c) { return c == '#'; }).size() - 1;
    emit(TokenKind::Error, rest.take_front(inside + 1).rtrim(" \t\r,;)]}").size());
  }

  bool scanPunctuation() {
    static constexpr std::pair<llvm::StringLiteral, TokenKind> punctuation[] = {
#define SNN_TOKEN(kind, description)
#define SNN_PUNCTUATION(kind, spelling) {spelling, TokenKind::kind},
#include "frontend/TokenKinds.def"
    };
    for (const auto &[spelling, kind] : punctuation) {
      if (!rest.starts_with(spelling))
        continue;
      // `x[2]` takes an element; a bracket that does not touch what is before it starts a list, which may have a unit.
      bool startsList =
          blank || list.tokens.empty() ||
          !(list.tokens.back().is(TokenKind::Identifier) || list.tokens.back().is(TokenKind::RightParen) ||
            list.tokens.back().is(TokenKind::RightBracket));
      emit(kind, spelling.size());
      if (kind == TokenKind::LeftBracket)
        brackets.push_back(startsList);
      else if (kind == TokenKind::RightBracket && !brackets.empty() && brackets.pop_back_val())
        scanUnitBehind(blanksAhead());
      return true;
    }
    return false;
  }

  void scanUnknown() {
    for (const Lookalike &lookalike : lookalikes) {
      if (!rest.starts_with(lookalike.text))
        continue;
      llvm::StringRef culprit = rest.take_front(lookalike.text.size());
      error(DiagnosticCode::L2, culprit,
            "`" + culprit + "` has no meaning here; it looks like `" + lookalike.meant + "`")
          .fixIt(rangeOf(culprit), lookalike.meant);
      return emit(TokenKind::Error, culprit.size());
    }
    // One error for a whole run of them, such as a name in another script.
    bool foreign = !llvm::isASCII(rest[0]);
    llvm::StringRef run =
        foreign ? rest.take_while([](char c) { return !llvm::isASCII(c) || llvm::isAlnum(c) || c == '_'; })
                : rest.take_while([&](char c) { return c == rest[0]; });
    error(DiagnosticCode::L2, run,
          foreign ? "names are made of the letters `a` to `z`, digits and `_`, unlike " + quoted(run)
                  : quoted(run) + " has no meaning here");
    emit(TokenKind::Error, run.size());
  }

  llvm::StringRef rest;
  TokenList &list;
  Diagnostics &diagnostics;
  bool blank = false;
  llvm::SmallVector<bool, 8> brackets; ///< of the open `[`: whether they start a list
};

} // namespace

/// The first byte that is not part of UTF-8 text, or null.
static const char *firstInvalidByte(llvm::StringRef buffer) {
  auto *byte = reinterpret_cast<const llvm::UTF8 *>(buffer.begin());
  auto *end = reinterpret_cast<const llvm::UTF8 *>(buffer.end());
  while (byte != end) {
    if (*byte == 0)
      break;
    if (*byte < 0x80)
      ++byte;
    else if (!llvm::isLegalUTF8Sequence(byte, end))
      break;
    else
      byte += llvm::getNumBytesForUTF8(*byte);
  }
  return byte == end ? nullptr : reinterpret_cast<const char *>(byte);
}

TokenList lex(const llvm::SourceMgr &sources, unsigned bufferId, Diagnostics &diagnostics) {
  llvm::StringRef buffer = sources.getMemoryBuffer(bufferId)->getBuffer();
  TokenList list;
  list.bufferId = bufferId;
  if (buffer.size() > longestText) {
    llvm::SMLoc place = llvm::SMLoc::getFromPointer(buffer.begin());
    diagnostics.error(DiagnosticCode::L10, {place, place},
                      "the file has more than the " + llvm::Twine(longestText / 1'000'000) + " MB that a model may have");
    list.tokens.push_back({buffer.take_front(0), TokenKind::EndOfFile, false});
    return list;
  }
  if (const char *invalid = firstInvalidByte(buffer)) {
    // Binary or differently encoded: whatever else is wrong follows from this.
    llvm::SMLoc place = llvm::SMLoc::getFromPointer(invalid);
    std::string byte = llvm::utohexstr(static_cast<unsigned char>(*invalid), /*LowerCase=*/true, /*Width=*/2);
    diagnostics.error(DiagnosticCode::L1, {place, place}, "the file is not UTF-8 text: it contains the byte 0x" + byte);
    list.tokens.push_back({buffer.take_front(0), TokenKind::EndOfFile, false});
    return list;
  }
  buffer.consume_front("\xEF\xBB\xBF");
  Scanner(buffer, list, diagnostics).run();
  balanceBrackets(list.tokens, diagnostics);
  dropContinuations(list.tokens, diagnostics);
  return list;
}

} // namespace snn
