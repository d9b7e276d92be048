// Which neurons a projection joins: one small class per rule, all computed from counters.

#ifndef SNN_RUNTIME_CONTACTRULE_H
#define SNN_RUNTIME_CONTACTRULE_H

#include "Plan.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace snn::runtime {

class EdgeList;

/// Joined pairs in the order a rule gives them, as columns. `element` names the synapse to the random number generator.
struct Contacts {
  std::vector<uint32_t> pre, post; ///< positions in the populations
  std::vector<uint64_t> element;
  std::vector<uint8_t> reversed; ///< 1: drawn with source and target exchanged; empty if no contact is

  size_t size() const { return pre.size(); }
  void clear() {
    pre.clear();
    post.clear();
    element.clear();
    reversed.clear();
  }
  void add(uint32_t from, uint32_t to, uint64_t name) {
    pre.push_back(from);
    post.push_back(to);
    element.push_back(name);
    if (!reversed.empty())
      reversed.push_back(0);
  }
  void addReversed(uint32_t from, uint32_t to, uint64_t name) {
    reversed.resize(size(), 0);
    add(from, to, name);
    reversed.resize(size(), 1);
    reversed.back() = 1;
  }
};

/// The contacts of one projection that end in a window of its targets. They come in parts, each computed alone from
/// the seed, so a part may be asked for in any order and more than once; which window it is asked for changes what is
/// left out and nothing else.
///
/// | rule | a part is | element |
/// |---|---|---|
/// | one_to_one, all_to_all, bernoulli, pair_bernoulli | a source, targets ascending | source << 32 \| target |
/// | fixed_outdegree | a source, targets as drawn | source << 32 \| position in the whole row |
/// | fixed_indegree, fixed_total | a target of the window, sources as drawn | target << 32 \| position in its list |
/// | pairs | a stretch of the file, as written | row in the file |
class ContactRule {
public:
  virtual ~ContactRule() = default;
  virtual uint64_t parts() const = 0;
  /// Appends part `index` < parts().
  virtual void append(uint64_t index, Contacts &contacts) = 0;
  /// True if parts are sources: rows are then whole and come in order.
  virtual bool isBySource() const = 0;
  /// The window never has more contacts. (Where a probability decides: up to a chance below 1e-80.)
  virtual uint64_t mostContacts() const = 0;
};

/// The rule of `projection`; `edges` are those of SNN_PAIRS, else null. Both must outlive the rule.
std::unique_ptr<ContactRule> makeContactRule(const PlannedProjection &projection, const EdgeList *edges, uint64_t seed,
                                             Range window);

/// Synapses of the whole projection: exact, or the mean where a probability decides.
double expectedContacts(const PlannedProjection &projection, const EdgeList *edges);

/// Could the contacts be drawn again for every spike? Only a rule that goes by source can, with one delay and nothing that a synapse
/// keeps.
bool couldBeProcedural(const snn_projection &projection);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONTACTRULE_H
