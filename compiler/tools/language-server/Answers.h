// What the server answers about one document, without the protocol around it.

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_ANSWERS_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_ANSWERS_H

#include "compiler/tools/language-server/Document.h"

#include "llvm/Support/Error.h"

namespace snn::editor {

/// Everything the front end finds, with notes in this document and in the library, and the label of the rule that is broken.
std::vector<llvm::lsp::Diagnostic> findings(const Document &document, const llvm::lsp::URIForFile &uri);

/// The changes that certainly mend what is found on the lines of `range`.
std::vector<llvm::lsp::CodeAction> quickFixes(const Document &document, const llvm::lsp::URIForFile &uri, llvm::lsp::Range range);

std::optional<llvm::lsp::Hover> hover(Document &document, const llvm::lsp::Position &position);

/// Where the name at `position` is declared, perhaps in a file of the library.
std::vector<llvm::lsp::Location> declaration(Document &document, const llvm::lsp::URIForFile &uri,
                                             const llvm::lsp::Position &position);

/// Every place of the document where the name at `position` stands for the same declaration.
std::vector<llvm::lsp::Range> uses(Document &document, const llvm::lsp::Position &position);

/// The names and keywords that may stand at `position`.
llvm::lsp::CompletionList completions(Document &document, const llvm::lsp::Position &position);

/// Changes every use. Fails with a sentence if the name is declared elsewhere, or the new one is no name or taken.
llvm::Expected<std::vector<llvm::lsp::TextEdit>> rename(Document &document, const llvm::lsp::Position &position,
                                                        llvm::StringRef newName);

/// The canonical layout as one change of the whole text; none if there is nothing to change, or the text cannot be split into words.
std::vector<llvm::lsp::TextEdit> layout(const Document &document);

std::vector<llvm::lsp::DocumentSymbol> outline(const Document &document);

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_ANSWERS_H
