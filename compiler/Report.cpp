#include "compiler/Report.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

#include "llvm/Support/SourceMgr.h"

using namespace mlir;

namespace snn {

InFlightDiagnostic reject(Location loc, DiagnosticCode code) {
  InFlightDiagnostic report = emitError(loc);
  report.getUnderlyingDiagnostic()->getMetadata().emplace_back(int64_t(code));
  return report;
}

/// The place in the texts of `sources` that the import has made `loc` of.
static llvm::SMRange rangeOf(Location loc, const llvm::SourceMgr &sources) {
  auto place = loc->findInstanceOf<FileLineColRange>();
  if (!place)
    return {};
  for (unsigned buffer = 1; buffer <= sources.getNumBuffers(); ++buffer) {
    if (sources.getMemoryBuffer(buffer)->getBufferIdentifier() != place.getFilename().getValue())
      continue;
    auto find = [&](unsigned line, unsigned column) {
      return const_cast<llvm::SourceMgr &>(sources).FindLocForLineAndColumn(buffer, line, column);
    };
    return {find(place.getStartLine(), place.getStartColumn()), find(place.getEndLine(), place.getEndColumn())};
  }
  return {};
}

ReportCollector::ReportCollector(MLIRContext &context, Diagnostics &diagnostics)
    : diagnostics(diagnostics), handler(&context, [this](mlir::Diagnostic &report) { return collect(report); }) {}

LogicalResult ReportCollector::collect(mlir::Diagnostic &report) {
  if (report.getSeverity() != DiagnosticSeverity::Error)
    return success();
  if (report.getMetadata().empty()) {
    internal += ": " + report.str();
    return success();
  }
  const llvm::SourceMgr &sources = diagnostics.sourceManager();
  auto code = static_cast<DiagnosticCode>(report.getMetadata().front().getAsInteger());
  Diagnostic &diagnostic = diagnostics.error(code, rangeOf(report.getLocation(), sources), report.str());
  for (mlir::Diagnostic &note : report.getNotes())
    diagnostic.note(rangeOf(note.getLocation(), sources), note.str());
  return success();
}

} // namespace snn
