// What a file declares, for an editor: names with their places, whatever else may be wrong with the text.

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_SYMBOLS_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_SYMBOLS_H

#include "frontend/AST.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/LSP/Protocol.h"

#include <vector>

namespace snn::editor {

/// One declaration and those inside it.
struct Symbol {
  ast::Name name;
  const ast::Stmt *declaration = nullptr;
  std::vector<Symbol> members; ///< variables of a model; populations, groups, projections and values of a network

  /// "param", "neuron", "population": the word that declares it.
  llvm::StringRef keyword() const;
  llvm::lsp::SymbolKind kind() const;
  llvm::SMRange range() const { return declaration->range; }
};

/// The declarations of a file in the order of the text. An experiment appears as the network's name with its own members.
std::vector<Symbol> symbolsOf(const ast::File &file);

/// A declaration with everything inside it.
Symbol symbolOf(const ast::Stmt &declaration);

/// Visits the statements of a block, and what a `for` or an `if` in it holds: that belongs to the network or model around.
void forEachStatement(const ast::Block &block, llvm::function_ref<void(const ast::Stmt &)> visit);

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_SYMBOLS_H
