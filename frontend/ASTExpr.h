// Expressions of the surface language.

#ifndef SNN_FRONTEND_ASTEXPR_H
#define SNN_FRONTEND_ASTEXPR_H

#include "frontend/Dimension.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Casting.h"
#include "llvm/Support/SMLoc.h"

#include <cstdint>
#include <optional>

namespace snn::ast {

/// A word with its place.
struct Name {
  llvm::StringRef text; ///< empty where an optional name is absent
  llvm::SMRange range;

  explicit operator bool() const { return !text.empty(); }
};

/// `cm^2` in `5 nS/cm^2`: a name to a rational power, negative behind a `/`.
struct UnitFactor {
  Name name; ///< as spelled, prefix included; "1" stands for no unit, as in `1/ms`
  Rational power = 1;
  llvm::SMRange range; ///< with the exponent, without the `*` or `/` in front
};

/// A unit behind a number or a list, or the dimension behind a `:`. In the latter a factor may also be the name of a
/// dimension (`current`) or of a declaration (`w/mV`).
struct UnitExpr {
  llvm::SMRange range;
  llvm::ArrayRef<UnitFactor> factors;

  /// The unit as written.
  llvm::StringRef text() const {
    return {range.Start.getPointer(), static_cast<size_t>(range.End.getPointer() - range.Start.getPointer())};
  }
};

enum class ExprKind {
  Number,
  Text,
  Name,
  Member,
  Index,
  Unary,
  Binary,
  If,
  Call,
  List,
  Draw,
  Since,
  Comprehension,
  Error,
};

struct Expr {
  /// No tree is higher than this, so that walks may recurse.
  static constexpr unsigned maxHeight = 1000;

  const ExprKind kind;
  llvm::SMRange range;
  unsigned height = 1; ///< one more than the highest operand's

  /// The expression as written.
  llvm::StringRef text() const {
    return {range.Start.getPointer(), static_cast<size_t>(range.End.getPointer() - range.Start.getPointer())};
  }

protected:
  Expr(ExprKind kind, llvm::SMRange range) : kind(kind), range(range) {}
};

/// Binds a node to its kind, for `llvm::isa` and its kin.
template <ExprKind K> struct ExprOf : Expr {
  explicit ExprOf(llvm::SMRange range) : Expr(K, range) {}
  static bool classof(const Expr *expr) { return expr->kind == K; }
};

/// `5`, `0.32 /ms`. A sign is a `UnaryExpr` around it.
struct NumberExpr : ExprOf<ExprKind::Number> {
  using ExprOf::ExprOf;
  llvm::StringRef digits;          ///< the number as written, without sign and unit
  double value = 0;                ///< of `digits`
  std::optional<uint64_t> integer; ///< exact value where the literal has neither point nor exponent
  const UnitExpr *unit = nullptr;
};

/// `"edges.npy"`; `value` is without the quotes.
struct TextExpr : ExprOf<ExprKind::Text> {
  using ExprOf::ExprOf;
  llvm::StringRef value;
};

struct NameExpr : ExprOf<ExprKind::Name> {
  using ExprOf::ExprOf;
  llvm::StringRef name;
};

/// `pre.V`, `N.I`, `V1.P`.
struct MemberExpr : ExprOf<ExprKind::Member> {
  using ExprOf::ExprOf;
  const Expr *base = nullptr;
  Name member;
};

/// `3`, `:5`, `5:`, `2:5`, `:` or, with a step, `:100:10` between brackets.
struct Subscript {
  bool isSlice = false;
  const Expr *begin = nullptr; ///< the index itself, or the start of the slice if given
  const Expr *end = nullptr;   ///< one past the last, if given
  const Expr *step = nullptr;  ///< every so many, if given
  llvm::SMRange range;
};

/// `N[:3200]`, `p[a, b]`.
struct IndexExpr : ExprOf<ExprKind::Index> {
  using ExprOf::ExprOf;
  const Expr *base = nullptr;
  llvm::ArrayRef<Subscript> subscripts; ///< at least one
};

enum class UnaryOp { Minus, Plus, Not };

struct UnaryExpr : ExprOf<ExprKind::Unary> {
  using ExprOf::ExprOf;
  UnaryOp op = UnaryOp::Minus;
  const Expr *operand = nullptr;
};

enum class BinaryOp { Add, Sub, Mul, Div, Mod, Pow, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, And, Or, In };

/// The operator as written, such as ">=".
llvm::StringRef spelling(BinaryOp op);
llvm::StringRef spelling(UnaryOp op);

struct BinaryExpr : ExprOf<ExprKind::Binary> {
  using ExprOf::ExprOf;
  BinaryOp op = BinaryOp::Add;
  llvm::SMRange opRange;
  const Expr *left = nullptr;
  const Expr *right = nullptr;
};

/// `if condition then thenValue else elseValue`
struct IfExpr : ExprOf<ExprKind::If> {
  using ExprOf::ExprOf;
  const Expr *condition = nullptr;
  const Expr *thenValue = nullptr;
  const Expr *elseValue = nullptr;
};

/// `5`, `autapses = false` or `tau ~ normal(...)` between parentheses. Positional ones come first.
struct Argument {
  Name name;                   ///< empty: positional
  const Expr *value = nullptr; ///< a `DrawExpr` after `~`
};

/// `exp(x)`, `fixed_indegree(10, autapses = false)`, `load("gna.npy")`.
struct CallExpr : ExprOf<ExprKind::Call> {
  using ExprOf::ExprOf;
  Name callee;
  llvm::ArrayRef<Argument> arguments;
};

/// `[20, 200] ms`
struct ListExpr : ExprOf<ExprKind::List> {
  using ExprOf::ExprOf;
  llvm::ArrayRef<const Expr *> elements;
  const UnitExpr *unit = nullptr; ///< of every element
};

/// What follows a `~`: a distribution and its modifiers.
struct DrawExpr : ExprOf<ExprKind::Draw> {
  using ExprOf::ExprOf;
  const Expr *distribution = nullptr; ///< a call such as `normal(-55 mV, 2 mV)`; an `ErrorExpr` at worst
  const Expr *atLeast = nullptr;      ///< null: not given
  const Expr *atMost = nullptr;
  llvm::SMRange keepingSign; ///< valid where given
  llvm::SMRange clip;        ///< valid where given
};

/// `since spike`
struct SinceExpr : ExprOf<ExprKind::Since> {
  using ExprOf::ExprOf;
  Name event;
};

/// `b in layer` behind `for`: a name, and the index set whose members it stands for.
struct Binder {
  Name name;
  Name set;
};

/// `sum(w[a, b] for b in layer if b != a)`
struct ComprehensionExpr : ExprOf<ExprKind::Comprehension> {
  using ExprOf::ExprOf;
  Name callee;
  const Expr *value = nullptr;
  llvm::ArrayRef<Binder> binders;
  const Expr *condition = nullptr; ///< null: not given
};

/// Stands where an expression could not be parsed; the error has been reported.
struct ErrorExpr : ExprOf<ExprKind::Error> {
  using ExprOf::ExprOf;
};

} // namespace snn::ast

#endif // SNN_FRONTEND_ASTEXPR_H
