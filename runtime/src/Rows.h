// The synapses of one projection that end in one worker's share, as generated code reads them (`snn_rows`).

#ifndef SNN_RUNTIME_ROWS_H
#define SNN_RUNTIME_ROWS_H

#include "ContactRule.h"
#include "IncomingSynapses.h"
#include "Pages.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace snn::runtime {

/// Which synapses, and where they go.
struct RowRequest {
  const snn_state *state;
  uint32_t projection;
  const PlannedProjection *planned;
  const EdgeList *edges; ///< of SNN_PAIRS, else null
  Range window;          ///< targets of this worker, positions in the target population
  uint32_t shareBegin;   ///< position of the first neuron of the worker's share
  const PlannedProjection *mirrored = nullptr; ///< of SNN_REVERSED: the projection that has the contacts; `edges` are its own

  const snn_projection &declared() const { return *planned->declared; }
  uint32_t sources() const { return planned->source.size(); }
  const PlannedProjection &drawn() const { return mirrored ? *mirrored : *planned; }
  uint32_t drawnProjection() const { return mirrored ? declared().mirrored : projection; }
};

/// Arrays of one block. An array that the projection does not need is empty.
struct BlockPages {
  Pages start, target, amount, segment;
  Pages element; ///< names of synapses with states of their own, until these have been initialised
  Pages fields;
  IncomingSynapses incoming; ///< of a responsive projection
  std::vector<void *> fieldTable; ///< `snn_block::fields`
};

/// Owns what `rows` points to.
struct RowStorage {
  snn_rows rows{};
  std::shared_ptr<const RowStorage> lender; ///< of all arrays but those of states; null: these are its own
  std::vector<snn_block> blocks;
  std::vector<BlockPages> pages;
  uint64_t synapses = 0, bytes = 0;
  std::vector<Pages> written; ///< by block: weights in the place of the drawn ones, which other copies may have too; empty: none
};

/// Gives the rows weights that may be written, equal to the drawn ones, and takes them away again.
void ownWeights(RowStorage &storage, const snn_model &model, const snn_projection &projection);
void dropWeights(RowStorage &storage);

/// Bytes of one element of a field.
size_t widthOf(const snn_field &field);

/// Does every synapse have states of its own, whose initial values may depend on which one it is?
inline bool hasSynapseStates(const snn_projection &projection) {
  return projection.alignment != SNN_PRE && projection.n_fields > 0;
}

/// Arrays of a projection that change while it runs: its fields, then weights that rules or the host change.
inline uint32_t evolvingArrays(const snn_projection &projection, bool hasWrittenWeights = false) {
  return projection.n_fields + (projection.plastic || hasWrittenWeights);
}

/// Has such an array one element per source, rather than one per synapse?
inline bool isPerSource(const snn_projection &projection, uint32_t array) {
  return projection.alignment == SNN_PRE && array < projection.n_fields;
}

/// Bytes of one element of such an array.
size_t evolvingWidth(const snn_model &model, const snn_projection &projection, uint32_t array);

/// The array in one block.
inline char *evolvingValues(const snn_projection &projection, const snn_block &block, uint32_t array) {
  return static_cast<char *>(array < projection.n_fields ? block.fields[array] : const_cast<void *>(block.amount));
}

/// The rule that draws its contacts.
std::unique_ptr<ContactRule> ruleOf(const RowRequest &request);

/// Draws and stores the rows. Memory beyond the result: a row or a few thousand synapses at a time, and two bytes per
/// synapse where a rule that goes by target has stored delays. Arrays of
/// states are zero. Throws a `Failure`.
RowStorage buildRows(const RowRequest &request);

/// The same synapses for another copy of the network, with states, and weights that change, of its own.
RowStorage borrowRows(std::shared_ptr<const RowStorage> lender, const snn_model &model, const snn_projection &projection);

/// Gives `pages` arrays of states, zero, of `elements` elements each: one per field, in one mapping.
void allocateFields(const snn_projection &projection, uint64_t elements, BlockPages &pages);

/// Bytes that `synapses` of a projection take, without the tables of rows.
double synapseBytes(const snn_model &model, const snn_projection &projection, double synapses);

} // namespace snn::runtime

#endif // SNN_RUNTIME_ROWS_H
