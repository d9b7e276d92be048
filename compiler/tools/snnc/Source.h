// A model file with everything the front end made of it.

#ifndef SNN_COMPILER_TOOLS_SNNC_SOURCE_H
#define SNN_COMPILER_TOOLS_SNNC_SOURCE_H

#include "frontend/Frontend.h"

#include <string>

namespace snn::tool {

/// Stays where it was made: diagnostics and model point into its buffers.
class Source {
public:
  /// Reads and checks the file `path`, or standard input for "-". Fails only if it cannot be read.
  static llvm::Expected<std::unique_ptr<Source>> load(llvm::StringRef path);

  /// Prints what the front end found to standard error.
  void printDiagnostics() const;

  /// The experiment called `choice` (see `Options::experiment`), or the only one. Needs a model.
  llvm::Expected<const model::Experiment *> experiment(llvm::StringRef choice) const;

  /// Folder that the paths in the file start from.
  std::string folder() const;

  const std::string &path() const { return filePath; }
  llvm::SourceMgr &sources() { return sourceMgr; }
  unsigned bufferId() const { return result.bufferId; }
  const Diagnostics &diagnostics() const { return found; }

  /// Null if there are errors.
  const model::Model *model() const { return result.model.get(); }

  /// True once a phase after the front end has reported an error in the file, which is then already printed.
  bool hasLaterErrors() const { return laterErrors; }

private:
  explicit Source(llvm::StringRef path);

  std::string filePath;
  llvm::SourceMgr sourceMgr;
  Diagnostics found{sourceMgr};
  FrontendResult result;
  bool laterErrors = false;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SOURCE_H
