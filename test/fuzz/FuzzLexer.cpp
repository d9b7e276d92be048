// Any bytes -> tokens and their listing.

#include "test/fuzz/Source.h"

#include "frontend/Lexer.h"

#include "llvm/Support/raw_ostream.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  using namespace snn;
  fuzz::Source source(data, size);
  TokenList list = lex(source.sources, source.buffer, source.diagnostics);
  fuzz::require(!list.tokens.empty() && list.tokens.back().is(TokenKind::EndOfFile), "a list without an end");
  printTokens(list, source.sources, llvm::nulls());
  source.judgeFindings();
  return 0;
}
