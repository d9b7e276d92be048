#include "frontend/Library.h"
#include "frontend/Lexer.h"
#include "frontend/Parser.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace snn;
using llvm::StringRef;

static std::optional<ast::DefinitionKeyword> definitionKeyword(StringRef &line) {
  if (line.consume_front("neuron "))
    return ast::DefinitionKeyword::Neuron;
  if (line.consume_front("synapse "))
    return ast::DefinitionKeyword::Synapse;
  if (line.consume_front("output "))
    return ast::DefinitionKeyword::Output;
  if (line.consume_front("current "))
    return ast::DefinitionKeyword::Current;
  if (line.consume_front("plasticity "))
    return ast::DefinitionKeyword::Plasticity;
  return std::nullopt;
}

// A library file starts every definition at the beginning of a line, so looking at the lines is enough to know where a
// model is; parsing all files would take longer than checking the user's.
Library::Library(llvm::SourceMgr &sources, Diagnostics &diagnostics)
    : sources(sources), diagnostics(diagnostics), files(libraryFiles().size()) {
  for (unsigned index = 0; index < libraryFiles().size(); ++index) {
    StringRef rest(libraryFiles()[index].text, libraryFiles()[index].size);
    while (!rest.empty()) {
      auto [line, next] = rest.split('\n');
      rest = next;
      if (std::optional<ast::DefinitionKeyword> keyword = definitionKeyword(line)) {
        StringRef name = line.ltrim().take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
        definitions.try_emplace(name, Entry{index, *keyword});
      }
    }
  }
}

const ast::File &Library::parsed(unsigned index) {
  if (!files[index]) {
    const LibraryFile &file = libraryFiles()[index];
    unsigned buffer = sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBuffer(StringRef(file.text, file.size), file.name), llvm::SMLoc());
    files[index] = parse(lex(sources, buffer, diagnostics), diagnostics);
  }
  return *files[index];
}

const ast::Stmt *Library::find(StringRef name) {
  auto found = definitions.find(name);
  if (found == definitions.end())
    return nullptr;
  for (const ast::Stmt *item : parsed(found->second.file).items) {
    if (auto *definition = llvm::dyn_cast<ast::DefinitionStmt>(item); definition && definition->name.text == name)
      return definition;
    if (auto *derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(item); derived && derived->name.text == name)
      return derived;
  }
  return nullptr;
}
