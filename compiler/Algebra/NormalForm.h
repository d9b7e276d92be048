// Sums of products: the form in which equations are taken apart and put together again.
//
// A `Polynomial` is a sum of numbers times products of powers of *atoms*: values that are not sums or products themselves
// (a state, a parameter, exp(...), 1/(...)). Two things are read off it: whether an equation is linear in a state, and with
// which coefficient; and, when it is emitted again, everything that does not change in time is collected into few
// coefficients that can be computed once, in double precision, outside the loop.

#ifndef SNN_COMPILER_ALGEBRA_NORMALFORM_H
#define SNN_COMPILER_ALGEBRA_NORMALFORM_H

#include "compiler/Algebra/Arithmetic.h"

#include "llvm/ADT/DenseMap.h"

#include <functional>
#include <map>
#include <vector>

namespace snn {

/// Powers of atoms, sorted by atom; empty is 1.
using Monomial = std::vector<std::pair<unsigned, int>>;
/// Number of each monomial; empty is 0.
using Polynomial = std::map<Monomial, double>;

Polynomial &operator+=(Polynomial &p, const Polynomial &q);
Polynomial operator+(Polynomial p, const Polynomial &q);
Polynomial operator*(const Polynomial &p, const Polynomial &q);
Polynomial operator*(double number, const Polynomial &p);

/// Whether 1 / (1 + k e^x) may be a `snn.logistic`: k is positive and between e^-20 and e^20.
bool isLogisticFactor(double k);

class NormalForm {
public:
  /// `varies` tells which values change from step to step; the others end up in coefficients. New operations are built at
  /// the insertion point of `builder`. Common subexpressions of the values given must have been eliminated.
  NormalForm(mlir::OpBuilder &builder, mlir::Location location, std::function<bool(mlir::Value)> varies);

  /// The value as a sum of products. Products of two sums are multiplied out unless both depend on the same state, where
  /// that would lose digits: (V - a) * (V - b); and while what is multiplied out stays in proportion to what was written.
  Polynomial collect(mlir::Value value);

  /// The polynomial that is just this value.
  Polynomial atom(mlir::Value value);

  /// Builds the value of a polynomial.
  mlir::Value emit(const Polynomial &polynomial);

  /// Builds x + p, with one rounding where p is a single product.
  mlir::Value addTo(mlir::Value x, const Polynomial &p);

  /// `emit(collect(value))`; also inside the arguments of functions.
  mlir::Value normalise(mlir::Value value) { return emit(collect(value)); }

  /// Splits p = coefficient * x + rest. Nothing if p is not linear in the value x.
  std::optional<std::pair<Polynomial, Polynomial>> linearIn(const Polynomial &p, mlir::Value x);

  /// The terms of p with an atom of that kind, and those without.
  std::pair<Polynomial, Polynomial> partition(const Polynomial &p, llvm::function_ref<bool(mlir::Value)> isKind) const;

  /// The value an atom of a monomial stands for, and whether that changes in time.
  mlir::Value atomValue(unsigned atom) const { return atoms[atom].value; }
  bool atomVaries(unsigned atom) const { return atoms[atom].varying; }

  /// True if a term of p changes in time.
  bool variesInTime(const Polynomial &p) const;

  /// True if a term of p is a product of several values that change in time.
  bool variesByProducts(const Polynomial &p) const;

  /// The value that an atom stands for.
  mlir::Value valueOf(unsigned atom) const { return atoms[atom].value; }

  Arithmetic &arithmetic() { return a; }

private:
  struct Atom {
    mlir::Value value;
    bool varying;
  };

  unsigned atomIndex(mlir::Value value);
  Polynomial collectOperation(mlir::Operation *op);
  mlir::Value matchLogistic(const Polynomial &denominator);
  Polynomial divide(const Polynomial &numerator, const Polynomial &denominator);
  bool mayMultiplyOut(const Polynomial &p, const Polynomial &q);
  mlir::Value rebuild(mlir::Operation *op);
  /// Coefficients with the varying products they multiply.
  using Sums = std::vector<std::pair<Polynomial, std::vector<Monomial>>>;
  /// The terms that vary, grouped by coefficient, and the one that does not.
  std::pair<Sums, Polynomial> group(const Polynomial &polynomial) const;
  mlir::Value emitSum(const std::vector<Monomial> &monomials);
  mlir::Value emitProduct(const Monomial &monomial);
  mlir::Value emitPower(mlir::Value base, unsigned power);
  mlir::Value emitCoefficient(const Polynomial &coefficient);
  /// Splits a monomial into its constant and its varying part.
  std::pair<Monomial, Monomial> split(const Monomial &monomial) const;

  Arithmetic a;
  std::function<bool(mlir::Value)> varies;
  size_t expansion; ///< terms that products with a sum may still become
  std::vector<Atom> atoms;
  llvm::DenseMap<mlir::Value, unsigned> indexOf;
  llvm::DenseMap<mlir::Value, Polynomial> collected;
  llvm::DenseMap<mlir::Operation *, mlir::Value> rebuilt;
  std::map<Polynomial, mlir::Value> emitted, coefficients;
  std::map<Monomial, mlir::Value> products;
  std::map<std::pair<const void *, double>, mlir::Value> logistics; ///< by argument and k
};

} // namespace snn

#endif // SNN_COMPILER_ALGEBRA_NORMALFORM_H
