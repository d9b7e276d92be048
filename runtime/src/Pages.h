// Memory straight from the kernel: zero until written, and paid for only where it is touched.

#ifndef SNN_RUNTIME_PAGES_H
#define SNN_RUNTIME_PAGES_H

#include <cstddef>
#include <cstdint>

namespace snn::runtime {

/// A private anonymous mapping. Reserving costs address space alone, so a bound on a size that only a draw decides
/// may be generous; `trim` gives the rest back. Large mappings start at a huge page and ask for huge ones.
class Pages {
public:
  Pages() = default;
  /// Throws a `Failure` (SNN_NO_MEMORY) if the address space is not to be had.
  explicit Pages(size_t bytes);
  Pages(Pages &&other) noexcept;
  Pages &operator=(Pages &&other) noexcept;
  ~Pages();

  /// Gives back everything behind the first `bytes`.
  void trim(size_t bytes);

  template <typename T> T *as() const { return static_cast<T *>(base); }
  /// Of the mapping, in whole pages.
  size_t size() const { return length; }

private:
  void *base = nullptr;
  size_t length = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PAGES_H
