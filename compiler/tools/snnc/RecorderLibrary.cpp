#include "compiler/tools/snnc/RecorderLibrary.h"

#include "compiler/tools/snnc/SiblingLibrary.h"

namespace snn::tool {

llvm::Expected<std::unique_ptr<recorder::Recorder>> createRecorder(const std::string &path,
                                                                   const std::vector<recorder::RunDescription> &runs,
                                                                   const recorder::RecorderOptions &options) {
  llvm::Expected<void *> function = functionOfSibling("libsnnRecorder.so", "snn_create_recorder");
  if (!function)
    return function.takeError();
  std::string message;
  auto create = reinterpret_cast<decltype(&snn_create_recorder)>(*function);
  std::unique_ptr<recorder::Recorder> recorder(create(path, runs, options, message));
  if (!recorder)
    return llvm::createStringError(message);
  return recorder;
}

} // namespace snn::tool
