// Contacts that are joined the other way round as well, as by gap junctions.

#ifndef SNN_RUNTIME_MIRROREDCONTACTS_H
#define SNN_RUNTIME_MIRROREDCONTACTS_H

#include "ContactRule.h"

namespace snn::runtime {

/// The contacts of a projection that ends in a window of its targets, where its rule says what is joined and `snn_projection::mirror` in
/// which directions. The whole rule is drawn and most of it left out: that a contact begins in the window can only be told
/// when it has been drawn.
class MirroredContacts final : public ContactRule {
public:
  /// `projection` is what the rule belongs to: of SNN_REVERSED, the projection that is mirrored.
  MirroredContacts(const PlannedProjection &projection, const EdgeList *edges, uint64_t seed, Range window, bool bothWays);

  uint64_t parts() const override { return drawn->parts(); }
  void append(uint64_t index, Contacts &contacts) override;
  bool isBySource() const override { return false; }
  uint64_t mostContacts() const override { return 2 * drawn->mostContacts(); }

private:
  const PlannedProjection &projection;
  std::unique_ptr<ContactRule> drawn;
  Range window;
  bool bothWays;
  Contacts part;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_MIRROREDCONTACTS_H
