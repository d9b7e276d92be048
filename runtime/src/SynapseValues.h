// Amounts and delays of a batch of contacts.

#ifndef SNN_RUNTIME_SYNAPSEVALUES_H
#define SNN_RUNTIME_SYNAPSEVALUES_H

#include "Rows.h"

namespace snn::runtime {

/// What the program computes for the synapses of a batch, in the order of the contacts. A uniform value has no array.
class SynapseValues {
public:
  std::vector<double> amounts;
  std::vector<uint16_t> delays; ///< steps

  /// Throws a `Failure` (SNN_WRONG_VALUE) for a value that is not finite or a delay that is too long.
  void compute(const RowRequest &request, const Contacts &contacts);

private:
  std::vector<double> milliseconds;
  std::vector<uint32_t> ends[2]; ///< sources and targets as drawn, where that is not how they are joined
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SYNAPSEVALUES_H
