// A model file with everything the front end made of it.

#ifndef SNN_COMPILER_TOOLS_SNNC_SOURCE_H
#define SNN_COMPILER_TOOLS_SNNC_SOURCE_H

#include "frontend/Frontend.h"

#include <string>

namespace snn::tool {

enum class Warnings { Allowed, AreErrors };

/// Stays where it was made: diagnostics and model point into its buffers.
class Source {
public:
  /// Reads and checks the file `path`, or standard input for "-". Fails only if it cannot be read.
  static llvm::Expected<std::unique_ptr<Source>> load(llvm::StringRef path, Warnings warnings = Warnings::Allowed);

  /// Checks `text` as the content of `path`.
  static std::unique_ptr<Source> fromText(llvm::StringRef path, llvm::StringRef text);

  /// The experiment called `choice` (see `Options::experiment`), or the only one. Needs a model.
  llvm::Expected<const model::Experiment *> experiment(llvm::StringRef choice) const;

  /// Folder that the paths in the file start from.
  std::string folder() const;

  const std::string &path() const { return filePath; }
  llvm::StringRef text() const { return sourceMgr.getMemoryBuffer(result.bufferId)->getBuffer(); }
  llvm::SourceMgr &sources() { return sourceMgr; }
  unsigned bufferId() const { return result.bufferId; }
  /// What the front end has found.
  const Diagnostics &diagnostics() const { return found; }
  /// What later phases find.
  Diagnostics &laterDiagnostics() { return foundLater; }
  const Diagnostics &laterDiagnostics() const { return foundLater; }

  /// Null if there are errors.
  const model::Model *model() const { return result.model.get(); }

private:
  explicit Source(llvm::StringRef path) : filePath(path.str()) {}

  std::string filePath;
  llvm::SourceMgr sourceMgr;
  Diagnostics found{sourceMgr};
  Diagnostics foundLater{sourceMgr};
  FrontendResult result;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SOURCE_H
