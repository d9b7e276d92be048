#include "frontend/ModelPrintExpr.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <charconv>

using namespace snn;
using namespace snn::model;
using llvm::StringRef;

namespace {
/// How tightly an operator binds, from loose to tight.
enum Precedence { Lowest, Disjunction, Conjunction, Negation, Comparison, Sum, Product, Sign, Power, Atom };

struct Infix {
  StringRef text;
  Precedence precedence;
};

class ExprPrinter {
public:
  explicit ExprPrinter(llvm::raw_ostream &output) : output(output) {}
  void print(const Expr &expr, Precedence context);

private:
  void printApply(const Expr &expr, Precedence context);
  void printCall(StringRef name, llvm::ArrayRef<const Expr *> operands);
  void printDraw(const Expr &expr);
  void printSelect(const Expr &expr, Precedence context);
  void print(const TimeCourse &course);

  llvm::raw_ostream &output;
};
} // namespace

void ExprPrinter::print(const TimeCourse &course) {
  if (!course.every)
    return;
  static constexpr StringRef between[] = {"previous", "linear"}, beyond[] = {"hold", "zero", "repeat"};
  output << ", every = ";
  printNumber(course.every->number, output);
  output << ", interpolation = " << between[static_cast<size_t>(course.between)]
         << ", beyond = " << beyond[static_cast<size_t>(course.beyond)];
}

static Infix infixOf(Op op) {
  switch (op) {
  case Op::Add:
    return {" + ", Sum};
  case Op::Sub:
    return {" - ", Sum};
  case Op::Mul:
    return {" * ", Product};
  case Op::Div:
    return {" / ", Product};
  case Op::Mod:
    return {" % ", Product};
  case Op::Pow:
    return {" ^ ", Power};
  case Op::Less:
    return {" < ", Comparison};
  case Op::LessEqual:
    return {" <= ", Comparison};
  case Op::Greater:
    return {" > ", Comparison};
  case Op::GreaterEqual:
    return {" >= ", Comparison};
  case Op::Equal:
    return {" == ", Comparison};
  case Op::NotEqual:
    return {" != ", Comparison};
  case Op::And:
    return {" and ", Conjunction};
  case Op::Or:
    return {" or ", Disjunction};
  default:
    return {"", Atom};
  }
}

StringRef snn::model::functionText(Op op) {
  switch (op) {
  case Op::Abs:
    return "abs";
  case Op::Sign:
    return "sign";
  case Op::Min:
    return "min";
  case Op::Max:
    return "max";
  case Op::Clip:
    return "clip";
  case Op::Floor:
    return "floor";
  case Op::Ceil:
    return "ceil";
  case Op::Round:
    return "round";
  case Op::Sqrt:
    return "sqrt";
  case Op::Exp:
    return "exp";
  case Op::Log:
    return "log";
  case Op::Log10:
    return "log10";
  case Op::Exprel:
    return "exprel";
  case Op::Expm1:
    return "expm1";
  case Op::Log1p:
    return "log1p";
  case Op::Sin:
    return "sin";
  case Op::Cos:
    return "cos";
  case Op::Tan:
    return "tan";
  case Op::Sinh:
    return "sinh";
  case Op::Cosh:
    return "cosh";
  case Op::Tanh:
    return "tanh";
  case Op::Erf:
    return "erf";
  case Op::Heaviside:
    return "heaviside";
  default:
    llvm_unreachable("an operator, not a function");
  }
}

static StringRef spelling(Distribution distribution) {
  switch (distribution) {
  case Distribution::Normal:
    return "normal";
  case Distribution::Uniform:
    return "uniform";
  case Distribution::Lognormal:
    return "lognormal";
  case Distribution::Gamma:
    return "gamma";
  case Distribution::Weibull:
    return "weibull";
  case Distribution::Beta:
    return "beta";
  case Distribution::Exponential:
    return "exponential";
  case Distribution::TruncatedNormal:
    return "truncated_normal";
  }
  llvm_unreachable("every distribution is listed");
}

StringRef model::relationText(Op relation) { return infixOf(relation).text.trim(); }

void model::printNumber(double value, llvm::raw_ostream &output) {
  char buffer[32];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value);
  output << StringRef(buffer, end - buffer);
}

void model::printExpr(const Expr &expr, llvm::raw_ostream &output) { ExprPrinter(output).print(expr, Lowest); }

void ExprPrinter::print(const Expr &expr, Precedence context) {
  switch (expr.kind) {
  case Expr::Kind::Number: {
    bool parenthesise = expr.number < 0 && context > Sum;
    output << (parenthesise ? "(" : "");
    printNumber(expr.number, output);
    output << (parenthesise ? ")" : "");
    return;
  }
  case Expr::Kind::Truth:
    output << (expr.number != 0 ? "true" : "false");
    return;
  case Expr::Kind::Variable:
    output << expr.variable->name;
    return;
  case Expr::Kind::Parameter:
    output << expr.parameter->name;
    return;
  case Expr::Kind::Pre:
    output << "pre." << expr.variable->name;
    return;
  case Expr::Kind::Post:
    output << "post." << expr.variable->name;
    return;
  case Expr::Kind::Index:
    output << "i";
    return;
  case Expr::Kind::PreIndex:
    output << "pre.i";
    return;
  case Expr::Kind::PostIndex:
    output << "post.i";
    return;
  case Expr::Kind::Count:
    output << "n";
    return;
  case Expr::Kind::PreCount:
    output << "pre.n";
    return;
  case Expr::Kind::PostCount:
    output << "post.n";
    return;
  case Expr::Kind::OldWeight:
    output << "w";
    return;
  case Expr::Kind::Time:
    output << "t";
    return;
  case Expr::Kind::Step:
    output << "dt";
    return;
  case Expr::Kind::Apply:
    return printApply(expr, context);
  case Expr::Kind::Draw:
    return printDraw(expr);
  case Expr::Kind::RandomUniform:
    output << "rand#" << expr.stream << "()";
    return;
  case Expr::Kind::RandomNormal:
    output << "randn#" << expr.stream << "()";
    return;
  case Expr::Kind::RandomPoisson:
    output << "poisson#" << expr.stream;
    return printCall("", expr.operands);
  case Expr::Kind::WhiteNoise:
    output << "xi#" << expr.stream;
    return;
  case Expr::Kind::Old:
    return printCall("old", expr.operands);
  case Expr::Kind::Delayed:
    return printCall("delayed", expr.operands);
  case Expr::Kind::SinceSpike:
    output << "since spike";
    return;
  case Expr::Kind::Data:
    output << "load(\"" << expr.data->path << "\"";
    if (!expr.data->dataSet.empty())
      output << ", \"" << expr.data->dataSet << "\"";
    if (expr.data->course)
      print(*expr.data->course);
    output << ")" << (expr.data->unit.text.empty() ? "" : " in ") << expr.data->unit.text;
    if (!expr.data->shape.empty())
      output << "[" << expr.entry << "]";
    return;
  case Expr::Kind::PrePosition:
    output << "pre.position." << "xyz"[expr.axis];
    return;
  case Expr::Kind::PostPosition:
    output << "post.position." << "xyz"[expr.axis];
    return;
  }
}

void ExprPrinter::printApply(const Expr &expr, Precedence context) {
  Precedence own;
  if (expr.op == Op::Select)
    return printSelect(expr, context);
  if (expr.op == Op::Neg || expr.op == Op::Not) {
    own = expr.op == Op::Neg ? Sign : Negation;
    output << (own < context ? "(" : "") << (expr.op == Op::Neg ? "-" : "not ");
    print(*expr.operands[0], own);
    output << (own < context ? ")" : "");
    return;
  }
  Infix infix = infixOf(expr.op);
  if (infix.text.empty())
    return printCall(functionText(expr.op), expr.operands);
  own = infix.precedence;
  // Operators associate to the left, but for the power; comparisons do not chain.
  Precedence tighter = static_cast<Precedence>(own + 1);
  output << (own < context ? "(" : "");
  print(*expr.operands[0], own == Power || own == Comparison ? tighter : own);
  output << infix.text;
  print(*expr.operands[1], own == Power ? own : tighter);
  output << (own < context ? ")" : "");
}

void ExprPrinter::printSelect(const Expr &expr, Precedence context) {
  output << (context > Lowest ? "(" : "") << "if ";
  print(*expr.operands[0], Lowest);
  output << " then ";
  print(*expr.operands[1], Lowest);
  output << " else ";
  print(*expr.operands[2], Lowest);
  output << (context > Lowest ? ")" : "");
}

void ExprPrinter::printCall(StringRef name, llvm::ArrayRef<const Expr *> operands) {
  output << name << "(";
  llvm::interleaveComma(operands, output, [&](const Expr *operand) { print(*operand, Lowest); });
  output << ")";
}

void ExprPrinter::printDraw(const Expr &expr) {
  output << "~" << spelling(expr.distribution) << "#" << expr.stream;
  printCall("", expr.operands);
  if (expr.modifiers.atLeast) {
    output << " at least ";
    print(*expr.modifiers.atLeast, Sum);
  }
  if (expr.modifiers.atMost) {
    output << " at most ";
    print(*expr.modifiers.atMost, Sum);
  }
  if (expr.modifiers.keepingSign)
    output << " keeping sign";
  if (expr.modifiers.outOfBounds == OutOfBounds::Clip)
    output << " clip";
}
