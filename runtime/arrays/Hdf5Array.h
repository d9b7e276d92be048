// Data sets of HDF5 files.

#ifndef SNN_ARRAYS_HDF5ARRAY_H
#define SNN_ARRAYS_HDF5ARRAY_H

#include "snn/arrays/ReadArray.h"

#include <string>

namespace snn::arrays {

/// Throws a `std::runtime_error` that says what is wrong with the file.
void readHdf5(const std::string &path, const std::string &dataSet, snn_array &array);

bool hasHdf5(const std::string &path, const std::string &name);

} // namespace snn::arrays

#endif // SNN_ARRAYS_HDF5ARRAY_H
