#include "GammaNumbers.h"

#include "ElementaryFunctions.h"

#include <cmath>

namespace snn::runtime {

/// The cube of a shifted normal number is nearly gamma-distributed; what it has too much of is rejected, one time in twenty.
static double largeShape(double shape, WordSequence &words) {
  double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    double x = inverseNormal(words.nextOpen()), root = 1 + c * x;
    double u = words.nextOpen();
    if (root <= 0)
      continue;
    double v = root * root * root;
    if (logarithm(u) < 0.5 * x * x + d - d * v + d * logarithm(v))
      return d * v;
  }
}

double gammaNumber(double shape, WordSequence &words) {
  if (shape >= 1)
    return largeShape(shape, words);
  double larger = largeShape(shape + 1, words);
  return larger * exponential(logarithm(words.nextOpen()) / shape);
}

} // namespace snn::runtime
