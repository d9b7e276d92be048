// A model file with everything the front end made of it.

#ifndef SNN_COMPILER_TOOLS_SNNC_SOURCE_H
#define SNN_COMPILER_TOOLS_SNNC_SOURCE_H

#include "frontend/Diagnostics.h"
#include "frontend/Model.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <string>

namespace snn::tool {

/// Stays where it was made: diagnostics and model point into its buffers.
class Source {
public:
  /// Reads the file `path`, or standard input for "-".
  static llvm::Expected<std::unique_ptr<Source>> read(llvm::StringRef path);

  /// Runs the front end. Without errors `model()` is there afterwards.
  bool check();

  /// Prints what the front end found to standard error.
  void printDiagnostics() const;

  /// The experiment called `choice` (see `Options::experiment`), or the only one. Needs a successful `check`.
  llvm::Expected<const model::Experiment *> experiment(llvm::StringRef choice) const;

  const std::string &path() const { return filePath; }
  /// Folder that the paths in the file start from.
  std::string folder() const;
  llvm::SourceMgr &sources() { return sourceMgr; }
  unsigned bufferId() const { return buffer; }
  Diagnostics &diagnostics() { return found; }
  const model::Model &model() const { return *checked; }

  /// True once a later phase has reported an error in the file, which is then already printed.
  bool hasLaterErrors() const { return laterErrors != 0; }

private:
  explicit Source(llvm::StringRef path);

  std::string filePath;
  llvm::SourceMgr sourceMgr;
  unsigned buffer = 0;
  Diagnostics found;
  std::unique_ptr<model::Model> checked;
  unsigned laterErrors = 0;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SOURCE_H
