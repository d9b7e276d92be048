#include "DataFiles.h"

#include "Failure.h"

#include <mutex>

namespace snn::runtime {

const NpyFile &DataFiles::file(const std::string &path) {
  {
    std::shared_lock lock(mutex);
    if (auto found = files.find(path); found != files.end())
      return *found->second;
  }
  std::unique_lock lock(mutex);
  std::unique_ptr<NpyFile> &slot = files[path];
  if (!slot) {
    bool isRelative = !path.empty() && path[0] != '/' && !folder.empty();
    slot = std::make_unique<NpyFile>(isRelative ? folder + "/" + path : path);
  }
  return *slot;
}

double DataFiles::number(const std::string &path, uint64_t index) {
  const NpyFile &data = file(path);
  if (index >= data.count())
    fail(SNN_BAD_FILE, "`%s` has %llu numbers, but number %llu (from 0) is asked for", data.path.c_str(),
         static_cast<unsigned long long>(data.count()), static_cast<unsigned long long>(index));
  return data.number(index);
}

} // namespace snn::runtime
