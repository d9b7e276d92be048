// Any bytes -> everything that `snnc FILE check` does with a file: checking, messages for people and for programs, and
// fixes, which are checked in turn.

#include "test/fuzz/Source.h"

#include "frontend/ApplyFixIts.h"
#include "frontend/Frontend.h"

#include "llvm/Support/raw_ostream.h"

static std::string check(const uint8_t *data, size_t size) {
  using namespace snn;
  fuzz::Source source(data, size);
  loadBuffer(source.buffer, source.sources, source.diagnostics);
  source.judgeFindings();
  source.diagnostics.print(llvm::nulls(), /*colour=*/true);
  source.diagnostics.printJson(llvm::nulls());
  return applyFixIts(source.diagnostics, source.buffer).text;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string fixed = check(data, size);
  check(reinterpret_cast<const uint8_t *>(fixed.data()), fixed.size());
  return 0;
}
