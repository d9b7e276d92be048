#include "AvailableMemory.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include <sys/resource.h>

namespace snn::runtime {

/// The number behind the word `key` in the file `path` (behind nothing: the first); UINT64_MAX if there is none ("max", no
/// such file).
static uint64_t readNumber(const std::string &path, const std::string &key = "") {
  std::ifstream file(path);
  uint64_t number = UINT64_MAX;
  std::string word;
  while (!key.empty() && file >> word)
    if (word == key)
      break;
  return file >> number ? number : UINT64_MAX;
}

static uint64_t rest(uint64_t limit, uint64_t used) {
  return limit == UINT64_MAX || used == UINT64_MAX ? UINT64_MAX : limit > used ? limit - used : 0;
}

/// What a group leaves; pages of files that the kernel would give up count as left.
static uint64_t leftInGroup(const std::string &folder, bool isVersion2) {
  uint64_t limit = readNumber(folder + (isVersion2 ? "/memory.max" : "/memory.limit_in_bytes"));
  uint64_t used = readNumber(folder + (isVersion2 ? "/memory.current" : "/memory.usage_in_bytes"));
  uint64_t files = readNumber(folder + "/memory.stat", isVersion2 ? "inactive_file" : "total_inactive_file");
  return rest(limit, files <= used ? used - files : used);
}

uint64_t availableInControlGroups(const std::string &list, const std::string &root) {
  std::ifstream file(list);
  uint64_t available = UINT64_MAX;
  // "4:memory:/a/b" for version 1, "0::/a/b" for version 2.
  for (std::string line; std::getline(file, line);) {
    size_t controllers = line.find(':') + 1, path = line.find(':', controllers) + 1;
    if (controllers == 0 || path == 0)
      continue;
    std::string names = "," + line.substr(controllers, path - 1 - controllers) + ",";
    bool isVersion2 = names == ",,";
    if (!isVersion2 && names.find(",memory,") == std::string::npos)
      continue;
    std::string base = root + (isVersion2 ? "" : "/memory"), group = line.substr(path);
    for (;; group.erase(group.rfind('/'))) {
      if (group == "/")
        group.clear();
      available = std::min(available, leftInGroup(base + group, isVersion2));
      if (group.find('/') == std::string::npos)
        break;
    }
  }
  return available;
}

/// Bytes below a limit of the process, of which it has used the kilobytes behind `key`.
static uint64_t leftBelow(int resource, const char *key) {
  rlimit limit;
  if (getrlimit(__rlimit_resource_t(resource), &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return UINT64_MAX;
  uint64_t kilobytes = readNumber("/proc/self/status", key);
  return kilobytes == UINT64_MAX ? UINT64_MAX : rest(limit.rlim_cur, kilobytes * 1024);
}

uint64_t availableAddressSpace() { return leftBelow(RLIMIT_AS, "VmSize:"); }

uint64_t availableMemory() {
  uint64_t kilobytes = readNumber("/proc/meminfo", "MemAvailable:");
  uint64_t machine = kilobytes == UINT64_MAX ? UINT64_MAX : kilobytes * 1024;
  return std::min({machine, availableInControlGroups("/proc/self/cgroup", "/sys/fs/cgroup"), availableAddressSpace(),
                   leftBelow(RLIMIT_DATA, "VmData:")});
}

} // namespace snn::runtime
