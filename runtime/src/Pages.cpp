#include "Pages.h"

#include "Failure.h"

#include <utility>

#include <sys/mman.h>

namespace snn::runtime {

static constexpr size_t page = 4096, hugePage = size_t(2) << 20;

static size_t roundUp(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

[[noreturn]] static void failToReserve(size_t bytes) {
  fail(SNN_NO_MEMORY, "the system refuses to reserve %s of address space; a limit may be in force (`ulimit -v`)",
       describeBytes(double(bytes)).c_str());
}

Pages::Pages(size_t bytes) {
  if (bytes == 0)
    return;
  if (bytes > SIZE_MAX / 4)
    failToReserve(bytes);
  length = roundUp(bytes, page);
  bool large = length >= 2 * hugePage;
  size_t slack = large ? hugePage : 0;
  void *start =
      mmap(nullptr, length + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) {
    length = 0;
    failToReserve(bytes);
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

} // namespace snn::runtime
