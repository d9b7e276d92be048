// The front end as its callers see it: a `.snn` file in, a checked model out.

#ifndef SNN_FRONTEND_FRONTEND_H
#define SNN_FRONTEND_FRONTEND_H

#include "frontend/AST.h"
#include "frontend/Diagnostics.h"
#include "frontend/Model.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>

namespace snn {

/// What becomes of one source file. Both parts point into the buffers of the `SourceMgr` it was loaded with.
struct FrontendResult {
  unsigned bufferId = 0;               ///< of the file
  std::unique_ptr<ast::File> file;     ///< never null; incomplete where the text could not be parsed
  std::unique_ptr<model::Model> model; ///< null if the diagnostics have errors
};

/// Makes a buffer of `sources` of the file at `path`; "-" is the standard input. The error names it.
llvm::Expected<unsigned> openFile(llvm::StringRef path, llvm::SourceMgr &sources);

/// Reads and checks the file at `path`; "-" is the standard input. Fails only if the file cannot be read: what is wrong
/// with its text goes to `diagnostics`, which must have been made for `sources`. Little more than `longestText` is read,
/// so endless input ends too.
llvm::Expected<FrontendResult> loadFile(llvm::StringRef path, llvm::SourceMgr &sources, Diagnostics &diagnostics);

/// Checks `text`, which is copied, under the name `name`.
FrontendResult loadText(llvm::StringRef name, llvm::StringRef text, llvm::SourceMgr &sources, Diagnostics &diagnostics);

/// Checks a buffer that `sources` already has.
FrontendResult loadBuffer(unsigned bufferId, llvm::SourceMgr &sources, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_FRONTEND_H
