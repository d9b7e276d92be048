// What the fuzz targets share: one input as a source, and what holds of every finding whatever the input.

#ifndef SNN_TEST_FUZZ_SOURCE_H
#define SNN_TEST_FUZZ_SOURCE_H

#include "frontend/Diagnostics.h"

#include "llvm/Support/SourceMgr.h"

#include <cstddef>
#include <cstdint>

namespace snn::fuzz {

class Source {
public:
  Source(const uint8_t *data, size_t size);

  llvm::SourceMgr sources;
  Diagnostics diagnostics{sources};
  unsigned buffer;

  /// Aborts unless every finding has a message on one line and a place in a source, and their number is bounded.
  void judgeFindings() const;
};

/// Aborts with `what` unless `holds`, so that libFuzzer keeps the input.
void require(bool holds, const char *what);

} // namespace snn::fuzz

#endif // SNN_TEST_FUZZ_SOURCE_H
