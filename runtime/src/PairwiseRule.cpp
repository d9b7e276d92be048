#include "PairwiseRule.h"

#include "ElementaryFunctions.h"
#include "Failure.h"
#include "NeighbourCells.h"
#include "Pages.h"
#include "Philox.h"

#include <algorithm>
#include <optional>
#include <span>

namespace snn::runtime {

namespace {

/// Targets that are drawn together. Blocks are what the first-level cache holds of the targets' values.
constexpr uint32_t blockLength = 512;
static_assert(blockLength % SNN_LANES == 0);

/// Targets that a source may reach, ascending and counted from the first one, and the probabilities, which are above zero.
struct Candidates {
  uint32_t first = 0;
  std::span<const uint32_t> targets; ///< empty: `first` and those that follow it
  std::span<const double> probabilities;

  uint32_t target(size_t k) const { return targets.empty() ? first + uint32_t(k) : targets[k]; }
  Candidates part(size_t begin, size_t end) const {
    return {first, targets.subspan(begin, end - begin), probabilities.subspan(begin, end - begin)};
  }
};

/// Calls the program for single neurons and for many targets at a time.
class PairProbabilities {
public:
  PairProbabilities(const snn_state &state, const PlannedProjection &projection, Range targets)
      : state(state), projection(projection), index(uint32_t(projection.declared - state.model->projections)),
        first(targets.begin), count(targets.size()), blocks((count + blockLength - 1) / blockLength),
        stride(uint64_t(blocks) * blockLength),
        ofTargets(std::max<size_t>(1, projection.declared->n_target_values) * stride * sizeof(double)),
        probabilities(blockLength), ofSource(projection.declared->n_source_values) {
    if (stride == 0)
      return;
    std::vector<uint32_t> neurons(stride);
    for (uint64_t k = 0; k < stride; ++k) // padding repeats the last target
      neurons[k] = std::min<uint64_t>(first + k, targets.end - 1);
    state.model->contact_values(&state, index, 1, stride, neurons.data(), ofTargets.as<double>(), stride);
    if (projection.declared->axes > 0 && projection.source.size() > 0)
      sortIntoCells();
  }

  /// Calls `visit(block, candidates)` for the blocks in which there are targets that `source` may reach.
  template <typename Visit> void forEachBlock(uint32_t source, Visit visit) {
    choose(source);
    if (cells) {
      const Candidates all = findNear();
      for (size_t begin = 0, end; begin < all.targets.size(); begin = end) {
        uint32_t block = all.targets[begin] / blockLength;
        for (end = begin; end < all.targets.size() && all.targets[end] / blockLength == block;)
          ++end;
        visit(block, all.part(begin, end));
      }
      return;
    }
    for (uint32_t block = 0; block < blocks; ++block)
      if (Candidates found = findInBlock(block); !found.probabilities.empty())
        visit(block, found);
  }

private:
  void choose(uint32_t source) {
    chosen = source;
    state.model->contact_values(&state, index, 0, 1, &source, ofSource.data(), 1);
  }

  /// How far pairs reach is the same for all of them.
  void sortIntoCells() {
    const snn_projection &declared = *projection.declared;
    choose(projection.source.begin);
    NeighbourCells::Space space{declared.axes, {}};
    std::array<std::span<const double>, 3> coordinates;
    for (uint32_t axis = 0; axis < declared.axes; ++axis) {
      space.period[axis] = ofSource[declared.period[axis]];
      coordinates[axis] = {ofTargets.as<double>() + declared.target_coordinate[axis] * stride, count};
    }
    cells.emplace(space, ofSource[declared.reach], coordinates);
  }

  /// Where all can be reached, which is so of most kernels, nothing has to be picked out.
  static bool areAllPossible(std::span<const double> p) {
    double least = 1, most = 0;
    bool isNumber = true;
    for (double value : p) {
      least = value < least ? value : least;
      most = value > most ? value : most;
      isNumber &= value == value;
    }
    return isNumber && least > 0 && most <= 1;
  }

  Candidates findInBlock(uint32_t block) {
    state.model->contact_probabilities(&state, index, ofSource.data(), blockLength,
                                       ofTargets.as<double>() + uint64_t(block) * blockLength, stride, probabilities.data());
    const uint32_t begin = block * blockLength;
    const std::span<const double> all(probabilities.data(), std::min(blockLength, count - begin));
    if (areAllPossible(all))
      return {begin, {}, all};
    return select(all.size(), [&](size_t k) { return begin + uint32_t(k); });
  }

  /// Of the targets in the cells around the source. Each is computed as it would be among others.
  Candidates findNear() {
    const snn_projection &declared = *projection.declared;
    std::array<double, 3> place = {};
    for (uint32_t axis = 0; axis < declared.axes; ++axis)
      place[axis] = ofSource[declared.source_coordinate[axis]];
    cells->findAround(place, near);
    if (near.empty())
      return {};
    const size_t padded = (near.size() + SNN_LANES - 1) / SNN_LANES * SNN_LANES;
    ofNear.resize(padded * std::max(1u, declared.n_target_values));
    probabilities.resize(std::max<size_t>(padded, blockLength));
    for (uint32_t value = 0; value < declared.n_target_values; ++value)
      for (size_t k = 0; k < padded; ++k)
        ofNear[value * padded + k] = ofTargets.as<double>()[value * stride + near[std::min(k, near.size() - 1)]];
    state.model->contact_probabilities(&state, index, ofSource.data(), padded, ofNear.data(), padded, probabilities.data());
    return select(near.size(), [&](size_t k) { return near[k]; });
  }

  /// Those of the first `n` that have been computed whose probability is above zero. Without branches, since most kernels are neither
  /// zero nor one.
  template <typename TargetOf> Candidates select(size_t n, TargetOf targetOf) {
    possible.resize(std::max(possible.size(), n));
    targets.resize(std::max(targets.size(), n));
    size_t found = 0;
    bool isRight = true;
    for (size_t k = 0; k < n; ++k) {
      double p = probabilities[k];
      isRight &= (p >= 0) & (p <= 1);
      targets[found] = targetOf(k);
      possible[found] = p;
      found += p > 0;
    }
    for (size_t k = 0; k < n && !isRight; ++k)
      if (double p = probabilities[k]; !(p >= 0 && p <= 1))
        fail(SNN_WRONG_VALUE, "the probability of `%s` is %.10g from neuron %u to neuron %u; a probability is between 0 and 1",
             projection.declared->name, p, chosen, first + targetOf(k));
    return {0, {targets.data(), found}, {possible.data(), found}};
  }

  const snn_state &state;
  const PlannedProjection &projection;
  const uint32_t index, first, count, blocks;
  const uint64_t stride;
  Pages ofTargets;
  std::vector<double> probabilities, ofSource, ofNear;
  std::vector<double> possible;   ///< probabilities above zero
  std::vector<uint32_t> targets;  ///< whose these are
  std::vector<uint32_t> near;
  std::optional<NeighbourCells> cells; ///< where the program tells how far pairs reach
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
    probabilities.forEachBlock(source, [&](uint32_t block, const Candidates &candidates) {
      appendBlock(source, block, candidates, contacts);
    });
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

  /// Candidates are as far apart as the largest probability of the block makes them, and each is taken with its share of that. What cannot
  /// be reached takes no random number, so it does not matter whether it has been looked at.
  void appendBlock(uint32_t source, uint32_t block, const Candidates &candidates, Contacts &contacts) {
    const std::span<const double> p = candidates.probabilities;
    double most = 0;
    for (double probability : p)
      most = probability > most ? probability : most;
    uint64_t number = (covered.begin - projection.target.begin) / blockLength + block;
    WordSequence words(seed, projection.declared->stream, number << 32 | source);
    double perGap = most < 1 ? 1 / logarithm(1 - most) : 0;
    for (uint64_t k = 0;; ++k) {
      if (most < 1) {
        double gap = logarithm(words.nextOpen()) * perGap;
        if (gap >= double(p.size() - k))
          return;
        k += uint64_t(gap);
      }
      if (k >= p.size())
        return;
      bool isTaken = p[k] == most || words.nextOpen() * most < p[k];
      uint32_t target = covered.begin + candidates.target(k);
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
  for (uint32_t s = 0; s < samples; ++s)
    probabilities.forEachBlock(projection.source.begin + uint32_t(uint64_t(s) * sources / samples),
                               [&](uint32_t, const Candidates &candidates) {
                                 for (double probability : candidates.probabilities)
                                   sum += probability;
                               });
  return sum * sources / samples;
}

} // namespace snn::runtime
