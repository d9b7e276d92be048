// The model library: `.snn` files embedded into the compiler. A file is parsed when one of its models is first used.

#ifndef SNN_FRONTEND_LIBRARY_H
#define SNN_FRONTEND_LIBRARY_H

#include "frontend/AST.h"
#include "frontend/Diagnostics.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <vector>

namespace snn {

/// One embedded file.
struct LibraryFile {
  const char *name; ///< "stdlib/neurons/lif.snn"
  const char *text; ///< ends with a zero
  unsigned size;
};

/// Every file of the library, sorted by name. Generated from frontend/stdlib by Embed.cmake.
llvm::ArrayRef<LibraryFile> libraryFiles();

class Library {
public:
  /// Parsed files become buffers of `sources`; what is wrong with them goes to `diagnostics`.
  Library(llvm::SourceMgr &sources, Diagnostics &diagnostics);

  /// The definition called `name` with its file parsed, or null.
  const ast::Stmt *find(llvm::StringRef name);

  /// Where a definition is, known without parsing.
  struct Entry {
    unsigned file;
    ast::DefinitionKeyword keyword;
  };
  /// All definitions by name.
  const llvm::StringMap<Entry> &entries() const { return definitions; }

private:
  const ast::File &parsed(unsigned file);

  llvm::SourceMgr &sources;
  Diagnostics &diagnostics;
  llvm::StringMap<Entry> definitions;
  std::vector<std::unique_ptr<ast::File>> files;
};

} // namespace snn

#endif // SNN_FRONTEND_LIBRARY_H
