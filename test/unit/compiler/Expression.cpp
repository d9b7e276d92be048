// Evaluation goes through the C library, operation by operation: slow, and independent of our own functions.

#include "Expression.h"

#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Parser/Parser.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <stdexcept>

using namespace mlir;

namespace snn::test {

static std::unique_ptr<MLIRContext> makeContext() {
  DialectRegistry registry;
  registry.insert<ir::SnnDialect, arith::ArithDialect, math::MathDialect>();
  auto context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  context->allowUnregisteredDialects();
  context->loadAllAvailableDialects();
  return context;
}

Expression::Expression(const std::string &code) : Expression(makeContext(), code) {}

Expression::Expression(std::unique_ptr<MLIRContext> made, const std::string &code)
    : builder(made.get()), context(std::move(made)) {
  std::string text = R"("test.code"() ({ %x = snn.argument 0
  %y = snn.argument 1
  )" + code + "\n\"test.result\"(%x, %y, %f) : (f64, f64, f64) -> () }) : () -> ()";
  module = parseSourceString<ModuleOp>(text, context.get());
  if (!module)
    throw std::runtime_error("the expression does not parse: " + code);
  Operation *result = &(*module).getBody()->front().getRegion(0).front().back();
  x = result->getOperand(0);
  y = result->getOperand(1);
  f = result->getOperand(2);
  builder.setInsertionPoint(result);
}

namespace {

/// Values of operations, truth as 1 and 0.
class Evaluation {
public:
  Evaluation(Value x, double atX, Value y, double atY) {
    known[x] = atX;
    known[y] = atY;
  }

  double of(Value value) {
    if (auto it = known.find(value); it != known.end())
      return it->second;
    return known[value] = ofOperation(value.getDefiningOp());
  }

private:
  double ofOperation(Operation *op) {
    auto arg = [&](unsigned i) { return of(op->getOperand(i)); };
    return llvm::TypeSwitch<Operation *, double>(op)
        .Case([&](arith::ConstantOp c) { return cast<FloatAttr>(c.getValue()).getValueAsDouble(); })
        .Case([&](arith::AddFOp) { return arg(0) + arg(1); })
        .Case([&](arith::SubFOp) { return arg(0) - arg(1); })
        .Case([&](arith::MulFOp) { return arg(0) * arg(1); })
        .Case([&](arith::DivFOp) { return arg(0) / arg(1); })
        .Case([&](arith::NegFOp) { return -arg(0); })
        .Case([&](arith::SelectOp) { return arg(0) != 0 ? arg(1) : arg(2); })
        .Case([&](arith::CmpFOp op) { return compare(op.getPredicate(), arg(0), arg(1)); })
        .Case([&](math::FmaOp) { return std::fma(arg(0), arg(1), arg(2)); })
        .Case([&](math::ExpOp) { return std::exp(arg(0)); })
        .Case([&](math::ExpM1Op) { return std::expm1(arg(0)); })
        .Case([&](math::LogOp) { return std::log(arg(0)); })
        .Case([&](math::Log10Op) { return std::log10(arg(0)); })
        .Case([&](math::Log1pOp) { return std::log1p(arg(0)); })
        .Case([&](math::SqrtOp) { return std::sqrt(arg(0)); })
        .Case([&](math::SinOp) { return std::sin(arg(0)); })
        .Case([&](math::CosOp) { return std::cos(arg(0)); })
        .Case([&](math::TanOp) { return std::tan(arg(0)); })
        .Case([&](math::SinhOp) { return std::sinh(arg(0)); })
        .Case([&](math::CoshOp) { return std::cosh(arg(0)); })
        .Case([&](math::TanhOp) { return std::tanh(arg(0)); })
        .Case([&](math::ErfOp) { return std::erf(arg(0)); })
        .Case([&](math::PowFOp) { return std::pow(arg(0), arg(1)); })
        .Case([&](math::AbsFOp) { return std::abs(arg(0)); })
        .Case([&](math::CopySignOp) { return std::copysign(arg(0), arg(1)); })
        .Case([&](math::FloorOp) { return std::floor(arg(0)); })
        .Case([&](math::CeilOp) { return std::ceil(arg(0)); })
        .Case([&](math::RoundEvenOp) { return std::nearbyint(arg(0)); })
        .Case([&](ir::ExprelOp) { return exprel(arg(0)); })
        .Case([&](ir::RexprelOp) { return 1 / exprel(arg(0)); })
        .Default([](Operation *op) -> double {
          throw std::runtime_error("no value for " + op->getName().getStringRef().str());
        });
  }

  static double exprel(double x) { return x == 0 ? 1 : std::expm1(x) / x; }

  static double compare(arith::CmpFPredicate predicate, double a, double b) {
    switch (predicate) {
    case arith::CmpFPredicate::OLT:
      return a < b;
    case arith::CmpFPredicate::OGT:
      return a > b;
    case arith::CmpFPredicate::OGE:
      return a >= b;
    default:
      throw std::runtime_error("no value for this comparison");
    }
  }

  llvm::DenseMap<Value, double> known;
};

} // namespace

double Expression::evaluate(Value value, double atX, double atY) const { return Evaluation(x, atX, y, atY).of(value); }

} // namespace snn::test
