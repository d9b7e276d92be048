// Messages of the protocol that LLVM's library does not have: https://microsoft.github.io/language-server-protocol/specification

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_MESSAGES_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_MESSAGES_H

#include "llvm/Support/LSP/Protocol.h"

namespace snn::editor {

/// `textDocument/formatting`; the options are ours to choose.
struct FormattingParams {
  llvm::lsp::TextDocumentIdentifier textDocument;
};

/// `textDocument/rename`
struct RenameParams {
  llvm::lsp::TextDocumentPositionParams place;
  std::string newName;
};

bool fromJSON(const llvm::json::Value &value, FormattingParams &result, llvm::json::Path path);
bool fromJSON(const llvm::json::Value &value, RenameParams &result, llvm::json::Path path);

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_MESSAGES_H
