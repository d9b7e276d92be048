#include "Pages.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>

#include <sys/mman.h>

namespace snn::runtime {

static constexpr size_t page = 4096, hugePage = size_t(2) << 20;

static size_t roundUp(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

Pages::Pages(size_t bytes) {
  if (bytes == 0)
    return;
  if (bytes > SIZE_MAX / 4)
    throw std::bad_alloc();
  length = roundUp(bytes, page);
  bool large = length >= 2 * hugePage;
  size_t slack = large ? hugePage : 0;
  void *start =
      mmap(nullptr, length + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) {
    length = 0;
    throw std::bad_alloc();
  }
  auto first = reinterpret_cast<uintptr_t>(start);
  uintptr_t aligned = large ? roundUp(first, hugePage) : first;
  if (aligned > first)
    munmap(start, aligned - first);
  if (size_t behind = first + slack - aligned)
    munmap(reinterpret_cast<void *>(aligned + length), behind);
  base = reinterpret_cast<void *>(aligned);
  if (large)
    madvise(base, length, MADV_HUGEPAGE); // a wish: nothing depends on it but speed
}

Pages::Pages(Pages &&other) noexcept
    : base(std::exchange(other.base, nullptr)), length(std::exchange(other.length, 0)) {}

Pages &Pages::operator=(Pages &&other) noexcept {
  std::swap(base, other.base);
  std::swap(length, other.length);
  return *this;
}

Pages::~Pages() {
  if (base)
    munmap(base, length);
}

void Pages::trim(size_t bytes) {
  size_t kept = roundUp(bytes, page);
  if (kept >= length)
    return;
  munmap(static_cast<char *>(base) + kept, length - kept);
  length = kept;
  if (kept == 0)
    base = nullptr;
}

/// The number on the line of `path` that starts with `key`; UINT64_MAX if there is none ("max", no such file).
static uint64_t readNumber(const char *path, const char *key) {
  FILE *file = std::fopen(path, "re");
  if (!file)
    return UINT64_MAX;
  char line[256];
  unsigned long long value = UINT64_MAX;
  size_t keyLength = std::strlen(key);
  while (std::fgets(line, sizeof line, file))
    if (std::strncmp(line, key, keyLength) == 0 && std::sscanf(line + keyLength, "%llu", &value) == 1)
      break;
  std::fclose(file);
  return value;
}

uint64_t availableMemory() {
  uint64_t kilobytes = readNumber("/proc/meminfo", "MemAvailable:");
  uint64_t machine = kilobytes == UINT64_MAX ? UINT64_MAX : kilobytes * 1024;
  uint64_t limit = readNumber("/sys/fs/cgroup/memory.max", ""), used = readNumber("/sys/fs/cgroup/memory.current", "");
  uint64_t group = limit == UINT64_MAX || used == UINT64_MAX ? UINT64_MAX : limit > used ? limit - used : 0;
  return std::min(machine, group);
}

} // namespace snn::runtime
