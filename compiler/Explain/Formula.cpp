#include "compiler/Explain/Formula.h"

#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"

using namespace mlir;

namespace snn {
namespace {

/// How tightly an operator binds; what stands inside a tighter one gets brackets.
enum Binding { Sum, Product, Negation, Atom };

struct Text {
  std::string text;
  Binding binding = Atom;
};

class FormulaPrinter {
public:
  explicit FormulaPrinter(ArrayRef<Attribute> settings) : settings(settings) {}
  Text print(Value value);
  /// "1 + k * exp(-x)", what a logistic function divides by.
  std::string denominator(ir::LogisticOp logistic);

private:
  Text printOperation(Operation *op);
  Text infix(Value left, StringRef sign, Value right, Binding binding);
  Text call(StringRef name, ValueRange arguments);
  std::string inside(Value value, Binding binding);

  ArrayRef<Attribute> settings;
  unsigned printed = 0;
};

} // namespace

/// Formulas with more operations than this are for machines.
static constexpr unsigned longest = 40;

static std::string bracketed(const Text &text, Binding binding) {
  return text.binding < binding ? "(" + text.text + ")" : text.text;
}

static std::string numberText(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.6g", number);
  return text;
}

std::string FormulaPrinter::inside(Value value, Binding binding) { return bracketed(print(value), binding); }

Text FormulaPrinter::infix(Value left, StringRef sign, Value right, Binding binding) {
  bool isOneSided = sign == "-" || sign == "/"; // a - (b - c)
  std::string before = inside(left, binding);
  std::string after = inside(right, isOneSided ? static_cast<Binding>(binding + 1) : binding);
  return {before + " " + sign.str() + " " + after, binding};
}

Text FormulaPrinter::call(StringRef name, ValueRange arguments) {
  std::string text = name.str() + "(";
  for (auto [i, argument] : llvm::enumerate(arguments))
    text += (i ? ", " : "") + print(argument).text;
  return {text + ")"};
}

Text FormulaPrinter::print(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || ++printed > longest)
    return {"..."};
  return printOperation(op);
}

std::string FormulaPrinter::denominator(ir::LogisticOp logistic) {
  double k = logistic.getK().convertToDouble();
  std::string x = logistic.getDecreasing() ? print(logistic.getX()).text : "-" + inside(logistic.getX(), Negation);
  return "1 + " + (k == 1 ? "" : numberText(k) + " * ") + "exp(" + x + ")";
}

Text FormulaPrinter::printOperation(Operation *op) {
  return llvm::TypeSwitch<Operation *, Text>(op)
      .Case([&](ir::ReadOp read) { return Text{read.getSlot().str()}; })
      .Case([&](ir::ArgumentOp argument) {
        unsigned index = argument.getIndex();
        return Text{index < settings.size() ? cast<FlatSymbolRefAttr>(settings[index]).getValue().str() : "setting"};
      })
      .Case([&](ir::StepSizeOp) { return Text{"dt"}; })
      .Case([&](ir::StepNumberOp) { return Text{"step"}; })
      .Case([&](arith::ConstantOp constant) {
        auto number = dyn_cast<FloatAttr>(constant.getValue());
        return Text{number ? numberText(number.getValueAsDouble()) : "true"};
      })
      .Case([&](arith::AddFOp add) { return infix(add.getLhs(), "+", add.getRhs(), Sum); })
      .Case([&](arith::SubFOp subtract) { return infix(subtract.getLhs(), "-", subtract.getRhs(), Sum); })
      .Case([&](arith::MulFOp multiply) { return infix(multiply.getLhs(), "*", multiply.getRhs(), Product); })
      .Case([&](arith::DivFOp divide) { return infix(divide.getLhs(), "/", divide.getRhs(), Product); })
      .Case([&](arith::NegFOp negate) { return Text{"-" + inside(negate.getOperand(), Negation), Negation}; })
      .Case([&](math::FmaOp fma) {
        return Text{inside(fma.getA(), Product) + " * " + inside(fma.getB(), Product) + " + " + inside(fma.getC(), Sum), Sum};
      })
      .Case([&](ir::LogisticOp logistic) { return Text{"1 / (" + denominator(logistic) + ")", Product}; })
      .Default([&](Operation *other) {
        return call(other->getName().stripDialect(), other->getOperands());
      });
}

std::string formulaOf(Value value, ArrayRef<Attribute> settings) { return FormulaPrinter(settings).print(value).text; }

/// A product with what it is divided by behind it: "2 * R * I / (tau * C)".
static std::string productText(const Monomial &monomial, double number, const NormalForm &form,
                               ArrayRef<Attribute> settings) {
  std::string above, below;
  unsigned divisors = 0;
  for (auto [atom, power] : monomial) {
    Value value = form.valueOf(atom);
    auto logistic = value.getDefiningOp<ir::LogisticOp>();
    Text text = logistic ? Text{FormulaPrinter(settings).denominator(logistic), Sum} : FormulaPrinter(settings).print(value);
    std::string factor = bracketed(text, Negation);
    if (std::abs(power) > 1)
      factor += "^" + std::to_string(std::abs(power));
    bool isDivisor = (power < 0) != bool(logistic);
    std::string &side = isDivisor ? below : above;
    side += (side.empty() ? "" : " * ") + factor;
    divisors += isDivisor;
  }
  if (number != 1 || above.empty())
    above = numberText(number) + (above.empty() ? "" : " * " + above);
  if (divisors > 1)
    below = "(" + below + ")";
  return below.empty() ? above : above + " / " + below;
}

std::string formulaOf(const Polynomial &polynomial, const NormalForm &form, ArrayRef<Attribute> settings) {
  std::string text;
  for (const auto &[monomial, number] : polynomial) {
    bool isNegative = number < 0;
    if (!text.empty())
      text += isNegative ? " - " : " + ";
    else if (isNegative)
      text += "-";
    text += productText(monomial, std::abs(number), form, settings);
  }
  return text.empty() ? "0" : text;
}

} // namespace snn
