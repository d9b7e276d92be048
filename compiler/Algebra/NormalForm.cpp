#include "compiler/Algebra/NormalForm.h"

#include "compiler/Algebra/Derivative.h"
#include "dialects/snn/SnnDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;

namespace snn {

/// Beyond this many terms a product of sums is kept as a product.
static constexpr size_t maxTerms = 12;

/// Beyond this many terms a sum with several users is computed once, rather than become part of each of them.
static constexpr size_t maxSharedTerms = 1000;

/// Terms that multiplying a sum by a single term may make, for every operation there is and in any case. Otherwise
/// x_n = x_m + a*x_m would double at every step. It takes a chain of twenty such to get there.
static constexpr size_t expansionPerOperation = 8, leastExpansion = 1000;

static Monomial operator*(const Monomial &p, const Monomial &q) {
  std::map<unsigned, int> powers(p.begin(), p.end());
  for (auto [atom, power] : q)
    powers[atom] += power;
  Monomial product;
  for (auto [atom, power] : powers)
    if (power)
      product.emplace_back(atom, power);
  return product;
}

static void addTerm(Polynomial &sum, const Monomial &monomial, double number) {
  auto [term, isNew] = sum.try_emplace(monomial, number);
  if (!isNew && (term->second += number) == 0)
    sum.erase(term);
}

Polynomial &operator+=(Polynomial &p, const Polynomial &q) {
  for (const auto &[monomial, number] : q)
    addTerm(p, monomial, number);
  return p;
}

Polynomial operator+(Polynomial p, const Polynomial &q) { return std::move(p += q); }

Polynomial operator*(double number, const Polynomial &p) {
  Polynomial scaled;
  if (number != 0)
    for (const auto &[monomial, n] : p)
      scaled[monomial] = number * n;
  return scaled;
}

Polynomial operator*(const Polynomial &p, const Polynomial &q) {
  Polynomial product;
  for (const auto &[mp, np] : p)
    for (const auto &[mq, nq] : q)
      addTerm(product, mp * mq, np * nq);
  return product;
}

bool isLogisticFactor(double k) { return k > 0 && std::abs(std::log(k)) <= 20; }

//===-- Taking apart ----------------------------------------------------------------------------------------------------===//

static size_t expansionFor(Block &block) {
  return leastExpansion + expansionPerOperation * block.getOperations().size();
}

NormalForm::NormalForm(OpBuilder &builder, Location location, std::function<bool(Value)> varies)
    : a(builder, location), varies(std::move(varies)), expansion(expansionFor(*builder.getInsertionBlock())) {}

unsigned NormalForm::atomIndex(Value value) {
  auto [it, isNew] = indexOf.try_emplace(value, atoms.size());
  if (isNew)
    atoms.push_back({value, varies(value)});
  return it->second;
}

Polynomial NormalForm::atom(Value value) { return {{{{atomIndex(value), 1}}, 1.0}}; }

Polynomial NormalForm::collect(Value value) {
  if (auto number = constantOf(value))
    return *number == 0 ? Polynomial() : Polynomial{{{}, *number}};
  if (auto it = collected.find(value); it != collected.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  Polynomial result = op && op->getNumResults() == 1 ? collectOperation(op) : atom(value);
  if (value.hasOneUse())
    return result;
  if (result.size() > maxSharedTerms)
    result = atom(emit(result));
  return collected[value] = result;
}

bool NormalForm::mayMultiplyOut(const Polynomial &p, const Polynomial &q) {
  if (p.size() <= 1 && q.size() <= 1)
    return true;
  if (p.size() <= 1 || q.size() <= 1) {
    size_t terms = std::max(p.size(), q.size());
    if (terms > expansion)
      return false;
    expansion -= terms;
    return true;
  }
  if (p.size() * q.size() > maxTerms)
    return false;
  for (const auto &[mp, np] : p)
    for (auto [atom, power] : mp)
      if (atoms[atom].varying)
        for (const auto &[mq, nq] : q)
          for (auto [other, otherPower] : mq)
            if (dependsOn(atoms[other].value, atoms[atom].value) || dependsOn(atoms[atom].value, atoms[other].value))
              return false;
  return true;
}

/// 1 / (1 + k e^x) if the polynomial is a multiple of that denominator, k a number of moderate size; null if not.
Value NormalForm::matchLogistic(const Polynomial &denominator) {
  if (denominator.size() != 2 || !denominator.count({}))
    return {};
  auto term = llvm::find_if(denominator, [](const auto &t) { return !t.first.empty(); });
  const Monomial &monomial = term->first;
  double k = term->second / denominator.at({});
  if (monomial.size() != 1 || monomial.front().second != 1 || !isLogisticFactor(k))
    return {};
  auto exponential = atoms[monomial.front().first].value.getDefiningOp<math::ExpOp>();
  if (!exponential || !varies(exponential))
    return {};
  Value x = exponential.getOperand();
  auto [it, isNew] = logistics.try_emplace({x.getAsOpaquePointer(), k});
  if (isNew)
    it->second = ir::LogisticOp::create(a.builder(), x.getType(), x, APFloat(k), true);
  return it->second;
}

Polynomial NormalForm::divide(const Polynomial &numerator, const Polynomial &denominator) {
  if (denominator.size() == 1) {
    Monomial inverse = denominator.begin()->first;
    for (auto &[atom, power] : inverse)
      power = -power;
    return numerator * Polynomial{{inverse, 1 / denominator.begin()->second}};
  }
  if (Value logistic = matchLogistic(denominator))
    return (1 / denominator.at({})) * (numerator * atom(logistic));
  if (denominator.empty()) // division by a constant zero: let it happen at run time
    return numerator * Polynomial{{{{atomIndex(a.constant(0)), -1}}, 1}};
  return numerator * Polynomial{{{{atomIndex(emit(denominator)), -1}}, 1}};
}

Polynomial NormalForm::collectOperation(Operation *op) {
  auto arg = [&](unsigned i) { return collect(op->getOperand(i)); };
  auto product = [&](const Polynomial &p, const Polynomial &q) {
    return mayMultiplyOut(p, q) ? p * q : atom(emit(p)) * atom(emit(q));
  };
  return TypeSwitch<Operation *, Polynomial>(op)
      .Case([&](arith::AddFOp) { return arg(0) + arg(1); })
      .Case([&](arith::SubFOp) { return arg(0) + -1.0 * arg(1); })
      .Case([&](arith::NegFOp) { return -1.0 * arg(0); })
      .Case([&](arith::MulFOp) { return product(arg(0), arg(1)); })
      .Case([&](arith::DivFOp) { return divide(arg(0), arg(1)); })
      .Case([&](math::FmaOp) { return product(arg(0), arg(1)) + arg(2); })
      .Default([&](Operation *) { return atom(rebuild(op)); });
}

/// A copy of the operation with normalised arguments, or itself where nothing changes in time.
Value NormalForm::rebuild(Operation *op) {
  if (op->getNumOperands() == 0 || op->getNumResults() != 1 || !varies(op->getResult(0)))
    return op->getResult(0);
  if (auto it = rebuilt.find(op); it != rebuilt.end())
    return it->second;
  SmallVector<Value> operands;
  bool changed = false;
  Location outer = a.builder().getLoc();
  a.builder().setLoc(op->getLoc()); // of a `let`, perhaps
  for (Value operand : op->getOperands()) {
    Operation *definition = operand.getDefiningOp();
    Value next = operand;
    if (operand.getType().isF64())
      next = normalise(operand);
    else if (definition)
      next = rebuild(definition);
    changed |= next != operand;
    operands.push_back(next);
  }
  a.builder().setLoc(outer);
  Value result = op->getResult(0);
  if (changed) {
    Operation *copy = a.builder().clone(*op);
    copy->setOperands(operands);
    result = copy->getResult(0);
  }
  return rebuilt[op] = result;
}

std::optional<std::pair<Polynomial, Polynomial>> NormalForm::linearIn(const Polynomial &p, Value x) {
  unsigned index = atomIndex(x);
  Polynomial coefficient, rest;
  for (const auto &[monomial, number] : p) {
    Monomial others;
    int degree = 0;
    for (auto [atom, power] : monomial) {
      if (atom == index)
        degree = power;
      else if (dependsOn(atoms[atom].value, x))
        return std::nullopt;
      else
        others.emplace_back(atom, power);
    }
    if (degree == 0)
      rest[monomial] = number;
    else if (degree == 1)
      coefficient[others] = number;
    else
      return std::nullopt;
  }
  return std::make_pair(coefficient, rest);
}

std::pair<Polynomial, Polynomial> NormalForm::partition(const Polynomial &p, llvm::function_ref<bool(Value)> isKind) const {
  Polynomial with, without;
  for (const auto &term : p) {
    bool has = llvm::any_of(term.first, [&](auto factor) { return isKind(atoms[factor.first].value); });
    (has ? with : without).insert(term);
  }
  return {with, without};
}

//===-- Putting together ------------------------------------------------------------------------------------------------===//

std::pair<Monomial, Monomial> NormalForm::split(const Monomial &monomial) const {
  Monomial constant, varying;
  for (auto factor : monomial)
    (atoms[factor.first].varying ? varying : constant).push_back(factor);
  return {constant, varying};
}

bool NormalForm::variesInTime(const Polynomial &p) const {
  return llvm::any_of(p, [&](const auto &term) { return !split(term.first).second.empty(); });
}

bool NormalForm::variesByProducts(const Polynomial &p) const {
  return llvm::any_of(p, [&](const auto &term) { return split(term.first).second.size() > 1; });
}

Value NormalForm::emitPower(Value base, unsigned power) {
  Value product;
  for (Value square = base; power; power >>= 1) {
    if (power & 1)
      product = product ? a.multiply(product, square) : square;
    if (power > 1)
      square = a.multiply(square, square);
  }
  return product;
}

/// A product of powers, with at most one division.
Value NormalForm::emitProduct(const Monomial &monomial) {
  if (auto it = products.find(monomial); it != products.end())
    return it->second;
  Value above, below;
  auto include = [&](Value &product, Value factor) { product = product ? a.multiply(product, factor) : factor; };
  for (auto [atom, power] : monomial) {
    Value value = atoms[atom].value;
    if (power > 0)
      include(above, emitPower(value, power));
    else if (auto exprel = value.getDefiningOp<ir::ExprelOp>())
      include(above, emitPower(ir::RexprelOp::create(a.builder(), value.getType(), exprel.getX()), -power));
    else
      include(below, emitPower(value, -power));
  }
  if (!above)
    above = a.constant(1);
  return products[monomial] = below ? a.divide(above, below) : above;
}

Value NormalForm::emitCoefficient(const Polynomial &coefficient) {
  if (auto it = coefficients.find(coefficient); it != coefficients.end())
    return it->second;
  Value sum = a.constant(0);
  for (const auto &[monomial, number] : coefficient)
    sum = a.add(sum, monomial.empty() ? a.constant(number) : a.multiply(emitProduct(monomial), a.constant(number)));
  return coefficients[coefficient] = sum;
}

std::pair<NormalForm::Sums, Polynomial> NormalForm::group(const Polynomial &polynomial) const {
  std::map<Monomial, Polynomial> coefficientOf;
  for (const auto &[monomial, number] : polynomial) {
    auto [constant, varying] = split(monomial);
    coefficientOf[varying][constant] += number;
  }
  Sums sums;
  Polynomial steady;
  for (const auto &[varying, coefficient] : coefficientOf) {
    if (varying.empty()) {
      steady = coefficient;
      continue;
    }
    auto same = llvm::find_if(sums, [&, &c = coefficient](const auto &sum) { return sum.first == c; });
    if (same == sums.end())
      sums.push_back({coefficient, {varying}});
    else
      same->second.push_back(varying);
  }
  return {sums, steady};
}

Value NormalForm::emitSum(const std::vector<Monomial> &monomials) {
  Value sum;
  for (const Monomial &monomial : monomials) {
    Value product = emitProduct(monomial);
    sum = sum ? a.add(sum, product) : product;
  }
  return sum;
}

Value NormalForm::emit(const Polynomial &polynomial) {
  if (auto it = emitted.find(polynomial); it != emitted.end())
    return it->second;
  auto [sums, steady] = group(polynomial);
  Value result = emitCoefficient(steady);
  for (const auto &[coefficient, monomials] : sums) {
    Value sum = emitSum(monomials);
    if (coefficient == Polynomial{{{}, -1.0}})
      result = a.subtract(result, sum);
    else
      result = a.multiplyAdd(sum, emitCoefficient(coefficient), result);
  }
  return emitted[polynomial] = result;
}

Value NormalForm::addTo(Value x, const Polynomial &p) {
  auto [sums, steady] = group(p);
  if (!steady.empty() || sums.size() != 1)
    return a.add(x, emit(p));
  return a.multiplyAdd(emitSum(sums.front().second), emitCoefficient(sums.front().first), x);
}

} // namespace snn
