// What a word of a document means: the declaration it stands for.

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_NAMELOOKUP_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_NAMELOOKUP_H

#include "compiler/tools/language-server/Document.h"
#include "compiler/tools/language-server/Symbols.h"

namespace snn::editor {

/// Works on syntax alone, so it answers while the text is wrong. Names of a model, of a network and of the file, in this order; in
/// `N.V` the part is the model's, and so is the left side of `V = ...` where a model is used.
class NameLookup {
public:
  explicit NameLookup(Document &document);

  const std::vector<Symbol> &symbols() const { return top; }

  /// What the word stands for; nothing if it is a keyword or unknown.
  std::optional<Symbol> meaning(const Token &word);

  /// What could stand at `offset`: for `N.`, the parts of N; else every name that is known there.
  std::vector<Symbol> namesAt(size_t offset);

private:
  const Token *before(const Token &word, unsigned words = 1) const;
  const Token *behind(const Token &word) const;
  const Symbol *itemAround(const char *place) const;
  /// The network that an item is, or that an experiment is on.
  const Symbol *networkOf(const Symbol &item) const;
  std::optional<Symbol> model(llvm::StringRef name);
  /// The model's declaration with the members of those it is made from.
  std::optional<Symbol> modelWithMembers(llvm::StringRef name);
  /// The model of a population, or of the population that a group is part of.
  std::optional<Symbol> modelOf(const Symbol &population, const Symbol &network, unsigned depth = 0);
  std::optional<Symbol> membersOf(llvm::StringRef base, const char *place);
  /// The model whose settings are written at `place`, between its `{` or `(` and the end of that.
  std::optional<Symbol> modelUsedAt(const char *place);

  Document &document;
  std::vector<Symbol> top;
};

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_NAMELOOKUP_H
