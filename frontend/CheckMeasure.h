// Losses and metrics: expressions over what a network does in a sample, whose values have shapes as well as dimensions.
//
// What mentions nothing of the network and the data is an ordinary expression, and checked as one.

#ifndef SNN_FRONTEND_CHECKMEASURE_H
#define SNN_FRONTEND_CHECKMEASURE_H

#include "frontend/CheckNetwork.h"
#include "frontend/ModelTraining.h"

#include "llvm/ADT/DenseMap.h"

namespace snn {

/// A checked part of a loss. Without `measure` it is in error, and whoever uses it stays silent.
struct Measured {
  model::Measure *measure = nullptr;
  UnitSpelling unit;           ///< to show it in; empty where it cannot be told
  bool fitsEverything = false; ///< the literal `0`

  explicit operator bool() const { return measure != nullptr; }
  /// A label whose shape nothing has determined so far.
  bool isOpen() const { return measure && measure->label && measure->label->use == model::TrainingArray::Use::Unused; }
};

/// "one number", "a number per step for each of 20 neurons"
std::string describe(const model::Shape &shape);

class MeasureChecker {
public:
  /// `block` is that of the training, whose `let`s may be of any shape; `scopes` are of single numbers.
  MeasureChecker(DefinitionTable &definitions, NetworkNames &names, const ast::Block &block, ScopeList scopes,
                 model::Training &training);

  enum class Role { Loss, Metric };
  /// The single number that `expr` is; null after a report.
  const model::Measure *check(const ast::Expr &expr, Role role);

private:
  // CheckMeasure.cpp
  Measured check(const ast::Expr &expr);
  bool mentions(const ast::Expr &expr);
  bool isOfNetwork(const ast::MemberExpr &member);
  Measured scalar(const ast::Expr &expr);
  Measured name(const ast::NameExpr &name);
  Measured let(const ast::VariableStmt &syntax);
  Measured label(model::TrainingArray &array, llvm::SMRange range);
  Measured member(const ast::MemberExpr &member);
  Measured ofNeurons(const model::Group &group, const ast::Name &variable, const ast::MemberExpr &member);
  Measured ofProjection(const model::Projection &projection, const ast::MemberExpr &member);
  Measured sum(const ast::BinaryExpr &binary, model::Op op);
  Measured product(const ast::BinaryExpr &binary, model::Op op);
  Measured power(const ast::BinaryExpr &binary);
  Measured reject(const ast::Expr &expr, const llvm::Twine &what);

  // CheckMeasureCall.cpp
  bool isMeasureFunction(const ast::CallExpr &call) const;
  Measured call(const ast::CallExpr &call);
  Measured writtenOut(const ast::CallExpr &call, const ast::FunctionStmt &function);
  Measured reduction(const ast::CallExpr &call, model::Reduction reduction, model::Over over);
  Measured elementwise(const ast::CallExpr &call);
  Measured ofClasses(const ast::CallExpr &call, model::MeasureFunction function);
  Measured comparison(const ast::CallExpr &call, model::MeasureFunction function);
  Measured softmax(const ast::CallExpr &call);
  bool takes(const ast::CallExpr &call, size_t count);
  bool requireNumber(const Measured &value, const ast::Expr &expr, const llvm::Twine &what);

  // CheckMeasureShape.cpp
  /// Two values of one dimension. False after a report.
  bool agree(const Measured &left, const ast::Expr &leftExpr, const Measured &right, const ast::Expr &rightExpr,
             llvm::SMRange whole);
  /// The shape of a value made of these, element by element; an open label takes what it needs. Nothing after a report.
  std::optional<model::Shape> commonShape(Measured &left, const ast::Expr &leftExpr, Measured &right,
                                          const ast::Expr &rightExpr, llvm::SMRange whole);
  /// The label is values of this shape, or classes. False after a report.
  bool determine(Measured &label, const ast::Expr &expr, const model::TrainingArray &as);
  /// Reports a label of which nothing tells the shape.
  bool requireKnown(const Measured &value, const ast::Expr &expr);
  Measured make(model::Measure measure, UnitSpelling unit = {});

  CheckContext &context;
  DefinitionTable &definitions;
  NetworkNames &names;
  ScopeList scopes;
  model::Training &training;
  Role role = Role::Loss;
  struct Let {
    const ast::VariableStmt *syntax;
    enum { Unvisited, Visiting, Done } state = Unvisited;
    Measured value;
    std::optional<bool> mentions; ///< the network or data; nothing: not looked at
  };
  llvm::StringMap<Let> lets;
  llvm::StringMap<Measured> *parameters = nullptr; ///< of the function being written out; null: none is
  llvm::DenseMap<const model::TrainingArray *, llvm::SMRange> determinedAt;
};

} // namespace snn

#endif // SNN_FRONTEND_CHECKMEASURE_H
