#include "frontend/CheckScope.h"

#include "llvm/ADT/StringExtras.h"

using namespace snn;
using llvm::StringRef;

/// How often every word occurs in `text`; comments and units count too, which makes a name seem used.
static llvm::StringMap<unsigned> wordsOf(StringRef text) {
  auto isOfWord = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  llvm::StringMap<unsigned> words;
  while (!text.empty()) {
    StringRef word = text.take_while(isOfWord);
    if (!word.empty())
      ++words[word];
    text = text.drop_front(std::max<size_t>(word.size(), 1));
  }
  return words;
}

void Scope::considerAll(NearestName &nearest) const {
  if (words.empty())
    words = wordsOf(text);
  for (const auto &entry : names) {
    nearest.consider(entry.getKey());
    if (declarationOf(entry.getKey()).isValid() && words.lookup(entry.getKey()) == 1)
      nearest.considerUnused(entry.getKey());
  }
}
