// The language server for `.snn`, over standard input and output: an editor starts it and ends it.

#include "compiler/tools/language-server/Server.h"

#include "llvm/Support/LSP/Logging.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace snn::editor;

int main(int argc, char **argv) {
  if (argc > 1 && llvm::StringRef(argv[1]) != "--stdio") {
    bool isHelp = llvm::StringRef(argv[1]) == "--help";
    (isHelp ? llvm::outs() : llvm::errs())
        << "usage: snn-language-server\nspeaks the Language Server Protocol over standard input and output; editors start it\n";
    return isHelp ? 0 : 2;
  }
  llvm::lsp::Logger::setLogLevel(llvm::lsp::Logger::Level::Error);
  llvm::lsp::JSONTransport transport(stdin, llvm::outs());
  llvm::lsp::MessageHandler handler(transport);
  Server server(handler);
  if (llvm::Error error = transport.run(handler)) {
    llvm::errs() << "snn-language-server: " << llvm::toString(std::move(error)) << '\n';
    return 1;
  }
  // The protocol wants 1 where the editor has gone without `shutdown`.
  return server.wasShutDown() ? 0 : 1;
}
