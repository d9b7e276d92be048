// Any bytes -> syntax tree and its listing.

#include "test/fuzz/Source.h"

#include "frontend/Lexer.h"
#include "frontend/Parser.h"

#include "llvm/Support/raw_ostream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  using namespace snn;
  fuzz::Source source(data, size);
  TokenList list = lex(source.sources, source.buffer, source.diagnostics);
  printAST(*parse(list, source.diagnostics), llvm::nulls());
  source.judgeFindings();
  return 0;
}
