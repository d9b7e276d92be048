// The recorder, whose HDF5 library takes as long to load as all else that a short run does. It is opened when there is
// something to record.

#ifndef SNN_COMPILER_TOOLS_SNNC_RECORDERLIBRARY_H
#define SNN_COMPILER_TOOLS_SNNC_RECORDERLIBRARY_H

#include "snn/recorder/Recorder.h"

#include "llvm/Support/Error.h"

namespace snn::tool {

/// `Recorder::create` of libsnnRecorder.so.
llvm::Expected<std::unique_ptr<recorder::Recorder>> createRecorder(const std::string &path,
                                                                   const std::vector<recorder::RunDescription> &runs,
                                                                   const recorder::RecorderOptions &options);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_RECORDERLIBRARY_H
