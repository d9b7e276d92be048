#include "compiler/tools/snnc/Commands.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

static constexpr unsigned char pages[] = {
#include "compiler/tools/snnc/Diagnostics.md.inc"
};

/// The entry of docs/diagnostics.md on `code`, from its heading to the next one.
static llvm::StringRef pageOn(DiagnosticCode code) {
  llvm::StringRef all(reinterpret_cast<const char *>(pages), sizeof(pages));
  std::string heading = ("### " + spelling(code) + ":").str();
  llvm::StringRef page = all.drop_front(std::min(all.find(heading), all.size()));
  return page.take_front(page.find("\n## ")).take_front(page.find("\n### "));
}

/// Prints Markdown as text: examples are indented rather than fenced.
static void printPage(llvm::StringRef page) {
  bool inside = false;
  while (!page.empty()) {
    auto [line, rest] = page.split('\n');
    page = rest;
    if (line.starts_with("```")) {
      inside = !inside;
      if (line == "```snn wrong")
        llvm::outs() << "Wrong:\n\n";
      else if (line == "```snn right")
        llvm::outs() << "Right:\n\n";
      continue;
    }
    line.consume_front("### ");
    llvm::outs() << (inside ? "    " : "") << line << '\n';
  }
}

ExitStatus explainCodeCommand(const Options &options) {
  if (std::optional<DiagnosticCode> code = diagnosticCodeOf(options.explain)) {
    printPage(pageOn(*code).rtrim());
    return exitFine;
  }
  std::string known;
  for (DiagnosticCode code : allDiagnosticCodes())
    known += (known.empty() ? "" : ", ") + spelling(code).str();
  reportError("there is no diagnostic `" + options.explain + "`; codes are " + known);
  return exitWrongUse;
}

} // namespace snn::tool
