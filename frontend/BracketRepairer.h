// How well the brackets of a definition pair up, and agree with its lines; internal to the repair of brackets.

#ifndef SNN_FRONTEND_BRACKETREPAIRER_H
#define SNN_FRONTEND_BRACKETREPAIRER_H

#include "frontend/BracketRepair.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace snn::brackets {

constexpr size_t none = ~size_t(0);

struct Line {
  size_t firstToken, lastToken; ///< without the line break
  size_t indentation;
  bool mayHaveBlock;    ///< starts with a word that a block may follow
  bool needsBlock;      ///< starts a definition, which has one
  bool startsStatement; ///< as opposed to going on with an expression
};

struct Bracket {
  size_t token; ///< none: inserted
  TokenKind kind;
  unsigned line;
  bool startsLine, endsLine;
  bool endsStatement = true; ///< nothing but the end of a statement or block can follow
  bool standsApart = false;  ///< behind a blank, and not behind an operator: no call or index begins like this
  size_t semicolons = 0;     ///< before it
};

struct Change {
  enum Kind { Remove, Replace, InsertAtStart, InsertAtEnd } kind;
  size_t place;      ///< index of a bracket, or of the line it is inserted in
  TokenKind bracket; ///< the new one
};

using Brackets = llvm::SmallVector<Bracket, 64>;

/// What is wrong with a way to pair brackets, in points.
enum Cost : unsigned {
  unmatched = 20,
  braceInExpression = 40,
  blockWithoutHeader = 12,
  headerWithoutBlock = 16,
  misplacedBrace = 6, ///< not where the line or the indentation says
  indentedWithoutBlock = 12,
  strangeCall = 2,
  statementInExpression = 30,
  expressionOverLines = 2,
  removal = 4, ///< one more for a brace, which is forgotten rather than invented
  replacement = 3,
  insertion = 4,
};

class BracketRepairer {
public:
  BracketRepairer(std::vector<Token> &tokens, Diagnostics &diagnostics) : tokens(tokens), diagnostics(diagnostics) {
    findLines();
    findBrackets();
  }

  bool run() {
    constexpr size_t most = 300; // every change is tried, and each costs a pass over all brackets
    constexpr unsigned mostChanges = 6;
    if (brackets.size() > most || lines.size() > 2 * most)
      return false;
    llvm::SmallVector<Change, mostChanges> changes;
    llvm::SmallVector<Brackets, mostChanges> before; // that each change was made to
    while (countUnmatched(brackets) > 0) {
      std::optional<Change> best = findWithinLine();
      if (!best)
        best = findBest();
      if (!best || changes.size() == mostChanges)
        return false;
      changes.push_back(*best);
      before.push_back(brackets);
      brackets = changed(brackets, *best);
    }
    for (const auto &[change, state] : llvm::zip(changes, before))
      report(change, state);
    apply();
    return true;
  }

private:
  void findLines();
  void findBrackets();
  unsigned cost(const Brackets &all, llvm::SmallVectorImpl<size_t> *partners = nullptr) const;
  unsigned pairCost(const Bracket &open, const Bracket &close) const;
  unsigned headerCost(const Brackets &all) const;
  unsigned countUnmatched(const Brackets &all) const;
  std::optional<Change> findWithinLine() const;
  std::optional<Change> findBest() const;
  Brackets changed(const Brackets &all, const Change &change) const;
  size_t insertionIndex(const Brackets &all, const Change &change) const;
  /// The token that bracket `index` of `all` pairs with; none if there is none in the text.
  size_t partnerIn(const Brackets &all, size_t index) const;
  void report(const Change &change, const Brackets &all);
  void reportInsertion(const Change &change, const Brackets &all);
  void apply();

  std::vector<Token> &tokens;
  Diagnostics &diagnostics;
  llvm::SmallVector<Line, 64> lines;
  Brackets brackets;
};

} // namespace snn::brackets

#endif // SNN_FRONTEND_BRACKETREPAIRER_H
