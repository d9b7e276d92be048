#include "compiler/tools/language-server/Messages.h"

using namespace snn;

bool editor::fromJSON(const llvm::json::Value &value, FormattingParams &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("textDocument", result.textDocument);
}

bool editor::fromJSON(const llvm::json::Value &value, RenameParams &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return llvm::lsp::fromJSON(value, result.place, path) && map && map.map("newName", result.newName);
}
