// The members of a `.npz` file: a zip archive of `.npy` files.

#ifndef SNN_ARRAYS_NPZARRAY_H
#define SNN_ARRAYS_NPZARRAY_H

#include "snn/arrays/ReadArray.h"

#include <string>

namespace snn::arrays {

/// Throws a `std::runtime_error` that says what is wrong with the file.
void readNpz(const std::string &path, const std::string &member, snn_array &array);

} // namespace snn::arrays

#endif // SNN_ARRAYS_NPZARRAY_H
