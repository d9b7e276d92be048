// Syntax of an expression -> checked value. Names come from a list of scopes; every operation checks dimensions.

#ifndef SNN_FRONTEND_CHECKEXPR_H
#define SNN_FRONTEND_CHECKEXPR_H

#include "frontend/CheckContext.h"

namespace snn {

class ImpliedStates;
class IndexCopy;

/// What an expression may contain besides arithmetic.
struct ExprRules {
  bool noise = false; ///< `rand()`, `randn()` and `poisson(x)`: wherever something is evaluated again in every step
  bool past = false;  ///< `old(x)` and `since spike`: in what a neuron evaluates while it runs
  bool hasSpikes = true; ///< `since spike`: of what stands there
  ImpliedStates *implied = nullptr; ///< `since pre`, and `delayed` in a rule: what a synapse or rule has besides what it declares
};

/// The operation an operator of the syntax stands for.
model::Op opOf(ast::BinaryOp op);
/// The operator behind `+=` and its like; nothing for `=`.
std::optional<model::Op> compoundOp(ast::AssignOp op);

class ExpressionChecker {
public:
  /// `weight` is the unknown of the definition the expression stands in.
  ExpressionChecker(CheckContext &context, ScopeList scopes, WeightDimension &weight, ExprRules rules = {})
      : context(context), scopes(std::move(scopes)), weight(weight), rules(rules) {}

  /// Any expression but a draw.
  Value check(const ast::Expr &expr);
  /// A quantity or number; a truth value is an error.
  Value checkQuantity(const ast::Expr &expr);
  /// A condition.
  Value checkTruth(const ast::Expr &expr);
  /// A quantity or a draw of `expected` dimension. `what` says what needs it, as in "`tau`".
  Value checkAs(const ast::Expr &expr, const DimensionTerm &expected, const llvm::Twine &what);
  /// An expression or what follows a `~`, of any dimension.
  Value checkValueOrDraw(const ast::Expr &expr);
  /// An element of a list, with the unit behind the list.
  Value checkElement(const ast::ListExpr &list, uint64_t index);
  /// Reports that `right` is not of the dimension that `left`, the first entry of a table, has. False after a report.
  bool requireAlike(const Value &left, const ast::Expr &leftExpr, const Value &right, const ast::Expr &rightExpr);
  /// Reports `value` unless it has the `expected` dimension. On failure returns the empty value.
  Value requireDimension(Value value, const ast::Expr &expr, const DimensionTerm &expected, const llvm::Twine &what);

private:
  Value checkKind(const ast::Expr &expr);
  // Atoms
  Value checkNumber(const ast::NumberExpr &number);
  Value checkName(const ast::NameExpr &name);
  Value checkWhiteNoise(const ast::NameExpr &name);
  Value checkMember(const ast::MemberExpr &member);
  // Index sets
  Value checkIndex(const ast::IndexExpr &index);
  /// `tau[0]`, `pre.tau[0]`; nothing if what is chosen from is no vector.
  std::optional<Value> checkVectorElement(const ast::IndexExpr &index);
  /// `sum(tau)`; nothing if its argument is no vector.
  std::optional<Value> checkVectorSum(const ast::CallExpr &call);
  Value checkMembership(const ast::BinaryExpr &binary);
  /// `a == L4E`; nothing if neither side is a bound name.
  std::optional<Value> checkMemberComparison(const ast::BinaryExpr &binary);
  Value checkComprehension(const ast::ComprehensionExpr &sum);
  Value addTerm(const Value &total, const ast::ComprehensionExpr &sum, const IndexCopy &copy);
  Value reportIndexName(const ast::NameExpr &name, const IndexName &found);
  // Operators
  Value checkUnary(const ast::UnaryExpr &unary);
  Value checkBinary(const ast::BinaryExpr &binary);
  Value checkSum(const ast::BinaryExpr &binary, model::Op op);
  Value checkProduct(const ast::BinaryExpr &binary, model::Op op);
  Value checkPower(const ast::Expr &whole, const ast::Expr &base, const ast::Expr &exponent);
  Value checkComparison(const ast::BinaryExpr &binary, model::Op op);
  Value checkConnective(const ast::BinaryExpr &binary, model::Op op);
  Value checkIf(const ast::IfExpr &conditional);
  /// True if `condition` is settled, and a comparison of members since `comparisonsBefore` is why.
  bool isKnownByMembers(const Value &condition, unsigned comparisonsBefore) const;
  // Calls
  Value checkCall(const ast::CallExpr &call);
  Value checkKernel(const ast::CallExpr &call);
  Value checkOld(const ast::CallExpr &call);
  Value checkDelayed(const ast::CallExpr &call);
  Value checkSince(const ast::SinceExpr &since);
  Value checkSinceEvent(const ast::SinceExpr &since);
  Value checkNoise(const ast::CallExpr &call, model::Expr::Kind kind);
  Value inlineFunction(const ast::CallExpr &call, const ast::FunctionStmt &function);
  Value reportUnknownFunction(const ast::CallExpr &call);
  bool checkArgumentCount(const ast::CallExpr &call, unsigned least, unsigned most);
  // Draws
  Value checkDraw(const ast::DrawExpr &draw);

  /// A number as operand, with a message that says who needs it.
  Value checkPlainNumber(const ast::Expr &expr, const llvm::Twine &what);
  /// Two values that must have one dimension. False after a report.
  bool agree(const Value &left, const ast::Expr &leftExpr, const Value &right, const ast::Expr &rightExpr,
             llvm::SMRange whole);
  /// An operation on checked operands, folded if they are all numbers.
  Value apply(model::Op op, llvm::ArrayRef<Value> operands, const DimensionTerm &dimension, llvm::SMRange range);
  /// `condition ? value : 0`
  Value gate(const Value &condition, const Value &value, llvm::SMRange range);

  CheckContext &context;
  ScopeList scopes;
  WeightDimension &weight;
  ExprRules rules;
};

/// True for `normal` and the other names that may follow a `~`.
bool isDistribution(llvm::StringRef name);

} // namespace snn

#endif // SNN_FRONTEND_CHECKEXPR_H
