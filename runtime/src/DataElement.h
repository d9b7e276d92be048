// Which element of an array belongs to a neuron, a synapse or an entry of a table, and whether the array has the shape for it.

#ifndef SNN_RUNTIME_DATAELEMENT_H
#define SNN_RUNTIME_DATAELEMENT_H

#include "DataFiles.h"
#include "Plan.h"

namespace snn::runtime {

/// What generated code asks of `snn_state::data`.
struct DataRequest {
  uint32_t of;    ///< enum snn_data_of
  uint32_t owner; ///< population or projection
  uint64_t first, second, element;
};

/// The number that is asked for. Throws a `Failure` (SNN_BAD_FILE) that names the array and both shapes if it has not the shape
/// that its owner needs.
double dataNumber(const LoadedArray &loaded, const DataRequest &request, const snn_model &model, const Plan &plan);

} // namespace snn::runtime

#endif // SNN_RUNTIME_DATAELEMENT_H
