// Sums of products: the same values as before, taken apart as algebra says, and put together with few operations.

#include "compiler/Algebra/NormalForm.h"

#include "Expression.h"
#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Verifier.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace snn;
using namespace snn::test;

namespace {

/// A normal form in which x changes in time, and what depends on it.
NormalForm formOver(Expression &e) {
  return NormalForm(e.builder, e.f.getLoc(), [&e](mlir::Value value) {
    if (value == e.x)
      return true;
    std::function<bool(mlir::Value)> depends = [&](mlir::Value v) {
      if (v == e.x)
        return true;
      mlir::Operation *op = v.getDefiningOp();
      return op && llvm::any_of(op->getOperands(), depends);
    };
    return depends(value);
  });
}

unsigned operationsBehind(mlir::Operation *last) {
  unsigned count = 0;
  for (mlir::Operation *op = last->getNextNode(); op; op = op->getNextNode())
    count += !mlir::isa<mlir::arith::ConstantOp>(op);
  return count - 1; // the result
}

} // namespace

TEST(NormalForm, CancelsWhatCancels) {
  // (x + y) (x - y) - x^2 + y^2, in which only y is steady.
  Expression e(R"(%s = arith.addf %x, %y : f64
    %xx = arith.mulf %x, %x : f64
    %d = arith.mulf %y, %s : f64
    %e = arith.mulf %y, %x : f64
    %yy = arith.mulf %y, %y : f64
    %r = arith.subf %d, %e : f64
    %f = arith.subf %r, %yy : f64)");
  NormalForm form = formOver(e);
  EXPECT_TRUE(form.collect(e.f).empty());
  EXPECT_EQ(constantOf(form.normalise(e.f)), 0.0);
}

TEST(NormalForm, SplitsALinearEquation) {
  // f = exp(y) (2 - x) - x / y: coefficient -exp(y) - 1/y, rest 2 exp(y).
  Expression e(R"(%two = arith.constant 2.0 : f64
    %away = arith.subf %two, %x : f64
    %g = math.exp %y : f64
    %i = arith.mulf %g, %away : f64
    %l = arith.divf %x, %y : f64
    %f = arith.subf %i, %l : f64)");
  NormalForm form = formOver(e);
  auto split = form.linearIn(form.collect(e.f), e.x);
  ASSERT_TRUE(split);
  EXPECT_FALSE(form.variesInTime(split->first));
  EXPECT_FALSE(form.variesInTime(split->second));
  EXPECT_NEAR(e.evaluate(form.emit(split->first), 9, 0.5), -std::exp(0.5) - 2, 1e-14);
  EXPECT_NEAR(e.evaluate(form.emit(split->second), 9, 0.5), 2 * std::exp(0.5), 1e-14);
}

TEST(NormalForm, KnowsWhatIsNotLinear) {
  for (const char *code : {"%f = arith.mulf %x, %x : f64", "%f = math.exp %x : f64", "%f = arith.divf %y, %x : f64",
                           "%e = math.exp %x : f64\n%f = arith.mulf %e, %x : f64"}) {
    Expression e(code);
    NormalForm form = formOver(e);
    EXPECT_FALSE(form.linearIn(form.collect(e.f), e.x)) << code;
  }
}

TEST(NormalForm, TellsAVaryingCoefficient) {
  Expression e("%e = math.exp %x : f64\n%f = arith.mulf %e, %y : f64");
  NormalForm form = formOver(e);
  auto split = form.linearIn(form.collect(e.f), e.y);
  ASSERT_TRUE(split);
  EXPECT_TRUE(form.variesInTime(split->first));
  EXPECT_TRUE(split->second.empty());
}

TEST(NormalForm, KeepsProductsOfDistancesOfOneState) {
  // (x - y) (x - 2) near x = y: multiplied out it would lose the digits of the small factor.
  Expression e(R"(%two = arith.constant 2.0 : f64
    %a = arith.subf %x, %y : f64
    %b = arith.subf %x, %two : f64
    %f = arith.mulf %a, %b : f64)");
  NormalForm form = formOver(e);
  EXPECT_EQ(form.collect(e.f).size(), 1u);
  double x = 1e8, y = 1e8 + 1; // x^2 has no room for the difference of 1e8
  EXPECT_EQ(e.evaluate(form.normalise(e.f), x, y), -(1e8 - 2));
}

TEST(NormalForm, CollectsSteadyNumbersIntoOneCoefficient) {
  // x / y * 2 / y + 3 x: one multiplication by a number that the loop only reads.
  Expression e(R"(%two = arith.constant 2.0 : f64
    %three = arith.constant 3.0 : f64
    %a = arith.divf %x, %y : f64
    %b = arith.mulf %a, %two : f64
    %c = arith.divf %b, %y : f64
    %d = arith.mulf %three, %x : f64
    %f = arith.addf %c, %d : f64)");
  NormalForm form = formOver(e);
  mlir::Value emitted = form.normalise(e.f);
  auto product = emitted.getDefiningOp<mlir::arith::MulFOp>();
  ASSERT_TRUE(product);
  EXPECT_TRUE(product.getLhs() == e.x || product.getRhs() == e.x);
  EXPECT_NEAR(e.evaluate(emitted, 7, 1.5), 7 / 1.5 * 2 / 1.5 + 21, 1e-13);
}

TEST(NormalForm, AddsAProductInOneRounding) {
  Expression e("%f = math.exp %y : f64");
  NormalForm form = formOver(e);
  mlir::Value sum = form.addTo(e.x, form.atom(e.x) * form.atom(e.f));
  auto fma = sum.getDefiningOp<mlir::math::FmaOp>();
  ASSERT_TRUE(fma);
  EXPECT_EQ(fma.getC(), e.x);
}

TEST(NormalForm, TurnsADivisionByExprelIntoItsReciprocal) {
  Expression e("%r = snn.exprel %x : f64\n%f = arith.divf %y, %r : f64");
  NormalForm form = formOver(e);
  mlir::Operation *last = e.f.getDefiningOp();
  mlir::Value emitted = form.normalise(e.f);
  EXPECT_EQ(operationsBehind(last), 2u);
  EXPECT_NEAR(e.evaluate(emitted, 0.7, 3), 3 * 0.7 / std::expm1(0.7), 1e-14);
  for (mlir::Operation *op = last->getNextNode(); op; op = op->getNextNode())
    EXPECT_FALSE(mlir::isa<mlir::arith::DivFOp>(op));
}

TEST(NormalForm, PartitionsByAtoms) {
  Expression e("%e = math.exp %y : f64\n%p = arith.mulf %e, %x : f64\n%f = arith.addf %p, %y : f64");
  NormalForm form = formOver(e);
  auto [with, without] = form.partition(form.collect(e.f), [&](mlir::Value atom) { return atom == e.x; });
  EXPECT_NEAR(e.evaluate(form.emit(with), 2, 0.5), 2 * std::exp(0.5), 1e-14);
  EXPECT_EQ(e.evaluate(form.emit(without), 2, 0.5), 0.5);
}

/// Random code of `count` operations over what came before; ranges stay where every function is tame.
static std::string randomCode(std::mt19937 &random, int count) {
  std::vector<std::string> values = {"%x", "%y", "%c"};
  std::string code = "%c = arith.constant 0.75 : f64\n";
  auto pick = [&] { return values[random() % values.size()]; };
  for (int k = 0; k < count; ++k) {
    std::string name = k == count - 1 ? "%f" : "%v" + std::to_string(k);
    switch (random() % 8) {
    case 0:
    case 1:
      code += name + " = arith.addf " + pick() + ", " + pick() + " : f64\n";
      break;
    case 2:
      code += name + " = arith.subf " + pick() + ", " + pick() + " : f64\n";
      break;
    case 3:
    case 4:
      code += name + " = arith.mulf " + pick() + ", " + pick() + " : f64\n";
      break;
    case 5:
      code += name + " = arith.negf " + pick() + " : f64\n";
      break;
    case 6:
      code += name + " = math.sin " + pick() + " : f64\n";
      break;
    case 7: { // a divisor in [2, 3]
      std::string s = "%s" + std::to_string(k), q = "%q" + std::to_string(k), d = "%d" + std::to_string(k);
      code += s + " = math.sin " + pick() + " : f64\n" + q + " = arith.mulf " + s + ", " + s + " : f64\n";
      code += "%t" + std::to_string(k) + " = arith.constant 2.0 : f64\n" + d + " = arith.addf " + q + ", %t" +
              std::to_string(k) + " : f64\n";
      code += name + " = arith.divf " + pick() + ", " + d + " : f64\n";
      break;
    }
    }
    values.push_back(name);
  }
  return code;
}

TEST(NormalForm, KeepsTheValueOfRandomExpressions) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string code = randomCode(random, 4 + round % 9);
    Expression e(code);
    NormalForm form = formOver(e);
    mlir::Value emitted = form.normalise(e.f);
    for (auto [x, y] : {std::pair{0.3, -0.7}, {1.1, 0.4}, {-0.9, 0.8}}) {
      double before = e.evaluate(e.f, x, y), after = e.evaluate(emitted, x, y);
      EXPECT_NEAR(after, before, 1e-9 * std::max(1.0, std::abs(before))) << code;
    }
  }
}
