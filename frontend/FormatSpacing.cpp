#include "frontend/FormatSpacing.h"

#include "frontend/Brackets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"

namespace snn::layout {

namespace {

/// What a word does in an expression.
enum class Role : uint8_t {
  Operand, ///< or the end of one: a name, a number, a unit, a text
  Keyword, ///< a name that is none here: an operand follows it
  Sign,    ///< `-` of `-x`, or the `/` that begins a unit
  Factor,  ///< `*`, `/`, `%` between operands
  Term,    ///< `+` and `-` between operands
  Power,
  Call,      ///< `(` behind the name of a function or model
  Selection, ///< `[` of `x[2]`
  Group,     ///< any other `(`
  List,      ///< any other `[`
  Close,
  Touching, ///< `.`, and `:` between brackets
  Trailing, ///< touches only what is in front of it: `,`, `'`, `:`
  Other,    ///< an operator that ends a region: `=`, `<`, `->`, ...
};

/// The factors of one expression, from a comma, comparison, keyword or bracket to the next.
struct Region {
  llvm::SmallVector<size_t, 8> factors; ///< positions of `*`, `/` and `%`
  bool hasTerms = false;                ///< a `+` or `-` between operands
  bool keepsBlanks = false;             ///< a factor is a quantity: `5 mV / tau`
};

class Spacer {
public:
  explicit Spacer(llvm::MutableArrayRef<Word> words)
      : words(words), roles(words.size()), touches(words.size()), startsElement(words.size()) {}

  void run() {
    regions.emplace_back();
    for (size_t i = 0; i < words.size(); ++i) {
      roles[i] = roleOf(i);
      place(i);
    }
    while (!regions.empty())
      endRegion();
    for (size_t i = 0; i < words.size(); ++i) {
      words[i].blanks = i > 0 && !touchesBefore(i);
      words[i].breakBehind = breakCost(i);
    }
  }

private:
  Role roleOf(size_t i);
  bool isKeyword(size_t i) const;
  bool separatesElements(size_t i) const;
  void place(size_t i);
  void endRegion();
  bool touchesBefore(size_t i) const;
  BreakCost breakCost(size_t i) const;

  bool isLast(size_t i) const { return i + 1 == words.size(); }
  bool nextIs(size_t i, TokenKind kind) const { return !isLast(i) && words[i + 1].is(kind); }

  llvm::MutableArrayRef<Word> words;
  std::vector<Role> roles;
  std::vector<bool> touches;             ///< of a factor: no blanks around it
  std::vector<bool> startsElement;       ///< of a list whose elements are separated by blanks
  llvm::SmallVector<Region, 4> regions;  ///< one for every open bracket, and the statement's
  llvm::SmallVector<bool, 8> listDepths; ///< of the open brackets: whether they are lists
  bool operandEnds = false;              ///< an operator may follow
  bool inDimension = false;              ///< behind the `:` of a declaration
  /// Between elements of a list, all of which were a single number up to here.
  enum class Element { None, Begin, Sign, Number, Unit } element = Element::None;
};

} // namespace

/// True for keywords of two words, such as `at rate`: without knowing them, the second would pass for an operand.
static bool isKeywordPair(llvm::StringRef first, llvm::StringRef second) {
  static constexpr std::pair<llvm::StringRef, llvm::StringRef> pairs[] = {
      {"spike", "when"},   {"spike", "at"},      {"stop", "when"},    {"at", "rate"},
      {"at", "least"},     {"at", "most"},       {"keeping", "sign"}, {"sign", "at"},
      {"full", "holding"}, {"pre", "state"},     {"post", "state"},   {"shared", "state"},
      {"then", "for"},     {"connect", "where"}, {"connect", "like"}, {"normalised", "per"},
  };
  return llvm::is_contained(pairs, std::pair(first, second));
}

static bool isReservedOperator(llvm::StringRef word) {
  return llvm::StringSwitch<bool>(word).Cases({"and", "or", "not", "if", "then", "else"}, true).Default(false);
}

/// True if something that `token` could begin stands where an operand is expected.
static bool beginsOperand(const Token &token) {
  return token.is(TokenKind::Identifier) || token.is(TokenKind::Number) || token.is(TokenKind::Text) ||
         token.is(TokenKind::LeftParen) || token.is(TokenKind::Minus) || token.is(TokenKind::Plus) ||
         (token.is(TokenKind::LeftBracket) && token.blankBefore);
}

bool Spacer::isKeyword(size_t i) const {
  if (isReservedOperator(words[i].text()))
    return true;
  // Two operands never follow each other: the second is a keyword, as `every` in `of N every 1 ms`.
  if (operandEnds)
    return true;
  bool operandFollows = !isLast(i) && beginsOperand(words[i + 1].token);
  if (i == 0) {
    // No statement begins with an expression, so `weight -w` has a sign. But `position in grid(...)`.
    bool isSubject = operandFollows && words[1].token.isWord("in") && words.size() > 2;
    return !isSubject && (operandFollows || nextIs(i, TokenKind::Tilde));
  }
  return roles[i - 1] == Role::Keyword && isKeywordPair(words[i - 1].text(), words[i].text()) && operandFollows;
}

/// True for the second sign in `[1 -1]`, which has two elements, unlike `[1 - 1]`.
bool Spacer::separatesElements(size_t i) const {
  bool behindNumber = element == Element::Number || element == Element::Unit;
  return behindNumber && words[i].token.blankBefore && nextIs(i, TokenKind::Number) && !words[i + 1].token.blankBefore;
}

Role Spacer::roleOf(size_t i) {
  switch (words[i].token.kind) {
  case TokenKind::Identifier:
    if (i > 0 && words[i - 1].is(TokenKind::Dot))
      return Role::Operand;
    return isKeyword(i) ? Role::Keyword : Role::Operand;
  case TokenKind::LeftParen:
    return i > 0 && roles[i - 1] == Role::Operand && operandEnds ? Role::Call : Role::Group;
  case TokenKind::LeftBracket:
    // As the lexer sees it, which looks for a unit behind a list only.
    return i > 0 && !words[i].token.blankBefore && (words[i - 1].is(TokenKind::Identifier) || words[i - 1].isClosing())
               ? Role::Selection
               : Role::List;
  case TokenKind::RightParen:
  case TokenKind::RightBracket:
    return Role::Close;
  case TokenKind::Plus:
  case TokenKind::Minus:
    return operandEnds && !separatesElements(i) ? Role::Term : Role::Sign;
  case TokenKind::Star:
  case TokenKind::Slash:
  case TokenKind::Percent:
    return operandEnds ? Role::Factor : Role::Sign;
  case TokenKind::Caret:
    return Role::Power;
  case TokenKind::Dot:
    return Role::Touching;
  case TokenKind::Comma:
  case TokenKind::Prime:
    return Role::Trailing;
  case TokenKind::Colon:
    return regions.size() > 1 ? Role::Touching : Role::Trailing;
  case TokenKind::Number:
  case TokenKind::Unit:
  case TokenKind::Text:
    return Role::Operand;
  default:
    return Role::Other;
  }
}

/// Brings what is known at the word before up to word `i`.
void Spacer::place(size_t i) {
  Role role = roles[i];
  bool isNumber = words[i].is(TokenKind::Number), isUnit = words[i].is(TokenKind::Unit);
  // `[1 2]`, `[1 mV -2 mV]`: a list of plain numbers may do without commas.
  bool inList = !listDepths.empty() && listDepths.back();
  bool behindNumber = element == Element::Number || element == Element::Unit;
  startsElement[i] = behindNumber && (isNumber || role == Role::Sign);
  if (role == Role::List || (inList && words[i].is(TokenKind::Comma)))
    element = Element::Begin;
  else if (role == Role::Sign && element != Element::None)
    element = Element::Sign;
  else if (isNumber && element != Element::None && !(element == Element::Sign && words[i].token.blankBefore))
    element = Element::Number;
  else if (isUnit && element == Element::Number)
    element = Element::Unit;
  else
    element = Element::None;

  switch (role) {
  case Role::Call:
  case Role::Selection:
  case Role::Group:
  case Role::List:
    regions.emplace_back();
    listDepths.push_back(role == Role::List);
    break;
  case Role::Close:
    if (regions.size() > 1) {
      endRegion();
      listDepths.pop_back();
    }
    break;
  case Role::Factor:
    touches[i] = inDimension;
    if (!inDimension) {
      Region &region = regions.back();
      region.factors.push_back(i);
      bool byUnit = words[i - 1].is(TokenKind::Unit);
      size_t next = i + 1;
      while (next < words.size() && (words[next].is(TokenKind::Minus) || words[next].is(TokenKind::Plus)))
        ++next;
      byUnit |= next + 1 < words.size() && words[next].is(TokenKind::Number) && words[next + 1].is(TokenKind::Unit);
      region.keepsBlanks |= byUnit || words[i].is(TokenKind::Percent);
    }
    break;
  case Role::Term:
    regions.back().hasTerms = true;
    break;
  case Role::Keyword:
  case Role::Other:
  case Role::Trailing:
    if (!words[i].is(TokenKind::Prime)) {
      endRegion();
      regions.emplace_back();
      inDimension = words[i].is(TokenKind::Colon);
    }
    break;
  default:
    break;
  }
  operandEnds = role == Role::Operand || role == Role::Close || words[i].is(TokenKind::Prime);
}

/// Ends the innermost region: what its factors look like is known now.
void Spacer::endRegion() {
  Region region = regions.pop_back_val();
  for (size_t factor : region.factors)
    touches[factor] = region.hasTerms && !region.keepsBlanks;
}

bool Spacer::touchesBefore(size_t i) const {
  Role before = roles[i - 1], role = roles[i];
  switch (before) {
  case Role::Call:
  case Role::Selection:
  case Role::Group:
  case Role::List:
  case Role::Sign:
  case Role::Power:
  case Role::Touching:
    return true;
  case Role::Factor:
    return touches[i - 1];
  default:
    break;
  }
  switch (role) {
  case Role::Power:
    // `5 mV^2` has another unit than `5 mV ^2`.
    return !words[i - 1].is(TokenKind::Unit);
  case Role::Call:
  case Role::Selection:
  case Role::Close:
  case Role::Trailing:
    return true;
  case Role::Touching:
    // Nor does a number end with the `.` of a member.
    return !words[i - 1].is(TokenKind::Number) || !words[i].is(TokenKind::Dot);
  case Role::Factor:
    return touches[i];
  default:
    return false;
  }
}

BreakCost Spacer::breakCost(size_t i) const {
  if (!isLast(i) && startsElement[i + 1])
    return BreakCost::Separator;
  if (isLast(i) || !continuesStatement(words[i].token) || roles[i] == Role::Sign || roles[i] == Role::Power)
    return BreakCost::never;
  switch (roles[i]) {
  case Role::Trailing:
    return BreakCost::Separator;
  case Role::Factor:
    return touches[i] ? BreakCost::TightProduct : BreakCost::Product;
  case Role::Term:
    return BreakCost::Sum;
  default:
    break;
  }
  return llvm::StringSwitch<BreakCost>(words[i].text())
      .Case("else", BreakCost::Branch)
      .Case("then", BreakCost::Sum)
      .Cases({"and", "or"}, BreakCost::Logic)
      .Case("not", BreakCost::never)
      .Cases({"<", "<=", ">", ">=", "==", "!="}, BreakCost::Comparison)
      .Default(BreakCost::Value);
}

void space(llvm::MutableArrayRef<Word> words) { Spacer(words).run(); }

} // namespace snn::layout
