// What passes find out about a model and `explain` tells its author.
//
// Passes report through MLIR's remarks. Nobody listens in an ordinary compilation, and a finding then costs one comparison:
// anything that takes work to put into words is put into words only if `areFindingsWanted`.

#ifndef SNN_COMPILER_EXPLAIN_FINDINGS_H
#define SNN_COMPILER_EXPLAIN_FINDINGS_H

#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"

#include <string>
#include <vector>

namespace snn {

/// One thing that a pass has found, as names and texts.
struct Finding {
  std::string kind; ///< "alignment", "method", "hoisted", "member"
  mlir::Location where;
  std::vector<std::pair<std::string, std::string>> facts;

  /// The text of a fact; empty if it has none of this name.
  llvm::StringRef get(llvm::StringRef name) const;
};

/// While it lives, keeps what passes report in `context`.
class FindingCollection {
public:
  explicit FindingCollection(mlir::MLIRContext &context);
  ~FindingCollection();
  FindingCollection(const FindingCollection &) = delete;
  FindingCollection &operator=(const FindingCollection &) = delete;

  llvm::ArrayRef<Finding> all() const { return findings; }

private:
  mlir::MLIRContext &context;
  std::vector<Finding> findings;
};

bool areFindingsWanted(mlir::MLIRContext *context);

/// Reports a finding about what `where` points at.
void reportFinding(mlir::Location where, llvm::StringRef kind,
                   std::initializer_list<std::pair<llvm::StringRef, std::string>> facts);

} // namespace snn

#endif // SNN_COMPILER_EXPLAIN_FINDINGS_H
