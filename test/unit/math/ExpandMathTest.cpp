// The pass: which operations it replaces, and which it leaves.

#include "compiler/Math/ExpandMath.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

using namespace mlir;

namespace snn::test {
namespace {

/// Text of the module after the pass.
std::string expand(const char *text) {
  DialectRegistry registry;
  registry.insert<arith::ArithDialect, func::FuncDialect, math::MathDialect>();
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  PassManager passes(&context);
  passes.addPass(createExpandMathPass());
  EXPECT_TRUE(module && succeeded(passes.run(*module)));
  std::string printed;
  llvm::raw_string_ostream stream(printed);
  module->print(stream);
  return printed;
}

bool contains(const std::string &text, const char *part) { return text.find(part) != std::string::npos; }

TEST(ExpandMath, ReplacesEveryTranscendental) {
  std::string text = expand(R"(
    func.func @all(%x: vector<16xf32>, %y: f64) -> (vector<16xf32>, f64) {
      %0 = math.exp %x : vector<16xf32>
      %1 = math.expm1 %0 : vector<16xf32>
      %2 = math.log %1 : vector<16xf32>
      %3 = math.log10 %2 : vector<16xf32>
      %4 = math.log1p %3 : vector<16xf32>
      %5 = math.powf %4, %x : vector<16xf32>
      %6 = math.tanh %5 : vector<16xf32>
      %7 = math.sin %y : f64
      %8 = math.cos %7 : f64
      %9 = math.tan %8 : f64
      %10 = math.sinh %9 : f64
      %11 = math.cosh %10 : f64
      %12 = math.erf %11 : f64
      return %6, %12 : vector<16xf32>, f64
    })");
  for (const char *op : {"math.exp", "math.log", "math.pow", "math.tan", "math.sin", "math.cos", "math.erf"})
    EXPECT_FALSE(contains(text, op)) << op << " is left in\n" << text;
  EXPECT_TRUE(contains(text, "math.fma"));
}

TEST(ExpandMath, SetsNoFastMathFlags) {
  std::string text = expand(R"(
    func.func @fast(%x: f32) -> f32 {
      %0 = math.exp %x fastmath<fast> : f32
      return %0 : f32
    })");
  EXPECT_FALSE(contains(text, "fastmath")) << text;
}

TEST(ExpandMath, LeavesOtherTypesAndSingleInstructions) {
  std::string text = expand(R"(
    func.func @others(%h: f16, %s: vector<[4]xf32>, %x: f32) -> (f16, vector<[4]xf32>, f32) {
      %0 = math.exp %h : f16
      %1 = math.exp %s : vector<[4]xf32>
      %2 = math.sqrt %x : f32
      return %0, %1, %2 : f16, vector<[4]xf32>, f32
    })");
  EXPECT_TRUE(contains(text, "math.exp %arg0 : f16"));
  EXPECT_TRUE(contains(text, "math.exp %arg1 : vector<[4]xf32>"));
  EXPECT_TRUE(contains(text, "math.sqrt"));
  EXPECT_FALSE(contains(text, "math.fma"));
}

} // namespace
} // namespace snn::test
