#include "MatrixExponential.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace snn::runtime {

namespace {
/// Square, row-major.
class Matrix {
public:
  explicit Matrix(size_t n) : n(n), entries(n * n) {}
  double &operator()(size_t row, size_t column) { return entries[row * n + column]; }
  double operator()(size_t row, size_t column) const { return entries[row * n + column]; }

  /// Adds `factor` times `other`.
  void add(double factor, const Matrix &other) {
    for (size_t i = 0; i < entries.size(); ++i)
      entries[i] += factor * other.entries[i];
  }

  double norm() const { // largest sum of a column
    double largest = 0;
    for (size_t column = 0; column < n; ++column) {
      double sum = 0;
      for (size_t row = 0; row < n; ++row)
        sum += std::fabs((*this)(row, column));
      if (!(sum <= largest))
        largest = sum;
    }
    return largest;
  }

  size_t n;
  std::vector<double> entries;
};
} // namespace

static Matrix multiply(const Matrix &a, const Matrix &b) {
  Matrix product(a.n);
  for (size_t i = 0; i < a.n; ++i)
    for (size_t k = 0; k < a.n; ++k)
      for (size_t j = 0; j < a.n; ++j)
        product(i, j) += a(i, k) * b(k, j);
  return product;
}

/// Replaces B by A^-1 B: Gaussian elimination with partial pivoting.
static void solve(Matrix A, Matrix &B) {
  size_t n = A.n;
  for (size_t column = 0; column < n; ++column) {
    size_t pivot = column;
    for (size_t row = column + 1; row < n; ++row)
      if (std::fabs(A(row, column)) > std::fabs(A(pivot, column)))
        pivot = row;
    for (size_t j = 0; pivot != column && j < n; ++j) {
      std::swap(A(column, j), A(pivot, j));
      std::swap(B(column, j), B(pivot, j));
    }
    for (size_t row = column + 1; row < n; ++row) {
      double factor = A(row, column) / A(column, column);
      if (factor == 0)
        continue;
      for (size_t j = column; j < n; ++j)
        A(row, j) -= factor * A(column, j);
      for (size_t j = 0; j < n; ++j)
        B(row, j) -= factor * B(column, j);
    }
  }
  for (size_t row = n; row-- > 0;)
    for (size_t j = 0; j < n; ++j) {
      double sum = B(row, j);
      for (size_t k = row + 1; k < n; ++k)
        sum -= A(row, k) * B(k, j);
      B(row, j) = sum / A(row, row);
    }
}

/// e^X for a norm of at most 5.37: (V - U)^-1 (V + U), U and V the odd and even part of the numerator.
static Matrix padeApproximant(const Matrix &X) {
  static constexpr double b[] = {64764752532480000,
                                 32382376266240000,
                                 7771770303897600,
                                 1187353796428800,
                                 129060195264000,
                                 10559470521600,
                                 670442572800,
                                 33522128640,
                                 1323241920,
                                 40840800,
                                 960960,
                                 16380,
                                 182,
                                 1};
  Matrix X2 = multiply(X, X), X4 = multiply(X2, X2), X6 = multiply(X4, X2);
  auto part = [&](int first) { // X6 (b X6 + b X4 + b X2) + b X6 + b X4 + b X2 + b, every second coefficient
    Matrix high(X.n);
    high.add(b[first + 12], X6);
    high.add(b[first + 10], X4);
    high.add(b[first + 8], X2);
    Matrix sum = multiply(X6, high);
    sum.add(b[first + 6], X6);
    sum.add(b[first + 4], X4);
    sum.add(b[first + 2], X2);
    for (size_t i = 0; i < X.n; ++i)
      sum(i, i) += b[first];
    return sum;
  };
  Matrix U = multiply(X, part(1)), V = part(0);
  Matrix result = V;
  result.add(1, U);
  V.add(-1, U);
  solve(V, result);
  return result;
}

void propagator(uint32_t n, const double *A, double *P, double *Q) {
  if (!std::all_of(A, A + size_t(n) * n, [](double x) { return std::isfinite(x); })) {
    std::fill_n(P, size_t(n) * n, std::numeric_limits<double>::quiet_NaN());
    std::fill_n(Q, size_t(n) * n, std::numeric_limits<double>::quiet_NaN());
    return;
  }
  // exp of [[A, I], [0, 0]] is [[P, Q], [0, I]].
  Matrix X(2 * size_t(n));
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j)
      X(i, j) = A[i * n + j];
    X(i, n + i) = 1;
  }
  constexpr double theta13 = 5.371920351148152;
  int squarings = 0;
  for (double norm = X.norm(); norm > theta13; norm /= 2)
    ++squarings;
  for (double &entry : X.entries)
    entry = std::ldexp(entry, -squarings);
  Matrix result = padeApproximant(X);
  for (int i = 0; i < squarings; ++i)
    result = multiply(result, result);
  for (size_t i = 0; i < n; ++i)
    for (size_t j = 0; j < n; ++j) {
      P[i * n + j] = result(i, j);
      Q[i * n + j] = result(i, n + j);
    }
}

} // namespace snn::runtime
