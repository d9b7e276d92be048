#include "compiler/Cache/Processor.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/TargetParser/Host.h"

namespace snn {

Processor processorNamed(llvm::StringRef cpu) {
  if (!cpu.empty())
    return {cpu.str(), ""};
  Processor here{llvm::sys::getHostCPUName().str(), ""};
  for (const auto &[feature, enabled] : llvm::sys::getHostCPUFeatures())
    here.features += (here.features.empty() ? "" : ",") + std::string(enabled ? "+" : "-") + feature.str();
  return here;
}

} // namespace snn
