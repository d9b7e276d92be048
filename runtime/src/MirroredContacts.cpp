#include "MirroredContacts.h"

namespace snn::runtime {

MirroredContacts::MirroredContacts(const PlannedProjection &projection, const EdgeList *edges, uint64_t seed, Range window, bool bothWays)
    : projection(projection), drawn(makeContactRule(projection, edges, seed, projection.target)), window(window),
      bothWays(bothWays) {}

void MirroredContacts::append(uint64_t index, Contacts &contacts) {
  part.clear();
  drawn->append(index, part);
  // A list of pairs has each of them once; of what a rule draws, one of two orders counts.
  bool isList = projection.declared->rule == SNN_PAIRS;
  for (size_t i = 0; i < part.size(); ++i) {
    uint32_t pre = part.pre[i], post = part.post[i];
    if (bothWays && (isList ? pre == post : pre >= post))
      continue;
    if (bothWays && window.contains(post))
      contacts.add(pre, post, part.element[i]);
    if (window.contains(pre))
      contacts.addReversed(post, pre, part.element[i]);
  }
}

} // namespace snn::runtime
