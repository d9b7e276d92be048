// The language server: keeps the open documents and answers an editor's requests about them.

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_SERVER_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_SERVER_H

#include "compiler/tools/language-server/Document.h"
#include "compiler/tools/language-server/Messages.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LSP/Transport.h"

namespace snn::editor {

class Server {
public:
  /// Registers everything the server can do.
  explicit Server(llvm::lsp::MessageHandler &handler);

  /// True if the editor has said goodbye before leaving.
  bool wasShutDown() const { return shutDown; }

private:
  template <typename Result> using Callback = llvm::lsp::Callback<Result>;

  void onInitialize(const llvm::lsp::InitializeParams &params, Callback<llvm::json::Value> reply);
  void onInitialized(const llvm::lsp::InitializedParams &) {}
  void onShutdown(const llvm::lsp::NoParams &, Callback<std::nullptr_t> reply);
  void onOpen(const llvm::lsp::DidOpenTextDocumentParams &params);
  void onChange(const llvm::lsp::DidChangeTextDocumentParams &params);
  void onClose(const llvm::lsp::DidCloseTextDocumentParams &params);
  void onHover(const llvm::lsp::TextDocumentPositionParams &params, Callback<std::optional<llvm::lsp::Hover>> reply);
  void onDefinition(const llvm::lsp::TextDocumentPositionParams &params, Callback<std::vector<llvm::lsp::Location>> reply);
  void onReferences(const llvm::lsp::ReferenceParams &params, Callback<std::vector<llvm::lsp::Location>> reply);
  void onCompletion(const llvm::lsp::CompletionParams &params, Callback<llvm::lsp::CompletionList> reply);
  void onRename(const RenameParams &params, Callback<llvm::lsp::WorkspaceEdit> reply);
  void onFormatting(const FormattingParams &params, Callback<std::vector<llvm::lsp::TextEdit>> reply);
  void onDocumentSymbol(const llvm::lsp::DocumentSymbolParams &params,
                        Callback<std::vector<llvm::lsp::DocumentSymbol>> reply);
  void onCodeAction(const llvm::lsp::CodeActionParams &params, Callback<llvm::json::Value> reply);

  /// Checks the text anew and tells the editor what is found.
  void update(const llvm::lsp::URIForFile &uri, llvm::StringRef text, int64_t version);
  Document *find(const llvm::lsp::URIForFile &uri);

  llvm::StringMap<std::unique_ptr<Document>> documents; ///< by path
  llvm::lsp::OutgoingNotification<llvm::lsp::PublishDiagnosticsParams> publish;
  bool shutDown = false;
};

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_SERVER_H
