// Rows of a rule that does not go by source: counted in a first pass over the contacts, filled in a second.

#ifndef SNN_RUNTIME_SCATTEREDROWS_H
#define SNN_RUNTIME_SCATTEREDROWS_H

#include "RowBlocks.h"
#include "SynapseValues.h"

namespace snn::runtime {

/// Call `count` with all contacts, `allocate`, `fill` with the same contacts in the same order, `finish`. Within a
/// row synapses keep the order of the contacts, which is ascending in the target where the rule goes by target.
class ScatteredRows {
public:
  explicit ScatteredRows(const RowRequest &request) : blocks(request) {}

  void count(const Contacts &contacts);
  void allocate();
  void fill(const Contacts &contacts);
  RowStorage finish();

private:
  void sortRows(size_t block);

  RowBlocks blocks;
  SynapseValues values;
  std::vector<Pages> delays; ///< per block, 16 bits per synapse: needed until the rows are sorted
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SCATTEREDROWS_H
