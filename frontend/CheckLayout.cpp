#include "frontend/CheckLayout.h"

#include "frontend/CheckData.h"
#include "frontend/CheckDimension.h"
#include "frontend/CheckFold.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;
using llvm::Twine;
using model::Expr;
using model::Op;

namespace {

/// Nodes of a layout, all at one place of the text.
class Maker {
public:
  Maker(CheckContext &context, SMRange range) : context(context), range(range) {}
  const Expr *number(double value) const { return context.number(value, Dimension::number(), range).expr; }
  const Expr *apply(Op op, std::initializer_list<const Expr *> operands, const Dimension &dimension) const {
    Expr *expr = context.make(Expr::Kind::Apply, range);
    expr->op = op;
    expr->dimension = dimension;
    expr->operands = operands;
    return expr;
  }
  const Expr *times(const Expr *a, const Expr *b) const { return apply(Op::Mul, {a, b}, a->dimension * b->dimension); }
  const Expr *own(Expr::Kind kind) const { return context.simulation(kind, Dimension::number(), range).expr; }
  const Expr *uniform(const Expr *low, const Expr *high) const {
    Expr *expr = context.make(Expr::Kind::Draw, range);
    expr->dimension = high->dimension;
    expr->distribution = model::Distribution::Uniform;
    expr->stream = context.nextStream();
    expr->operands = {low, high};
    return expr;
  }

private:
  CheckContext &context;
  SMRange range;
};

class LayoutChecker {
public:
  LayoutChecker(const ast::PositionStmt &syntax, uint64_t size, const ScopeList &scopes, NetworkNames &names)
      : names(names), context(names.context), syntax(syntax), size(size), scopes(scopes),
        make(context, syntax.value->range) {}
  bool check();
  model::Layout result;

private:
  bool checkRegular(const ast::CallExpr &call);
  bool checkGrid(const ast::CallExpr &call);
  bool checkRandom(const ast::CallExpr &call);
  bool checkList(const ast::ListExpr &list);
  const Expr *checkLength(const ast::Expr &expr, const Twine &what);
  bool takes(const ast::CallExpr &call, bool fits, StringRef form);
  bool report(SMRange range, const Twine &message) {
    context.error(DiagnosticCode::C13, range, message);
    return false;
  }

  NetworkNames &names;
  CheckContext &context;
  const ast::PositionStmt &syntax;
  const uint64_t size;
  const ScopeList &scopes;
  Maker make;
};

} // namespace

static constexpr StringRef axisNames[] = {"x", "y", "z"};

/// A length that is the same for all neurons.
const Expr *LayoutChecker::checkLength(const ast::Expr &expr, const Twine &what) {
  WeightDimension none;
  ExpressionChecker checker(context, names.scopes(), none);
  Value value = checker.requireDimension(checker.checkQuantity(expr), expr, Dimension::length(), what);
  if (!value)
    return nullptr;
  if (std::optional<double> constant = constantValue(*value.expr); constant && !(*constant > 0)) {
    report(expr.range, what + " is positive");
    return nullptr;
  }
  return folded(value.expr, context);
}

bool LayoutChecker::takes(const ast::CallExpr &call, bool fits, StringRef form) {
  bool named = llvm::any_of(call.arguments, [](const ast::Argument &argument) { return bool(argument.name); });
  return (fits && !named) || report(call.range, "`" + call.callee.text + "` is written `" + form + "`");
}

/// The neuron with index i is in column i % columns, row i / columns % rows and so on; the middle is at 0.
bool LayoutChecker::checkGrid(const ast::CallExpr &call) {
  size_t axes = call.arguments.size() - 1;
  std::vector<uint64_t> extents;
  double sites = 1;
  for (const ast::Argument &argument : call.arguments.drop_back()) {
    std::optional<uint64_t> count = names.count(*argument.value, "the number of sites of a grid");
    if (!count)
      return false;
    extents.push_back(*count);
    sites *= double(*count);
  }
  if (sites != double(size))
    return report(call.range, "the grid has " + formatQuantity(sites, {}) + " sites, but there " +
                                  (size == 1 ? "is 1 neuron" : "are " + std::to_string(size) + " neurons"));
  const Expr *spacing = checkLength(*call.arguments.back().value, "the spacing of a grid");
  if (!spacing)
    return false;
  const Dimension number = Dimension::number();
  double before = 1;
  for (size_t axis = 0; axis < axes; ++axis) {
    double extent = double(extents[axis]);
    const Expr *index = make.own(Expr::Kind::Index);
    if (axis > 0)
      index = make.apply(Op::Floor, {make.apply(Op::Div, {index, make.number(before)}, number)}, number);
    if (axis + 1 < axes)
      index = make.apply(Op::Mod, {index, make.number(extent)}, number);
    const Expr *fromMiddle = make.apply(Op::Sub, {index, make.number((extent - 1) / 2)}, number);
    result.coordinates.push_back(make.times(fromMiddle, spacing));
    if (syntax.periodic.isValid())
      result.periods.push_back(make.times(make.number(extent), spacing));
    before *= extent;
  }
  return true;
}

bool LayoutChecker::checkRegular(const ast::CallExpr &call) {
  size_t count = call.arguments.size();
  if (call.callee.text == "grid")
    return takes(call, count >= 2 && count <= 4, "grid(64, 64, 50 um)") && checkGrid(call);
  if (call.callee.text == "ring") {
    const Expr *length = takes(call, count == 1, "ring(2 mm)")
                             ? checkLength(*call.arguments[0].value, "the length of a ring")
                             : nullptr;
    if (!length)
      return false;
    const Expr *part = make.apply(Op::Div, {make.own(Expr::Kind::Index), make.own(Expr::Kind::Count)}, Dimension::number());
    result.coordinates = {make.times(part, length)};
    result.periods = {length}; // a ring is closed whether or not anyone says so
    return true;
  }
  NearestName nearest(call.callee.text);
  for (StringRef known : {"grid", "ring"})
    nearest.consider(known);
  return report(call.callee.range, "`" + call.callee.text + "` is no regular layout" + nearest.hint());
}

bool LayoutChecker::checkRandom(const ast::CallExpr &call) {
  StringRef name = call.callee.text;
  bool isDisc = name == "uniform_disc", isSquare = name == "uniform_square";
  if (!isDisc && !isSquare && name != "uniform_cube") {
    NearestName nearest(name);
    for (StringRef known : {"uniform_disc", "uniform_square", "uniform_cube"})
      nearest.consider(known);
    return report(call.callee.range, "`" + name + "` is no distribution of positions" + nearest.hint());
  }
  if (!takes(call, call.arguments.size() == 1, isDisc ? "uniform_disc(1 mm)" : "uniform_square(2 mm)"))
    return false;
  const Expr *length = checkLength(*call.arguments[0].value, isDisc ? "the radius of a disc" : "the length of a side");
  if (!length)
    return false;
  const Dimension number = Dimension::number();
  if (isDisc) {
    if (syntax.periodic.isValid())
      return report(syntax.periodic, "a disc has no opposite sides that could meet");
    const Expr *one = make.number(1), *zero = make.number(0);
    const Expr *radius = make.times(make.apply(Op::Sqrt, {make.uniform(zero, one)}, number), length);
    const Expr *angle = make.times(make.number(6.283185307179586), make.uniform(zero, one));
    for (Op op : {Op::Cos, Op::Sin})
      result.coordinates.push_back(make.times(radius, make.apply(op, {angle}, number)));
    return true;
  }
  const Expr *half = make.times(make.number(0.5), length);
  for (unsigned axis = 0; axis < (isSquare ? 2u : 3u); ++axis) {
    result.coordinates.push_back(make.uniform(make.apply(Op::Neg, {half}, half->dimension), half));
    if (syntax.periodic.isValid())
      result.periods.push_back(length);
  }
  return true;
}

bool LayoutChecker::checkList(const ast::ListExpr &list) {
  if (list.elements.empty() || list.elements.size() > 3)
    return report(list.range, "a position has one to three coordinates, as in `[load(\"x.npy\"), load(\"y.npy\")]`");
  if (syntax.periodic.isValid())
    return report(syntax.periodic, "what is periodic has an extent, as a grid, a ring or a square has");
  llvm::SaveAndRestore place(context.dataPlace, DataPlace{DataPlace::Neuron});
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  bool good = true;
  for (auto [k, element] : llvm::enumerate(list.elements)) {
    Value value;
    if (const ast::CallExpr *load = loadCall(*element)) {
      UnitSpelling unit{"um", 1};
      if (list.unit)
        if (std::optional<Unit> written = unitOf(*list.unit, context))
          unit = {list.unit->text().str(), written->scale()};
      value = dataValue(*load, Dimension::length(), unit, context);
    } else {
      value = checker.requireDimension(checker.checkElement(list, k), *element, Dimension::length(), "a coordinate");
    }
    good &= bool(value);
    if (value)
      result.coordinates.push_back(folded(value.expr, context));
  }
  return good;
}

bool LayoutChecker::check() {
  result.range = syntax.range;
  if (auto *list = llvm::dyn_cast<ast::ListExpr>(syntax.value))
    return checkList(*list);
  if (auto *draw = llvm::dyn_cast<ast::DrawExpr>(syntax.value)) {
    auto *call = llvm::dyn_cast<ast::CallExpr>(draw->distribution);
    if (call && (draw->atLeast || draw->atMost || draw->keepingSign.isValid() || draw->clip.isValid()))
      return report(draw->range, "positions are drawn without bounds");
    return call && checkRandom(*call);
  }
  if (auto *call = llvm::dyn_cast<ast::CallExpr>(syntax.value))
    return checkRegular(*call);
  return llvm::isa<ast::ErrorExpr>(syntax.value)
             ? false
             : report(syntax.value->range, "a layout is needed here, such as `grid(64, 64, 50 um)` or `ring(2 mm)`");
}

model::Layout snn::checkLayout(const ast::Block &settings, uint64_t size, const ScopeList &scopes,
                                              NetworkNames &names) {
  const ast::PositionStmt *found = nullptr;
  for (const ast::Stmt *stmt : settings.statements) {
    auto *position = llvm::dyn_cast<ast::PositionStmt>(stmt);
    if (!position)
      continue;
    if (found) {
      names.context.error(DiagnosticCode::N2, position->range, "the position is given twice")
          .note(found->range, "it is given here first");
      continue;
    }
    found = position;
  }
  if (!found)
    return model::Layout();
  LayoutChecker checker(*found, size, scopes, names);
  if (checker.check())
    return std::move(checker.result);
  model::Layout faulty;
  faulty.range = found->range;
  return faulty;
}

Value snn::positionMember(const model::Population &population, StringRef member, SMRange range,
                          llvm::function_ref<Value(unsigned)> coordinate, CheckContext &context) {
  size_t axes = population.layout.coordinates.size();
  if (axes == 0) {
    if (!population.layout.range.isValid()) // otherwise what is wrong with it has been reported
      context
          .error(DiagnosticCode::C13, range,
                 "`" + population.name + "` has no positions; it gets them by `position in grid(...)` or the like")
          .note(population.range, "`" + population.name + "` is declared here");
    return {};
  }
  if (member.empty() && axes == 1)
    return coordinate(0);
  for (size_t axis = 0; axis < axes; ++axis)
    if (member == axisNames[axis])
      return coordinate(axis);
  std::string all = "`position.x`";
  for (size_t axis = 1; axis < axes; ++axis)
    all += (axis + 1 < axes ? ", `position." : " and `position.") + axisNames[axis].str() + "`";
  context
      .error(DiagnosticCode::C13, range,
             "a position of `" + population.name + "` has " + Twine(axes) + (axes == 1 ? " coordinate, " : " coordinates, ") + all)
      .note(population.layout.range, "it is given here");
  return {};
}

Scope snn::positionScope(const model::Population &population, CheckContext &context) {
  Scope scope;
  auto member = [&population, &context](StringRef name, SMRange range) {
    return positionMember(
        population, name, range,
        [&](unsigned axis) {
          return Value{population.layout.coordinates[axis], Dimension::length(), {"um", 1}};
        },
        context);
  };
  scope.add("position", [member](SMRange range) { return member("", range); });
  scope.addMembers("position", [member](StringRef name, SMRange range) -> std::optional<Value> { return member(name, range); });
  return scope;
}

/// Do both populations lie in a space that closes in itself, or neither?
static bool areAlike(const model::Layout &a, const model::Layout &b) {
  return a.coordinates.size() == b.coordinates.size() && a.periods.empty() == b.periods.empty();
}

Value snn::distanceBetween(const model::Population &source, const model::Population &target, SMRange range,
                           CheckContext &context) {
  for (const model::Population *population : {&source, &target})
    if (population->layout.coordinates.empty())
      return positionMember(*population, "", range, [](unsigned) { return Value(); }, context);
  if (!areAlike(source.layout, target.layout)) {
    auto described = [](const model::Layout &layout) {
      return std::to_string(layout.coordinates.size()) + (layout.coordinates.size() == 1 ? " coordinate" : " coordinates") +
             (layout.periods.empty() ? "" : ", periodic");
    };
    context
        .error(DiagnosticCode::C13, range,
               "there is no distance between `" + source.name + "` (" + described(source.layout) + ") and `" +
                   target.name + "` (" + described(target.layout) + ")")
        .note(source.layout.range, "`" + source.name + "` has its place here")
        .note(target.layout.range, "and `" + target.name + "` here");
    return {};
  }
  Maker make(context, range);
  const Dimension length = Dimension::length();
  const Expr *sum = nullptr, *last = nullptr;
  for (unsigned axis = 0; axis < source.layout.coordinates.size(); ++axis) {
    auto end = [&](Expr::Kind kind) {
      Expr *expr = context.make(kind, range);
      expr->axis = axis;
      expr->dimension = length;
      return expr;
    };
    last = make.apply(Op::Sub, {end(Expr::Kind::PrePosition), end(Expr::Kind::PostPosition)}, length);
    if (!target.layout.periods.empty()) { // the shortest way round
      const Expr *period = target.layout.periods[axis];
      const Expr *turns = make.apply(Op::Div, {last, period}, Dimension::number());
      turns = make.apply(Op::Floor, {make.apply(Op::Add, {turns, make.number(0.5)}, Dimension::number())}, Dimension::number());
      last = make.apply(Op::Sub, {last, make.times(period, turns)}, length);
    }
    const Expr *square = make.times(last, last);
    sum = sum ? make.apply(Op::Add, {sum, square}, length * length) : square;
  }
  const Expr *result = source.layout.coordinates.size() == 1 ? make.apply(Op::Abs, {last}, length)
                                                             : make.apply(Op::Sqrt, {sum}, length);
  return {result, length, {"um", 1}, false, 32, 12};
}
