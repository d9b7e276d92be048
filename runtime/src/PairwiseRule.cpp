#include "PairwiseRule.h"

#include "ElementaryFunctions.h"
#include "Failure.h"
#include "Pages.h"
#include "Philox.h"

#include <algorithm>
#include <numeric>

namespace snn::runtime {

namespace {

/// Blocks are what the first-level cache holds of the targets' values.
constexpr uint32_t blockLength = 512;
static_assert(blockLength % SNN_LANES == 0);

/// Calls the program for single neurons and for blocks of targets.
class PairProbabilities {
public:
  PairProbabilities(const snn_state &state, const PlannedProjection &projection, Range targets)
      : state(state), projection(projection), index(uint32_t(projection.declared - state.model->projections)),
        first(targets.begin), blocks((targets.size() + blockLength - 1) / blockLength), stride(uint64_t(blocks) * blockLength),
        ofTargets(std::max<size_t>(1, projection.declared->n_target_values) * stride * sizeof(double)),
        probabilities(blockLength * sizeof(double)), ofSource(projection.declared->n_source_values) {
    if (stride == 0)
      return;
    std::vector<uint32_t> neurons(stride);
    for (uint64_t k = 0; k < stride; ++k) // padding repeats the last target
      neurons[k] = std::min<uint64_t>(first + k, targets.end - 1);
    state.model->contact_values(&state, index, 1, stride, neurons.data(), ofTargets.as<double>(), stride);
  }

  uint32_t blockCount() const { return blocks; }

  void choose(uint32_t source) {
    chosen = source;
    state.model->contact_values(&state, index, 0, 1, &source, ofSource.data(), 1);
  }

  /// Of the chosen source and the targets first + block * blockLength + k.
  const double *of(uint32_t block) const {
    state.model->contact_probabilities(&state, index, ofSource.data(), blockLength,
                                       ofTargets.as<double>() + uint64_t(block) * blockLength, stride,
                                       probabilities.as<double>());
    return probabilities.as<double>();
  }

  /// The largest of `p` for `n` targets of the block.
  double largest(const double *p, uint32_t block, uint32_t n) const {
    double most = 0, least = 1;
    bool isNumber = true;
    for (uint32_t k = 0; k < n; ++k) {
      most = p[k] > most ? p[k] : most;
      least = p[k] < least ? p[k] : least;
      isNumber &= p[k] == p[k];
    }
    if (most > 1 || least < 0 || !isNumber)
      refuse(p, block, n);
    return most;
  }

private:
  [[noreturn]] void refuse(const double *p, uint32_t block, uint32_t n) const {
    uint32_t k = 0;
    while (k + 1 < n && p[k] >= 0 && p[k] <= 1)
      ++k;
    fail(SNN_WRONG_VALUE, "the probability of `%s` is %.10g from neuron %u to neuron %u; a probability is between 0 and 1",
         projection.declared->name, p[k], chosen, first + block * blockLength + k);
  }

  const snn_state &state;
  const PlannedProjection &projection;
  const uint32_t index, first, blocks;
  const uint64_t stride;
  Pages ofTargets, probabilities;
  std::vector<double> ofSource;
  uint32_t chosen = 0;
};

class PairwiseBernoulli final : public ContactRule {
public:
  PairwiseBernoulli(const snn_state &state, const PlannedProjection &projection, Range window)
      : projection(projection), seed(state.seed), window(window), covered(blocksAround(projection, window)),
        probabilities(state, projection, covered) {}

  uint64_t parts() const override { return projection.source.size(); }
  bool isBySource() const override { return true; }
  uint64_t mostContacts() const override { return uint64_t(projection.source.size()) * window.size(); }

  void append(uint64_t part, Contacts &contacts) override {
    uint32_t source = projection.source.begin + uint32_t(part);
    if (covered.size() == 0)
      return;
    probabilities.choose(source);
    for (uint32_t block = 0; block < probabilities.blockCount(); ++block)
      appendBlock(source, block, contacts);
  }

private:
  /// The window, widened to whole blocks.
  static Range blocksAround(const PlannedProjection &projection, Range window) {
    if (window.size() == 0)
      return {window.begin, window.begin};
    uint32_t begin = projection.target.begin, before = (window.begin - begin) / blockLength * blockLength;
    uint64_t after = (uint64_t(window.end - begin) + blockLength - 1) / blockLength * blockLength;
    return {begin + before, uint32_t(std::min<uint64_t>(begin + after, projection.target.end))};
  }

  void appendBlock(uint32_t source, uint32_t block, Contacts &contacts) {
    uint32_t begin = covered.begin + block * blockLength, n = std::min(blockLength, covered.end - begin);
    const double *p = probabilities.of(block);
    double most = probabilities.largest(p, block, n);
    if (most == 0)
      return;
    uint64_t number = (begin - projection.target.begin) / blockLength;
    WordSequence words(seed, projection.declared->stream, number << 32 | source);
    double perGap = most < 1 ? 1 / logarithm(1 - most) : 0;
    for (uint64_t k = 0;; ++k) {
      if (most < 1) {
        double gap = logarithm(words.nextOpen()) * perGap;
        if (gap >= double(n - k))
          return;
        k += uint64_t(gap);
      }
      if (k >= n)
        return;
      bool isTaken = p[k] == most || words.nextOpen() * most < p[k];
      uint32_t target = begin + uint32_t(k);
      if (isTaken && window.contains(target) && !(projection.excludesSelf && source == target))
        contacts.add(source, target, uint64_t(source) << 32 | target);
    }
  }

  const PlannedProjection &projection;
  const uint64_t seed;
  const Range window, covered;
  PairProbabilities probabilities;
};

} // namespace

std::unique_ptr<ContactRule> makePairwiseRule(const snn_state &state, const PlannedProjection &projection, Range window) {
  return std::make_unique<PairwiseBernoulli>(state, projection, window);
}

double expectedPairs(const snn_state &state, const PlannedProjection &projection) {
  uint32_t sources = projection.source.size(), targets = projection.target.size();
  uint32_t samples = std::min<uint32_t>(sources, 64);
  if (samples == 0 || targets == 0)
    return 0;
  PairProbabilities probabilities(state, projection, projection.target);
  double sum = 0;
  for (uint32_t s = 0; s < samples; ++s) {
    probabilities.choose(projection.source.begin + uint32_t(uint64_t(s) * sources / samples));
    for (uint32_t block = 0; block < probabilities.blockCount(); ++block) {
      const double *p = probabilities.of(block);
      sum = std::accumulate(p, p + std::min(blockLength, targets - block * blockLength), sum);
    }
  }
  return sum * sources / samples;
}

} // namespace snn::runtime
