#include "frontend/CheckFold.h"
#include "frontend/CheckDefinition.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/SaveAndRestore.h"

#include <cmath>

using namespace snn;
using model::Expr;
using model::Op;

static double exprel(double x) { return x == 0 ? 1 : std::expm1(x) / x; }

static double sign(double x) { return (x > 0) - (x < 0); }

double snn::evaluate(Op op, llvm::ArrayRef<double> v) {
  switch (op) {
  case Op::Neg:
    return -v[0];
  case Op::Add:
    return v[0] + v[1];
  case Op::Sub:
    return v[0] - v[1];
  case Op::Mul:
    return v[0] * v[1];
  case Op::Div:
    return v[0] / v[1];
  case Op::Mod:
    return v[0] - v[1] * std::floor(v[0] / v[1]); // the sign of the divisor, as in Python
  case Op::Pow:
    return std::pow(v[0], v[1]);
  case Op::Less:
    return v[0] < v[1];
  case Op::LessEqual:
    return v[0] <= v[1];
  case Op::Greater:
    return v[0] > v[1];
  case Op::GreaterEqual:
    return v[0] >= v[1];
  case Op::Equal:
    return v[0] == v[1];
  case Op::NotEqual:
    return v[0] != v[1];
  case Op::And:
    return v[0] != 0 && v[1] != 0;
  case Op::Or:
    return v[0] != 0 || v[1] != 0;
  case Op::Not:
    return v[0] == 0;
  case Op::Select:
    return v[0] != 0 ? v[1] : v[2];
  case Op::Abs:
    return std::abs(v[0]);
  case Op::Sign:
    return sign(v[0]);
  case Op::Min:
    return v[1] < v[0] ? v[1] : v[0];
  case Op::Max:
    return v[1] > v[0] ? v[1] : v[0];
  case Op::Clip:
    return v[0] < v[1] ? v[1] : v[0] > v[2] ? v[2] : v[0];
  case Op::Floor:
    return std::floor(v[0]);
  case Op::Ceil:
    return std::ceil(v[0]);
  case Op::Round:
    return std::round(v[0]); // halves away from zero
  case Op::Sqrt:
    return std::sqrt(v[0]);
  case Op::Exp:
    return std::exp(v[0]);
  case Op::Log:
    return std::log(v[0]);
  case Op::Log10:
    return std::log10(v[0]);
  case Op::Exprel:
    return exprel(v[0]);
  case Op::Expm1:
    return std::expm1(v[0]);
  case Op::Log1p:
    return std::log1p(v[0]);
  case Op::Sin:
    return std::sin(v[0]);
  case Op::Cos:
    return std::cos(v[0]);
  case Op::Tan:
    return std::tan(v[0]);
  case Op::Sinh:
    return std::sinh(v[0]);
  case Op::Cosh:
    return std::cosh(v[0]);
  case Op::Tanh:
    return std::tanh(v[0]);
  case Op::Erf:
    return std::erf(v[0]);
  case Op::Heaviside:
    return v[0] >= 0;
  }
  llvm_unreachable("every operation is listed");
}

namespace {
/// Evaluates each variable once, however often it is used.
struct Evaluation {
  explicit Evaluation(VariableValues values) : values(values) {}

  /// A longer chain is an error that is reported elsewhere.
  static constexpr unsigned longestChain = 2000;

  VariableValues values;
  llvm::DenseMap<const model::Variable *, std::optional<double>> known;
  unsigned chain = 0; ///< variables being evaluated, each because of the one before

  std::optional<double> value(const model::Variable &variable) {
    if (auto found = known.find(&variable); found != known.end())
      return found->second;
    known[&variable] = std::nullopt; // what needs itself has no value
    llvm::SaveAndRestore longer(chain, chain + 1);
    const Expr *expr = chain <= longestChain ? values(variable) : nullptr;
    std::optional<double> result = expr ? value(*expr) : std::nullopt;
    known[&variable] = result;
    return result;
  }

  std::optional<double> value(const Expr &expr) {
    switch (expr.kind) {
    case Expr::Kind::Number:
    case Expr::Kind::Truth:
      return expr.number;
    case Expr::Kind::Parameter:
      return value(*expr.parameter->value);
    case Expr::Kind::Variable:
      return value(*expr.variable);
    case Expr::Kind::Apply: {
      llvm::SmallVector<double, 3> operands;
      for (const Expr *operand : expr.operands) {
        std::optional<double> number = value(*operand);
        if (!number)
          return std::nullopt;
        operands.push_back(*number);
      }
      return evaluate(expr.op, operands);
    }
    default:
      return std::nullopt;
    }
  }
};
} // namespace

std::optional<double> snn::constantValue(const Expr &expr, VariableValues values) {
  return Evaluation(values).value(expr);
}

std::optional<double> snn::constantValue(const Expr &expr) {
  return constantValue(expr, [](const model::Variable &variable) {
    bool isKnown = variable.kind == model::VariableKind::Constant || variable.kind == model::VariableKind::Let;
    return isKnown ? variable.value : nullptr;
  });
}

/// Calls `visit` for every `param` of the network in `expr`.
static void forEachParameter(const Expr &expr, llvm::function_ref<void(model::NetworkParameter &)> visit) {
  auto look = [&](const Expr &node) {
    if (node.kind == Expr::Kind::Parameter)
      visit(*node.parameter);
    return false;
  };
  (void)findUse(expr, look);
}

void snn::fixParameters(const Expr &expr) {
  forEachParameter(expr, [](model::NetworkParameter &parameter) { parameter.decidesStructure = true; });
}

bool snn::dependsOnParameter(const Expr &expr) {
  bool depends = false;
  forEachParameter(expr, [&](model::NetworkParameter &) { depends = true; });
  return depends;
}

const Expr *snn::folded(const Expr *expr, CheckContext &context) {
  if (!expr || expr->kind != Expr::Kind::Apply || expr->isTruth)
    return expr;
  std::optional<double> value = dependsOnParameter(*expr) ? std::nullopt : constantValue(*expr);
  return value ? context.number(*value, expr->dimension, expr->range).expr : expr;
}
