#include "ContentHash.h"

#define XXH_INLINE_ALL // nothing to link
#include <xxhash.h>

namespace snn::runtime {

struct ContentHash::State {
  XXH3_state_t xxh3;
};

ContentHash::ContentHash() : state(new State) { XXH3_64bits_reset(&state->xxh3); }

ContentHash::~ContentHash() = default;

void ContentHash::add(const void *bytes, size_t size) { XXH3_64bits_update(&state->xxh3, bytes, size); }

uint64_t ContentHash::value() const { return XXH3_64bits_digest(&state->xxh3); }

uint64_t ContentHash::of(const void *bytes, size_t size) { return XXH3_64bits(bytes, size); }

} // namespace snn::runtime
