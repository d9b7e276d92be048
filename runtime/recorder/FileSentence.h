// What is said of a file that HDF5 or the operating system refused.

#ifndef SNN_RECORDER_FILESENTENCE_H
#define SNN_RECORDER_FILESENTENCE_H

#include <string>

namespace snn::recorder {

/// "cannot write `x.h5`: no space left on device": `error` is an `errno`, or 0 where HDF5 alone knows why.
std::string fileSentence(const std::string &verb, const std::string &path, int error, const char *hdf5Reason);

} // namespace snn::recorder

#endif // SNN_RECORDER_FILESENTENCE_H
