// What passes have to say about the user's program, and how it becomes a diagnostic like those of the front end.

#ifndef SNN_COMPILER_REPORT_H
#define SNN_COMPILER_REPORT_H

#include "frontend/Diagnostics.h"

#include "mlir/IR/Diagnostics.h"

namespace snn {

/// Reports that what `loc` points at breaks the rule `code`. The message is appended to the result, as with MLIR's
/// `emitError`; what is reported without a code is an error of the compiler itself.
mlir::InFlightDiagnostic reject(mlir::Location loc, DiagnosticCode code);

/// While it lives, hands what is reported in `context` to `diagnostics`.
class ReportCollector {
public:
  ReportCollector(mlir::MLIRContext &context, Diagnostics &diagnostics);

  /// Errors without a code, each behind ": "; empty if there were none.
  const std::string &internalErrors() const { return internal; }

private:
  mlir::LogicalResult collect(mlir::Diagnostic &report);

  Diagnostics &diagnostics;
  std::string internal;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace snn

#endif // SNN_COMPILER_REPORT_H
