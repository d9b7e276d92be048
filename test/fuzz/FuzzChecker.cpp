// Any bytes -> checked model and its listing.

#include "test/fuzz/Source.h"

#include "frontend/Frontend.h"

#include "llvm/Support/raw_ostream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  using namespace snn;
  fuzz::Source source(data, size);
  FrontendResult result = loadBuffer(source.buffer, source.sources, source.diagnostics);
  fuzz::require(!result.model == source.diagnostics.hasErrors(), "a model in spite of errors, or none without");
  if (result.model)
    printModel(*result.model, llvm::nulls());
  source.judgeFindings();
  return 0;
}
