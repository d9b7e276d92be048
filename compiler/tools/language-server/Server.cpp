#include "compiler/tools/language-server/Server.h"
#include "compiler/tools/language-server/Answers.h"

using namespace snn::editor;
namespace lsp = llvm::lsp;

Server::Server(lsp::MessageHandler &handler)
    : publish(handler.outgoingNotification<lsp::PublishDiagnosticsParams>("textDocument/publishDiagnostics")) {
  handler.method("initialize", this, &Server::onInitialize);
  handler.notification("initialized", this, &Server::onInitialized);
  handler.method("shutdown", this, &Server::onShutdown);
  handler.notification("textDocument/didOpen", this, &Server::onOpen);
  handler.notification("textDocument/didChange", this, &Server::onChange);
  handler.notification("textDocument/didClose", this, &Server::onClose);
  handler.method("textDocument/hover", this, &Server::onHover);
  handler.method("textDocument/definition", this, &Server::onDefinition);
  handler.method("textDocument/references", this, &Server::onReferences);
  handler.method("textDocument/completion", this, &Server::onCompletion);
  handler.method("textDocument/rename", this, &Server::onRename);
  handler.method("textDocument/formatting", this, &Server::onFormatting);
  handler.method("textDocument/documentSymbol", this, &Server::onDocumentSymbol);
  handler.method("textDocument/codeAction", this, &Server::onCodeAction);
}

void Server::onInitialize(const lsp::InitializeParams &, Callback<llvm::json::Value> reply) {
  llvm::json::Object capabilities{
      {"textDocumentSync",
       llvm::json::Object{{"openClose", true}, {"change", static_cast<int>(lsp::TextDocumentSyncKind::Incremental)}}},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"completionProvider", llvm::json::Object{{"triggerCharacters", llvm::json::Array{"."}}}},
      {"renameProvider", true},
      {"documentFormattingProvider", true},
      {"documentSymbolProvider", true},
      {"codeActionProvider", llvm::json::Object{{"codeActionKinds", llvm::json::Array{lsp::CodeAction::kQuickFix}}}},
  };
  reply(llvm::json::Object{{"serverInfo", llvm::json::Object{{"name", "snn-language-server"}, {"version", SNN_VERSION}}},
                           {"capabilities", std::move(capabilities)}});
}

void Server::onShutdown(const lsp::NoParams &, Callback<std::nullptr_t> reply) {
  shutDown = true;
  reply(nullptr);
}

void Server::update(const lsp::URIForFile &uri, llvm::StringRef text, int64_t version) {
  auto document = std::make_unique<Document>(uri.file(), text);
  lsp::PublishDiagnosticsParams params(uri, version);
  params.diagnostics = findings(*document, uri);
  documents[uri.file()] = std::move(document);
  publish(params);
}

Document *Server::find(const lsp::URIForFile &uri) {
  auto found = documents.find(uri.file());
  return found == documents.end() ? nullptr : found->second.get();
}

void Server::onOpen(const lsp::DidOpenTextDocumentParams &params) {
  update(params.textDocument.uri, params.textDocument.text, params.textDocument.version);
}

void Server::onChange(const lsp::DidChangeTextDocumentParams &params) {
  Document *document = find(params.textDocument.uri);
  if (!document)
    return;
  std::string text = document->text().str();
  for (const lsp::TextDocumentContentChangeEvent &change : params.contentChanges) {
    if (!change.range) {
      text = change.text;
      continue;
    }
    // The library's own way of finding a place counts bytes.
    Document before(params.textDocument.uri.file(), text);
    size_t begin = before.offsetOf(change.range->start), end = before.offsetOf(change.range->end);
    text.replace(begin, std::max(begin, end) - begin, change.text);
  }
  update(params.textDocument.uri, text, params.textDocument.version);
}

void Server::onClose(const lsp::DidCloseTextDocumentParams &params) {
  documents.erase(params.textDocument.uri.file());
  publish(lsp::PublishDiagnosticsParams(params.textDocument.uri, 0)); // its marks are gone
}

void Server::onHover(const lsp::TextDocumentPositionParams &params, Callback<std::optional<lsp::Hover>> reply) {
  Document *document = find(params.textDocument.uri);
  reply(document ? hover(*document, params.position) : std::nullopt);
}

void Server::onDefinition(const lsp::TextDocumentPositionParams &params, Callback<std::vector<lsp::Location>> reply) {
  Document *document = find(params.textDocument.uri);
  reply(document ? declaration(*document, params.textDocument.uri, params.position) : std::vector<lsp::Location>());
}

void Server::onReferences(const lsp::ReferenceParams &params, Callback<std::vector<lsp::Location>> reply) {
  std::vector<lsp::Location> places;
  if (Document *document = find(params.textDocument.uri))
    for (const lsp::Range &range : uses(*document, params.position))
      places.emplace_back(params.textDocument.uri, range);
  reply(std::move(places));
}

void Server::onCompletion(const lsp::CompletionParams &params, Callback<lsp::CompletionList> reply) {
  Document *document = find(params.textDocument.uri);
  reply(document ? completions(*document, params.position) : lsp::CompletionList());
}

void Server::onRename(const RenameParams &params, Callback<lsp::WorkspaceEdit> reply) {
  lsp::WorkspaceEdit changes;
  if (Document *document = find(params.place.textDocument.uri)) {
    llvm::Expected<std::vector<lsp::TextEdit>> edits = rename(*document, params.place.position, params.newName);
    if (!edits)
      return reply(edits.takeError());
    changes.changes[params.place.textDocument.uri.uri().str()] = std::move(*edits);
  }
  reply(std::move(changes));
}

void Server::onFormatting(const FormattingParams &params, Callback<std::vector<lsp::TextEdit>> reply) {
  Document *document = find(params.textDocument.uri);
  reply(document ? layout(*document) : std::vector<lsp::TextEdit>());
}

void Server::onDocumentSymbol(const lsp::DocumentSymbolParams &params, Callback<std::vector<lsp::DocumentSymbol>> reply) {
  Document *document = find(params.textDocument.uri);
  reply(document ? outline(*document) : std::vector<lsp::DocumentSymbol>());
}

void Server::onCodeAction(const lsp::CodeActionParams &params, Callback<llvm::json::Value> reply) {
  llvm::json::Array actions;
  if (Document *document = find(params.textDocument.uri))
    for (const lsp::CodeAction &action : quickFixes(*document, params.textDocument.uri, params.range))
      actions.push_back(toJSON(action));
  reply(std::move(actions));
}
