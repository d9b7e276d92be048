#include "ContactRule.h"

#include "EdgeList.h"
#include "ElementaryFunctions.h"
#include "IndexSampler.h"
#include "Philox.h"
#include "TotalSplit.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

static uint64_t pairName(uint32_t first, uint32_t second) { return uint64_t(first) << 32 | second; }

namespace {

/// What every rule knows.
class RuleBase : public ContactRule {
public:
  RuleBase(const PlannedProjection &projection, uint64_t seed, Range window)
      : projection(projection), seed(seed), window(window) {}

protected:
  uint32_t stream() const { return projection.declared->stream; }
  bool isExcluded(uint32_t pre, uint32_t post) const { return projection.excludesSelf && pre == post; }

  const PlannedProjection &projection;
  const uint64_t seed;
  const Range window;
};

class BySource : public RuleBase {
public:
  using RuleBase::RuleBase;
  uint64_t parts() const override { return projection.source.size(); }
  bool isBySource() const override { return true; }
  void append(uint64_t index, Contacts &contacts) override {
    appendRow(projection.source.begin + uint32_t(index), contacts);
  }
  virtual void appendRow(uint32_t source, Contacts &contacts) = 0;
};

class OneToOne final : public BySource {
public:
  using BySource::BySource;
  uint64_t mostContacts() const override { return window.size(); }
  void appendRow(uint32_t source, Contacts &contacts) override {
    uint32_t target = projection.target.begin + (source - projection.source.begin);
    if (window.contains(target) && !isExcluded(source, target))
      contacts.add(source, target, pairName(source, target));
  }
};

class AllToAll final : public BySource {
public:
  using BySource::BySource;
  uint64_t mostContacts() const override { return uint64_t(projection.source.size()) * window.size(); }
  void appendRow(uint32_t source, Contacts &contacts) override {
    for (uint32_t target = window.begin; target < window.end; ++target)
      if (!isExcluded(source, target))
        contacts.add(source, target, pairName(source, target));
  }
};

/// Geometric gaps between the joined targets. They start anew in every block of targets (the gap has no memory), so a
/// worker skips the blocks of others; the length of a block depends on the probability alone and makes the restarts
/// rare.
class Bernoulli final : public BySource {
public:
  Bernoulli(const PlannedProjection &projection, uint64_t seed, Range window) : BySource(projection, seed, window) {
    double p = projection.probability;
    while (double(blockLength) * p < 64 && blockLength < uint64_t(1) << 32)
      blockLength *= 2;
    // Forming 1 - p would lose the last digits of a small p, for which four terms of the series are exact.
    perGap = p < 1e-4 ? -1 / (p * (1 + p * (1.0 / 2 + p * (1.0 / 3 + p / 4)))) : 1 / logarithm(1 - p);
  }

  uint64_t mostContacts() const override {
    double pairs = double(projection.source.size()) * window.size(), mean = pairs * projection.probability;
    return uint64_t(std::min(pairs, mean + 20 * std::sqrt(mean) + 200));
  }

  void appendRow(uint32_t source, Contacts &contacts) override {
    if (projection.probability == 0 || window.size() == 0)
      return;
    uint64_t first = (window.begin - projection.target.begin) / blockLength;
    uint64_t last = (window.end - 1 - projection.target.begin) / blockLength;
    for (uint64_t block = first; block <= last; ++block)
      appendBlock(source, block, contacts);
  }

private:
  void appendBlock(uint32_t source, uint64_t block, Contacts &contacts) const {
    uint64_t begin = projection.target.begin + block * blockLength;
    uint64_t end = std::min<uint64_t>(begin + blockLength, window.end);
    WordSequence words(seed, stream(), block << 32 | source);
    for (uint64_t target = begin;; ++target) {
      if (projection.probability < 1) {
        double gap = logarithm(words.nextOpen()) * perGap;
        if (gap >= double(end - target))
          return;
        target += uint64_t(gap);
      }
      if (target >= end)
        return;
      if (target >= window.begin && !isExcluded(source, uint32_t(target)))
        contacts.add(source, uint32_t(target), pairName(source, uint32_t(target)));
    }
  }

  uint64_t blockLength = 64;
  double perGap;
};

/// Draws a fixed number of partners for one neuron; where it must not be its own, the candidates are numbered without
/// it.
class PartnerDraw {
public:
  /// Fills `partners` with positions in the population of `candidates`. `self` is the position to leave out, or
  /// SNN_NONE.
  void draw(WordSequence words, Range candidates, uint32_t self, uint64_t count, bool mayRepeat) {
    bool leavesOut = candidates.contains(self);
    uint32_t n = candidates.size() - leavesOut;
    if (count == 0)
      partners.clear();
    else if (mayRepeat)
      IndexSampler::withRepetition(words, n, count, partners);
    else
      sampler.withoutRepetition(words, n, count, partners);
    for (uint32_t &partner : partners) {
      partner += candidates.begin;
      partner += leavesOut && partner >= self;
    }
  }

  std::vector<uint32_t> partners;

private:
  IndexSampler sampler;
};

class FixedOutdegree final : public BySource {
public:
  using BySource::BySource;
  uint64_t mostContacts() const override {
    double all = double(projection.number) * projection.source.size();
    if (!projection.declared->multapses)
      all = std::min(all, double(projection.source.size()) * window.size());
    return window.size() == 0 ? 0 : uint64_t(all);
  }
  void appendRow(uint32_t source, Contacts &contacts) override {
    if (window.size() == 0)
      return;
    choice.draw(WordSequence(seed, stream(), source), projection.target, projection.excludesSelf ? source : SNN_NONE,
                projection.number, projection.declared->multapses);
    for (uint32_t k = 0; k < choice.partners.size(); ++k)
      if (window.contains(choice.partners[k]))
        contacts.add(source, choice.partners[k], pairName(source, k));
  }

private:
  PartnerDraw choice;
};

/// Fixed in-degree, and fixed total once it is known what each target gets.
class ByTarget final : public RuleBase {
public:
  ByTarget(const PlannedProjection &projection, uint64_t seed, Range window) : RuleBase(projection, seed, window) {
    if (projection.declared->rule == SNN_FIXED_TOTAL)
      degrees = splitTotal(projection, seed, window);
    else
      degrees.assign(window.size(), uint32_t(projection.number));
  }

  uint64_t parts() const override { return window.size(); }
  bool isBySource() const override { return false; }
  uint64_t mostContacts() const override {
    uint64_t all = 0;
    for (uint32_t degree : degrees)
      all += degree;
    return all;
  }
  void append(uint64_t index, Contacts &contacts) override {
    uint32_t target = window.begin + uint32_t(index);
    choice.draw(WordSequence(seed, stream(), target), projection.source, projection.excludesSelf ? target : SNN_NONE,
                degrees[index], projection.declared->multapses);
    for (uint32_t k = 0; k < choice.partners.size(); ++k)
      contacts.add(choice.partners[k], target, pairName(target, k));
  }

private:
  std::vector<uint32_t> degrees;
  PartnerDraw choice;
};

class Pairs final : public RuleBase {
public:
  Pairs(const PlannedProjection &projection, const EdgeList &edges, Range window)
      : RuleBase(projection, 0, window), edges(edges) {}
  uint64_t parts() const override { return (edges.count() + stretch - 1) / stretch; }
  bool isBySource() const override { return false; }
  uint64_t mostContacts() const override { return edges.count(); }
  void append(uint64_t index, Contacts &contacts) override {
    uint64_t end = std::min(edges.count(), (index + 1) * stretch);
    for (uint64_t row = index * stretch; row < end; ++row) {
      uint32_t pre = projection.source.begin + edges.source(row), post = projection.target.begin + edges.target(row);
      if (window.contains(post) && edges.isWanted(row))
        contacts.add(pre, post, row);
    }
  }

private:
  static constexpr uint64_t stretch = 4096;
  const EdgeList &edges;
};

} // namespace

std::unique_ptr<ContactRule> makeContactRule(const PlannedProjection &projection, const EdgeList *edges, uint64_t seed,
                                             Range window) {
  switch (projection.declared->rule) {
  case SNN_ONE_TO_ONE:
    return std::make_unique<OneToOne>(projection, seed, window);
  case SNN_ALL_TO_ALL:
    return std::make_unique<AllToAll>(projection, seed, window);
  case SNN_BERNOULLI:
    return std::make_unique<Bernoulli>(projection, seed, window);
  case SNN_FIXED_OUTDEGREE:
    return std::make_unique<FixedOutdegree>(projection, seed, window);
  case SNN_PAIRS:
    return std::make_unique<Pairs>(projection, *edges, window);
  default:
    return std::make_unique<ByTarget>(projection, seed, window);
  }
}

bool couldBeProcedural(const snn_projection &projection) {
  bool goesBySource = projection.rule != SNN_FIXED_INDEGREE && projection.rule != SNN_FIXED_TOTAL && projection.rule != SNN_PAIRS;
  return goesBySource && !projection.delay_stored && !projection.plastic && !projection.responsive && projection.n_fields == 0;
}

double expectedContacts(const PlannedProjection &projection, const EdgeList *edges) {
  double sources = projection.source.size(), targets = projection.target.size(), number = double(projection.number);
  switch (projection.declared->rule) {
  case SNN_ONE_TO_ONE:
    return projection.excludesSelf && projection.source.begin == projection.target.begin ? 0 : sources;
  case SNN_ALL_TO_ALL:
    return projection.allowedPairs();
  case SNN_BERNOULLI:
    return projection.allowedPairs() * projection.probability;
  case SNN_FIXED_INDEGREE:
    return targets * number;
  case SNN_FIXED_OUTDEGREE:
    return sources * number;
  case SNN_FIXED_TOTAL:
    return number;
  default:
    return double(edges->wantedCount());
  }
}

} // namespace snn::runtime
