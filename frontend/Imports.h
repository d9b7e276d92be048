// `import "columns.snn"`: the definitions, functions and networks of other files.

#ifndef SNN_FRONTEND_IMPORTS_H
#define SNN_FRONTEND_IMPORTS_H

#include "frontend/AST.h"
#include "frontend/Diagnostics.h"

#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <vector>

namespace snn {

/// A file together with all that it imports, directly or not.
struct ImportedFiles {
  std::vector<std::unique_ptr<ast::File>> files; ///< each once, however often it is imported
  ast::File whole; ///< what they declare, experiments left out, then the items of the file itself
};

/// Parses what `file` imports. A path is relative to the folder of the file it stands in. A file that cannot be read, or that
/// imports itself, is reported at the `import` (P10), and what it would declare is not missed.
std::unique_ptr<ImportedFiles> loadImports(const ast::File &file, llvm::SourceMgr &sources, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_IMPORTS_H
