#include "frontend/Imports.h"

#include "frontend/Frontend.h"
#include "frontend/Lexer.h"
#include "frontend/Parser.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace snn;
using llvm::StringRef;

namespace {

class ImportLoader {
public:
  ImportLoader(llvm::SourceMgr &sources, Diagnostics &diagnostics, ImportedFiles &result)
      : sources(sources), diagnostics(diagnostics), result(result) {}

  /// Loads what `file` imports. `folder` leads from the first file to it.
  void loadImportsOf(const ast::File &file, StringRef folder);
  void enter(const ast::File &file) { chain.push_back({realPath(pathOf(file)), nullptr}); }

  llvm::SmallVector<const ast::Stmt *, 32> items;

private:
  /// Files that import each other in a chain longer than this are a mistake.
  static constexpr size_t longestChain = 100;

  struct Link {
    std::string path;                  ///< of the file
    const ast::ImportStmt *importedBy; ///< null for the first one
  };

  void load(const ast::ImportStmt &import, StringRef path, StringRef folder);
  void report(const ast::ImportStmt &import, const llvm::Twine &message);
  void reportCycle(const ast::ImportStmt &import, const Link *first);
  StringRef pathOf(const ast::File &file) const {
    return sources.getMemoryBuffer(file.bufferId)->getBufferIdentifier();
  }
  static std::string realPath(StringRef path) {
    llvm::SmallString<128> real;
    return llvm::sys::fs::real_path(path, real) ? path.str() : real.str().str();
  }

  llvm::SourceMgr &sources;
  Diagnostics &diagnostics;
  ImportedFiles &result;
  llvm::StringSet<> loaded;
  std::vector<Link> chain; ///< from the first file to the one being loaded
};

} // namespace

static std::string joined(StringRef folder, StringRef path) {
  if (llvm::sys::path::is_absolute(path))
    return path.str();
  llvm::SmallString<128> whole(folder);
  llvm::sys::path::append(whole, path);
  return whole.str().str();
}

void ImportLoader::loadImportsOf(const ast::File &file, StringRef folder) {
  StringRef ownFolder = llvm::sys::path::parent_path(pathOf(file));
  for (const ast::Stmt *item : file.items)
    if (auto *import = llvm::dyn_cast<ast::ImportStmt>(item); import && !import->faulty)
      load(*import, joined(ownFolder, import->path), joined(folder, llvm::sys::path::parent_path(import->path)));
}

void ImportLoader::report(const ast::ImportStmt &import, const llvm::Twine &message) {
  diagnostics.error(DiagnosticCode::P10, import.pathRange, message);
  result.whole.incomplete = result.whole.lacksNames = true;
}

void ImportLoader::reportCycle(const ast::ImportStmt &import, const Link *first) {
  std::string files;
  for (const Link *link = first; link != chain.data() + chain.size(); ++link)
    files += "`" + llvm::sys::path::filename(link->path).str() + "` imports ";
  files += "`" + llvm::sys::path::filename(first->path).str() + "`";
  Diagnostic &diagnostic = diagnostics.error(DiagnosticCode::P10, import.pathRange, "a file imports itself: " + files);
  for (const Link *link = first + 1; link < chain.data() + chain.size(); ++link)
    diagnostic.note(link->importedBy->range, "`" + llvm::sys::path::filename(link->path) + "` is imported here");
  result.whole.incomplete = result.whole.lacksNames = true;
}

void ImportLoader::load(const ast::ImportStmt &import, StringRef path, StringRef folder) {
  std::string real = realPath(path);
  if (auto first = llvm::find_if(chain, [&](const Link &link) { return link.path == real; }); first != chain.end())
    return reportCycle(import, &*first);
  if (!loaded.insert(real).second)
    return;
  if (chain.size() > longestChain)
    return report(import, "more than " + llvm::Twine(longestChain) + " files import each other in a chain");
  if (llvm::sys::fs::is_directory(path))
    return report(import, "cannot import `" + import.path + "`: it is a folder");
  llvm::Expected<unsigned> buffer = openFile(path, sources);
  if (!buffer) {
    report(import, llvm::toString(buffer.takeError()));
    return;
  }
  result.files.push_back(parse(lex(sources, *buffer, diagnostics), diagnostics));
  const ast::File &file = *result.files.back();
  result.whole.folders[*buffer] = folder.str();
  result.whole.incomplete |= file.incomplete;
  result.whole.lacksNames |= file.lacksNames;
  chain.push_back({real, &import});
  loadImportsOf(file, folder);
  chain.pop_back();
  for (const ast::Stmt *item : file.items)
    if (!llvm::isa<ast::ExperimentStmt, ast::ImportStmt, ast::MisplacedStmt>(item))
      items.push_back(item);
}

std::unique_ptr<ImportedFiles> snn::loadImports(const ast::File &file, llvm::SourceMgr &sources,
                                                Diagnostics &diagnostics) {
  auto result = std::make_unique<ImportedFiles>();
  ast::File &whole = result->whole;
  whole.bufferId = file.bufferId;
  whole.incomplete = file.incomplete;
  whole.lacksNames = file.lacksNames;
  ImportLoader loader(sources, diagnostics, *result);
  loader.enter(file);
  loader.loadImportsOf(file, "");
  loader.items.append(file.items.begin(), file.items.end());
  whole.items = llvm::ArrayRef(loader.items).copy(whole.arena());
  return result;
}
