#include "Distributions.h"

#include "ElementaryFunctions.h"
#include "GammaNumbers.h"
#include "Philox.h"

#include <cmath>
#include <limits>

namespace snn::runtime {

static constexpr double infinity = std::numeric_limits<double>::infinity();
static constexpr double impossible = std::numeric_limits<double>::quiet_NaN();

namespace {
/// A distribution with what is the same for every attempt already worked out.
struct Prepared {
  uint32_t distribution;
  /// Of the normal behind normal and lognormal; low and width; -, mean; scale and shape of gamma and Weibull; alpha and beta.
  double location, scale;
  double mean;            ///< whose sign is to be kept
  double low = -infinity, high = infinity;
  bool valid;
};
} // namespace

static Prepared prepare(const DrawRequest &request) {
  const double *p = request.parameters;
  Prepared d{request.distribution, p[0], p[1], p[0], -infinity, infinity, true};
  switch (request.distribution) {
  case SNN_TRUNCATED_NORMAL:
    d.low = p[2];
    d.high = p[3];
    [[fallthrough]];
  case SNN_NORMAL:
    d.valid = std::isfinite(p[0]) && p[1] >= 0 && p[1] < infinity && d.low <= d.high;
    break;
  case SNN_UNIFORM:
    d.scale = p[1] - p[0];
    d.mean = p[0] + 0.5 * d.scale;
    d.valid = std::isfinite(d.scale) && d.scale >= 0;
    break;
  case SNN_LOGNORMAL: {
    d.valid = p[0] > 0 && p[0] < infinity && p[1] >= 0 && p[1] < infinity;
    if (!d.valid)
      break;
    double ratio = p[1] / p[0];
    double variance = logarithm(1 + ratio * ratio);
    d.location = logarithm(p[0]) - 0.5 * variance;
    d.scale = std::sqrt(variance);
    break;
  }
  case SNN_EXPONENTIAL:
    d.valid = std::isfinite(p[0]);
    break;
  case SNN_GAMMA:
    d.valid = p[0] > 0 && p[0] < infinity && p[1] >= 0 && p[1] < infinity;
    d.location = p[1] * (p[1] / p[0]);
    d.scale = (p[0] / p[1]) * (p[0] / p[1]);
    break;
  case SNN_WEIBULL:
    d.valid = p[0] >= 0 && p[0] < infinity && p[1] > 0 && p[1] < infinity;
    break;
  case SNN_BETA:
    d.valid = p[0] > 0 && p[0] < infinity && p[1] > 0 && p[1] < infinity;
    break;
  default:
    d.valid = false;
  }
  return d;
}

/// Distributions whose numbers take a random number of words: those of one attempt are far from those of the next.
static double sampleByRejection(const Prepared &d, WordSequence words) {
  if (d.distribution == SNN_BETA) {
    double x = gammaNumber(d.location, words), y = gammaNumber(d.scale, words);
    return x + y > 0 ? x / (x + y) : 0; // both underflow only for shapes near 0
  }
  return d.location == 0 ? d.mean : d.location * gammaNumber(d.scale, words);
}

static double sample(const Prepared &d, const PhiloxCounter &words) {
  switch (d.distribution) {
  case SNN_UNIFORM:
    return d.location + d.scale * toUnitInterval(words[0], words[1]);
  case SNN_EXPONENTIAL:
    return -d.mean * logarithm(toOpenInterval(words[0], words[1]));
  case SNN_WEIBULL:
    return d.location * exponential(logarithm(-logarithm(toOpenInterval(words[0], words[1]))) / d.scale);
  case SNN_LOGNORMAL:
    return exponential(d.location + d.scale * inverseNormal(toOpenInterval(words[0], words[1])));
  default:
    return d.location + d.scale * inverseNormal(toOpenInterval(words[0], words[1]));
  }
}

double drawNumber(uint64_t seed, const DrawRequest &request) {
  Prepared d = prepare(request);
  double lower = request.modifiers & SNN_AT_LEAST ? request.parameters[4] : -infinity;
  double upper = request.modifiers & SNN_AT_MOST ? request.parameters[5] : infinity;
  if (!d.valid || !(lower <= upper))
    return impossible;
  bool keepsPositive = (request.modifiers & SNN_KEEPING_SIGN) && d.mean > 0;
  bool keepsNegative = (request.modifiers & SNN_KEEPING_SIGN) && d.mean < 0;
  for (uint64_t attempt = 0; attempt < mostAttempts; ++attempt) {
    bool byRejection = d.distribution == SNN_GAMMA || d.distribution == SNN_BETA;
    double x = byRejection ? sampleByRejection(d, WordSequence(seed, request.stream, request.element, attempt << 32))
                           : sample(d, randomWords(seed, request.stream, request.element, attempt));
    if (x < d.low || x > d.high)
      continue; // a truncated normal is redrawn whatever the modifiers say
    if (request.modifiers & SNN_CLIP) {
      if ((keepsPositive && x < 0) || (keepsNegative && x > 0))
        x = 0;
      return x < lower ? lower : x > upper ? upper : x;
    }
    bool signKept = !(keepsPositive && x <= 0) && !(keepsNegative && x >= 0);
    if (signKept && x >= lower && x <= upper)
      return x;
  }
  return impossible;
}

} // namespace snn::runtime
