#include "compiler/Import/ExpressionImporter.h"

#include "compiler/Import/Stream.h"

#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using snn::model::Expr;
using Operator = snn::model::Op;

namespace snn {

Location ExpressionImporter::location(llvm::SMRange range) const {
  MLIRContext *context = builder.getContext();
  unsigned buffer = range.isValid() ? sources.FindBufferContainingLoc(range.Start) : 0;
  if (!buffer)
    return UnknownLoc::get(context);
  StringRef file = sources.getMemoryBuffer(buffer)->getBufferIdentifier();
  auto [line, column] = sources.getLineAndColumn(range.Start, buffer);
  auto [endLine, endColumn] = sources.getLineAndColumn(range.End, buffer);
  return FileLineColRange::get(StringAttr::get(context, file), line, column, endLine, endColumn);
}

void ExpressionImporter::enterDeclaration(StringRef name) {
  declaration = name.str();
  occurrence = 0;
}

uint32_t ExpressionImporter::streamFor(const Expr &expr) {
  auto [it, isNew] = streams.try_emplace(&expr, 0);
  if (isNew)
    it->second = streamOf(declaration + "#" + std::to_string(occurrence++));
  return it->second;
}

static Value constant(ImplicitLocOpBuilder &b, double number) {
  return arith::ConstantOp::create(b, b.getF64FloatAttr(number));
}

/// Is this a time that is kept as a number of steps?
static bool isCounted(const Expr &expr) {
  return expr.kind == Expr::Kind::Time || expr.kind == Expr::Kind::SinceSpike ||
         (expr.kind == Expr::Kind::Variable && expr.variable->isImplied);
}

Value ExpressionImporter::import(const Expr &expr) {
  ImplicitLocOpBuilder b(location(expr.range), builder);
  switch (expr.kind) {
  case Expr::Kind::Number:
    b.setLoc(OpaqueLoc::get(&expr, b.getLoc())); // what becomes of it is asked later (SettingOrigins.h)
    return constant(b, expr.number);
  case Expr::Kind::Truth:
    return arith::ConstantOp::create(b, b.getBoolAttr(expr.number != 0));
  case Expr::Kind::Parameter:
    return importParameter(b, *expr.parameter);
  case Expr::Kind::Variable:
    if (isCounted(expr))
      return arith::MulFOp::create(b, importSteps(b, expr), ir::StepSizeOp::create(b, b.getF64Type()));
    return ir::ReadOp::create(b, b.getF64Type(), expr.variable->name);
  case Expr::Kind::Pre:
    return ir::ReadOp::create(b, b.getF64Type(), "pre." + expr.variable->name);
  case Expr::Kind::Post:
    return ir::ReadOp::create(b, b.getF64Type(), "post." + expr.variable->name);
  case Expr::Kind::Index:
    return ir::IndexOp::create(b, b.getF64Type(), StringAttr());
  case Expr::Kind::PreIndex:
    return ir::IndexOp::create(b, b.getF64Type(), b.getStringAttr("pre"));
  case Expr::Kind::PostIndex:
    return ir::IndexOp::create(b, b.getF64Type(), b.getStringAttr("post"));
  case Expr::Kind::Count:
    return ir::CountOp::create(b, b.getF64Type(), StringAttr());
  case Expr::Kind::PreCount:
    return ir::CountOp::create(b, b.getF64Type(), b.getStringAttr("pre"));
  case Expr::Kind::PostCount:
    return ir::CountOp::create(b, b.getF64Type(), b.getStringAttr("post"));
  case Expr::Kind::OldWeight:
    return ir::WeightOp::create(b, b.getF64Type(), UnitAttr(), UnitAttr());
  case Expr::Kind::Time:
    return arith::MulFOp::create(b, ir::StepNumberOp::create(b, b.getF64Type()), ir::StepSizeOp::create(b, b.getF64Type()));
  case Expr::Kind::Step:
    return ir::StepSizeOp::create(b, b.getF64Type());
  case Expr::Kind::Apply:
    return importApply(expr);
  case Expr::Kind::Draw:
    return importDraw(b, expr);
  case Expr::Kind::RandomUniform:
    return ir::RandomOp::create(b, b.getF64Type(), ir::RandomKind::Uniform, streamFor(expr));
  case Expr::Kind::RandomNormal:
    return ir::RandomOp::create(b, b.getF64Type(), ir::RandomKind::Normal, streamFor(expr));
  case Expr::Kind::WhiteNoise:
    return ir::RandomOp::create(b, b.getF64Type(), ir::RandomKind::White, streamFor(expr));
  case Expr::Kind::RandomPoisson: {
    Value uniform = ir::RandomOp::create(b, b.getF64Type(), ir::RandomKind::Uniform, streamFor(expr));
    return ir::PoissonCountOp::create(b, b.getF64Type(), import(*expr.operands[0]), uniform, b.getI32IntegerAttr(1 << 16));
  }
  case Expr::Kind::Old:
  case Expr::Kind::Delayed:
    return ir::ReadOp::create(b, b.getF64Type(), pastName(expr));
  case Expr::Kind::SinceSpike:
    return arith::MulFOp::create(b, importSteps(b, expr), ir::StepSizeOp::create(b, b.getF64Type()));
  case Expr::Kind::Data:
    return importData(b, expr);
  case Expr::Kind::PrePosition:
    return ir::ReadOp::create(b, b.getF64Type(), ("pre." + coordinateName(expr.axis)).str());
  case Expr::Kind::PostPosition:
    return ir::ReadOp::create(b, b.getF64Type(), ("post." + coordinateName(expr.axis)).str());
  }
  llvm_unreachable("covered switch");
}

StringRef ExpressionImporter::pastName(const Expr &expr) {
  if (expr.kind == Expr::Kind::SinceSpike)
    return past[nullptr] = "since spike";
  const char *kind = expr.kind == Expr::Kind::Delayed ? "delayed " : "old ";
  auto [it, isNew] = past.try_emplace(&expr, kind + std::to_string(past.size() + 1));
  return it->second;
}

void ExpressionImporter::declarePast() {
  for (size_t k = 0; k < past.size(); ++k) { // an `old` inside another is declared behind it
    auto [expr, name] = *std::next(past.begin(), static_cast<std::ptrdiff_t>(k));
    bool isDelayed = expr && expr->kind == Expr::Kind::Delayed;
    auto kind = isDelayed ? ir::VariableKind::Delayed : expr ? ir::VariableKind::Old : ir::VariableKind::SinceSpike;
    declareVariable(kind, name, expr ? expr->operands[0] : nullptr);
    if (isDelayed)
      declareVariable(ir::VariableKind::Let, name + ".delay", expr->operands[1]);
  }
}

void ExpressionImporter::declareVariable(ir::VariableKind kind, StringRef name, const Expr *expr) {
  auto op = ir::VariableOp::create(builder, expr ? location(expr->range) : builder.getUnknownLoc(), kind, name, "", llvm::APFloat(1.0),
                                   "", false, false, false, FlatSymbolRefAttr());
  if (!expr)
    return;
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&op.getExpression());
  Value value = import(*expr);
  ir::YieldOp::create(builder, value.getLoc(), value);
}

/// `t` and `since spike` as a number of steps.
Value ExpressionImporter::importSteps(ImplicitLocOpBuilder &b, const Expr &expr) {
  if (expr.kind == Expr::Kind::Time)
    return ir::StepNumberOp::create(b, b.getF64Type());
  if (expr.kind == Expr::Kind::Variable)
    return ir::ReadOp::create(b, b.getF64Type(), expr.variable->name);
  return ir::ReadOp::create(b, b.getF64Type(), pastName(expr));
}

/// A parameter that the network is built of is the number it was built with.
Value ExpressionImporter::importParameter(ImplicitLocOpBuilder &b, const model::NetworkParameter &parameter) {
  if (parameter.decidesStructure)
    return constant(b, parameter.value->number);
  b.setLoc(OpaqueLoc::get(parameter.value, b.getLoc())); // as of any number that becomes a setting
  return ir::ParameterOp::create(b, b.getF64Type(), parameter.name, llvm::APFloat(parameter.value->number), parameter.unit.text,
                                 llvm::APFloat(parameter.unit.scale), parameter.documentation);
}

/// A comparison of `t` or `since spike` with something else compares integer steps, so that `t >= 500 ms` is exact whatever `dt`.
Value ExpressionImporter::importComparison(ImplicitLocOpBuilder &b, const Expr &expr) {
  arith::CmpFPredicate predicate;
  switch (expr.op) {
  case Operator::Less: predicate = arith::CmpFPredicate::OLT; break;
  case Operator::LessEqual: predicate = arith::CmpFPredicate::OLE; break;
  case Operator::Greater: predicate = arith::CmpFPredicate::OGT; break;
  case Operator::GreaterEqual: predicate = arith::CmpFPredicate::OGE; break;
  case Operator::Equal: predicate = arith::CmpFPredicate::OEQ; break;
  default: predicate = arith::CmpFPredicate::UNE; break;
  }
  bool timed = llvm::any_of(expr.operands, [](const Expr *operand) { return isCounted(*operand); });
  auto side = [&](const Expr &operand) -> Value {
    if (!timed)
      return import(operand);
    if (isCounted(operand))
      return importSteps(b, operand);
    Value steps = arith::DivFOp::create(b, import(operand), ir::StepSizeOp::create(b, b.getF64Type()));
    return math::RoundEvenOp::create(b, steps);
  };
  Value left = side(*expr.operands[0]);
  Value right = side(*expr.operands[1]);
  return arith::CmpFOp::create(b, predicate, left, right);
}

/// x^n with a small integer n is a product, x^0.5 a square root: cheaper, exact where possible, and easy to differentiate.
Value ExpressionImporter::importPower(ImplicitLocOpBuilder &b, const Expr &expr, Value base) {
  const Expr &exponent = *expr.operands[1];
  if (exponent.kind != Expr::Kind::Number)
    return math::PowFOp::create(b, base, import(exponent));
  double n = exponent.number;
  if (n == 0.5)
    return math::SqrtOp::create(b, base);
  if (n != std::floor(n) || std::abs(n) > 16)
    return math::PowFOp::create(b, base, constant(b, n));
  Value product;
  Value square = base;
  for (unsigned rest = static_cast<unsigned>(std::abs(n)); rest; rest >>= 1) {
    if (rest & 1)
      product = product ? arith::MulFOp::create(b, product, square).getResult() : square;
    if (rest > 1)
      square = arith::MulFOp::create(b, square, square);
  }
  if (!product)
    return constant(b, 1);
  return n < 0 ? arith::DivFOp::create(b, constant(b, 1), product).getResult() : product;
}

Value ExpressionImporter::importApply(const Expr &expr) {
  ImplicitLocOpBuilder b(location(expr.range), builder);
  switch (expr.op) {
  case Operator::Less: case Operator::LessEqual: case Operator::Greater: case Operator::GreaterEqual: case Operator::Equal: case Operator::NotEqual:
    return importComparison(b, expr);
  case Operator::Pow:
    return importPower(b, expr, import(*expr.operands[0]));
  default:
    break;
  }
  SmallVector<Value> operands;
  for (const Expr *operand : expr.operands)
    operands.push_back(import(*operand));
  return importFunction(b, expr, operands);
}

Value ExpressionImporter::importFunction(ImplicitLocOpBuilder &b, const Expr &expr, ArrayRef<Value> x) {
  auto smaller = [&](Value p, Value q) -> Value {
    return arith::SelectOp::create(b, arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, p, q), p, q);
  };
  auto larger = [&](Value p, Value q) -> Value {
    return arith::SelectOp::create(b, arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, p, q), p, q);
  };
  auto atLeastZero = [&](arith::CmpFPredicate predicate) -> Value { return arith::CmpFOp::create(b, predicate, x[0], constant(b, 0)); };
  switch (expr.op) {
  case Operator::Neg: return arith::NegFOp::create(b, x[0]);
  case Operator::Add: return arith::AddFOp::create(b, x[0], x[1]);
  case Operator::Sub: return arith::SubFOp::create(b, x[0], x[1]);
  case Operator::Mul: return arith::MulFOp::create(b, x[0], x[1]);
  case Operator::Div: return arith::DivFOp::create(b, x[0], x[1]);
  case Operator::Mod: { // the sign of the divisor, as in Python and as modellers expect of phases
    Value whole = math::FloorOp::create(b, arith::DivFOp::create(b, x[0], x[1]));
    return arith::SubFOp::create(b, x[0], arith::MulFOp::create(b, x[1], whole));
  }
  case Operator::And: return arith::AndIOp::create(b, x[0], x[1]);
  case Operator::Or: return arith::OrIOp::create(b, x[0], x[1]);
  case Operator::Not: return arith::XOrIOp::create(b, x[0], arith::ConstantOp::create(b, b.getBoolAttr(true)));
  case Operator::Select: return arith::SelectOp::create(b, x[0], x[1], x[2]);
  case Operator::Abs: return math::AbsFOp::create(b, x[0]);
  case Operator::Sign: {
    Value negative = arith::SelectOp::create(b, atLeastZero(arith::CmpFPredicate::OLT), constant(b, -1), constant(b, 0));
    return arith::SelectOp::create(b, atLeastZero(arith::CmpFPredicate::OGT), constant(b, 1), negative);
  }
  case Operator::Min: return smaller(x[0], x[1]);
  case Operator::Max: return larger(x[0], x[1]);
  case Operator::Clip: return smaller(larger(x[0], x[1]), x[2]);
  case Operator::Floor: return math::FloorOp::create(b, x[0]);
  case Operator::Ceil: return math::CeilOp::create(b, x[0]);
  case Operator::Round: { // halves away from zero
    Value size = math::FloorOp::create(b, arith::AddFOp::create(b, math::AbsFOp::create(b, x[0]), constant(b, 0.5)));
    return math::CopySignOp::create(b, size, x[0]);
  }
  case Operator::Sqrt: return math::SqrtOp::create(b, x[0]);
  case Operator::Exp: return math::ExpOp::create(b, x[0]);
  case Operator::Log: return math::LogOp::create(b, x[0]);
  case Operator::Log10: return math::Log10Op::create(b, x[0]);
  case Operator::Exprel: return ir::ExprelOp::create(b, x[0].getType(), x[0]);
  case Operator::Expm1: return math::ExpM1Op::create(b, x[0]);
  case Operator::Log1p: return math::Log1pOp::create(b, x[0]);
  case Operator::Sin: return math::SinOp::create(b, x[0]);
  case Operator::Cos: return math::CosOp::create(b, x[0]);
  case Operator::Tan: return math::TanOp::create(b, x[0]);
  case Operator::Sinh: return math::SinhOp::create(b, x[0]);
  case Operator::Cosh: return math::CoshOp::create(b, x[0]);
  case Operator::Tanh: return math::TanhOp::create(b, x[0]);
  case Operator::Erf: return math::ErfOp::create(b, x[0]);
  case Operator::Heaviside:
    return arith::SelectOp::create(b, atLeastZero(arith::CmpFPredicate::OGE), constant(b, 1), constant(b, 0));
  default:
    llvm_unreachable("comparisons and powers are imported elsewhere");
  }
}

Value ExpressionImporter::importDraw(ImplicitLocOpBuilder &b, const Expr &expr) {
  SmallVector<Value> parameters;
  for (const Expr *operand : expr.operands)
    parameters.push_back(import(*operand));
  auto bound = [&](const Expr *e) { return e ? import(*e) : Value(); };
  auto distribution = static_cast<ir::Distribution>(expr.distribution);
  auto unit = [&](bool set) { return set ? b.getUnitAttr() : UnitAttr(); };
  return ir::DrawOp::create(b, b.getF64Type(), ir::DistributionAttr::get(b.getContext(), distribution), parameters,
                            bound(expr.modifiers.atLeast), bound(expr.modifiers.atMost), unit(expr.modifiers.keepingSign),
                            unit(expr.modifiers.outOfBounds == model::OutOfBounds::Clip), b.getI32IntegerAttr(streamFor(expr)),
                            UnitAttr(), ir::EndAttr());
}

Value ExpressionImporter::importData(ImplicitLocOpBuilder &b, const Expr &expr) {
  const model::DataSource &source = *expr.data;
  if (source.course)
    return importCourse(b, source);
  SmallVector<int64_t> shape(source.shape.begin(), source.shape.end());
  return ir::DataOp::create(b, b.getF64Type(), source.path, source.dataSet, source.unit.text,
                            shape.empty() ? DenseI64ArrayAttr() : b.getDenseI64ArrayAttr(shape), expr.entry, ir::EndAttr());
}

Value ExpressionImporter::importCourse(ImplicitLocOpBuilder &b, const model::DataSource &source) {
  const model::TimeCourse &course = *source.course;
  FloatAttr every = course.every ? b.getF64FloatAttr(course.every->number) : FloatAttr();
  return ir::CourseOp::create(b, b.getF64Type(), b.getStringAttr(source.path), b.getStringAttr(source.dataSet),
                              b.getStringAttr(source.unit.text), every,
                              ir::BetweenAttr::get(b.getContext(), static_cast<ir::Between>(course.between)),
                              ir::BeyondAttr::get(b.getContext(), static_cast<ir::Beyond>(course.beyond)),
                              b.getStringAttr(course.drive), b.getI64IntegerAttr(static_cast<int64_t>(course.begin)),
                              b.getI64IntegerAttr(static_cast<int64_t>(course.end)));
}

void ExpressionImporter::nameDraws(const Expr &expr) {
  if (expr.kind == Expr::Kind::Draw)
    streamFor(expr);
  for (const Expr *operand : expr.operands)
    nameDraws(*operand);
}

} // namespace snn
