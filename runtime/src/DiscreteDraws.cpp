#include "DiscreteDraws.h"

#include "ElementaryFunctions.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

/// Inversion that starts at the mode and takes one value above and one below in turn: it ends after some standard
/// deviations whatever the size of the numbers, and needs the probability of the mode and ratios of neighbours only.
/// `up(x)` is P(x + 1)/P(x), `down(x)` is P(x - 1)/P(x).
template <typename Up, typename Down>
static uint64_t invertFromMode(uint64_t mode, double probability, double u, Up up, Down down) {
  u -= probability;
  uint64_t above = mode, below = mode;
  double pAbove = probability, pBelow = probability;
  while (u >= 0) {
    pAbove *= up(above);
    pBelow *= below > 0 ? down(below) : 0;
    if (pAbove < 1e-30 && pBelow < 1e-30)
      return mode; // `u` lay in the last rounding error of the sum
    ++above;
    u -= pAbove;
    if (u < 0)
      return above;
    if (below > 0)
      --below;
    u -= pBelow;
    if (u < 0)
      return below;
  }
  return mode;
}

uint64_t binomial(uint64_t n, double p, double u) {
  if (n == 0 || p <= 0)
    return 0;
  if (p >= 1)
    return n;
  uint64_t mode = std::min(n, uint64_t(std::floor((double(n) + 1) * p)));
  double logProbability = logFactorial(n) - logFactorial(mode) - logFactorial(n - mode) + double(mode) * logarithm(p) +
                          double(n - mode) * logarithm(1 - p);
  double odds = p / (1 - p);
  return invertFromMode(
      mode, exponential(logProbability), u,
      [&](uint64_t x) { return double(n - std::min(x, n)) / double(x + 1) * odds; },
      [&](uint64_t x) { return double(x) / double(n - x + 1) / odds; });
}

uint64_t hypergeometric(uint64_t marked, uint64_t unmarked, uint64_t n, double u) {
  uint64_t least = n > unmarked ? n - unmarked : 0, most = std::min(n, marked);
  if (least == most)
    return least;
  double total = double(marked) + double(unmarked);
  uint64_t mode = uint64_t((double(n) + 1) / (total + 2) * (double(marked) + 1));
  mode = std::clamp(mode, least, most);
  auto logChoose = [](uint64_t from, uint64_t k) {
    return logFactorial(from) - logFactorial(k) - logFactorial(from - k);
  };
  double logProbability = logChoose(marked, mode) + logChoose(unmarked, n - mode) - logChoose(marked + unmarked, n);
  auto up = [&](uint64_t x) {
    return x >= most ? 0
                     : double(marked - x) / double(x + 1) * (double(n - x) / (double(unmarked) - double(n - x) + 1));
  };
  auto down = [&](uint64_t x) { return x <= least ? 0 : 1 / up(x - 1); };
  return invertFromMode(mode, exponential(logProbability), u, up, down);
}

} // namespace snn::runtime
