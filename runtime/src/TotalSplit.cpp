#include "TotalSplit.h"

#include "DiscreteDraws.h"
#include "Failure.h"
#include "Philox.h"

namespace snn::runtime {

namespace {
class Splitter {
public:
  Splitter(const PlannedProjection &projection, uint64_t seed, Range window)
      : projection(projection), seed(seed), window(window), degrees(window.size()) {}

  void split(Range targets, uint64_t total, uint32_t depth) {
    if (intersect(targets, window).size() == 0 || total == 0)
      return;
    if (targets.size() == 1) {
      if (total > UINT32_MAX)
        fail(SNN_WRONG_VALUE, "`%s` gives one neuron more than 2^32 synapses", projection.declared->name);
      degrees[targets.begin - window.begin] = uint32_t(total);
      return;
    }
    uint32_t middle = targets.begin + targets.size() / 2;
    Range left{targets.begin, middle}, right{middle, targets.end};
    uint64_t toLeft = drawLeft(left, right, total, depth);
    split(left, toLeft, depth + 1);
    split(right, total - toLeft, depth + 1);
  }

  const PlannedProjection &projection;
  const uint64_t seed;
  const Range window;
  std::vector<uint32_t> degrees;

private:
  uint64_t pairs(Range targets) const {
    uint64_t all = uint64_t(targets.size()) * projection.source.size();
    return projection.excludesSelf ? all - intersect(targets, projection.source).size() : all;
  }

  uint64_t drawLeft(Range left, Range right, uint64_t total, uint32_t depth) const {
    // The high bit keeps the nodes of the tree apart from the targets, which draw their sources in the same stream.
    uint64_t node = uint64_t(0x80000000u | depth) << 32 | left.begin;
    PhiloxCounter words = randomWords(seed, projection.declared->stream, node, 0);
    double u = toOpenInterval(words[0], words[1]);
    uint64_t pairsLeft = pairs(left), pairsRight = pairs(right);
    if (!projection.declared->multapses)
      return hypergeometric(pairsLeft, pairsRight, total, u);
    return binomial(total, double(pairsLeft) / (double(pairsLeft) + double(pairsRight)), u);
  }
};
} // namespace

std::vector<uint32_t> splitTotal(const PlannedProjection &projection, uint64_t seed, Range window) {
  Splitter splitter(projection, seed, window);
  splitter.split(projection.target, projection.number, 0);
  return std::move(splitter.degrees);
}

} // namespace snn::runtime
