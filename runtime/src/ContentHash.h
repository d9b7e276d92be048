// Notices that bytes are not those that were written.

#ifndef SNN_RUNTIME_CONTENTHASH_H
#define SNN_RUNTIME_CONTENTHASH_H

#include <cstddef>
#include <cstdint>
#include <memory>

namespace snn::runtime {

/// 64 bits over any number of bytes in any number of parts: XXH3. It finds accidents, not forgeries.
class ContentHash {
public:
  ContentHash();
  ~ContentHash();
  void add(const void *bytes, size_t size);
  uint64_t value() const;

  static uint64_t of(const void *bytes, size_t size);

private:
  struct State;
  std::unique_ptr<State> state;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONTENTHASH_H
