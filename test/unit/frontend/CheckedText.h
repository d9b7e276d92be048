// A source text and what the checker makes of it.

#ifndef SNN_TEST_UNIT_FRONTEND_CHECKEDTEXT_H
#define SNN_TEST_UNIT_FRONTEND_CHECKEDTEXT_H

#include "frontend/Frontend.h"

#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

namespace snn::test {

/// Lexes, parses and checks `text`.
class CheckedText {
public:
  explicit CheckedText(llvm::StringRef text)
      : diagnostics(sources), result(loadText("test.snn", text, sources, diagnostics)) {}

  const model::Model *model() const { return result.model.get(); }

  /// The model as `--emit=model` prints it; the findings where there is none.
  std::string printed() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    if (model())
      printModel(*model(), stream);
    else
      diagnostics.print(stream);
    return text;
  }

  std::string rendered() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    diagnostics.print(stream);
    return text;
  }

  llvm::SourceMgr sources;
  Diagnostics diagnostics;
  FrontendResult result;
};

/// A text with a finding in it: `<<` and `>>` around the reported place.
struct Finding {
  const char *text;
  const char *code;
  const char *message; ///< part of it
};

/// Expects that `finding` is the only thing the front end has to say about its text.
inline void expectOnly(const Finding &finding, Severity severity = Severity::Error) {
  std::string text = finding.text;
  size_t begin = text.find("<<");
  ASSERT_NE(begin, std::string::npos) << "the case marks no place:\n" << text;
  text.erase(begin, 2);
  size_t end = text.find(">>");
  ASSERT_NE(end, std::string::npos) << "the case marks no place:\n" << text;
  text.erase(end, 2);

  CheckedText checked(text);
  const auto &all = checked.diagnostics.all();
  ASSERT_EQ(all.size(), 1u) << text << "\n" << checked.rendered();
  const Diagnostic &found = all.front();
  EXPECT_EQ(found.severity, severity) << checked.rendered();
  EXPECT_EQ(spelling(found.code).str(), finding.code) << checked.rendered();
  EXPECT_NE(found.message.find(finding.message), std::string::npos) << "expected: " << finding.message << "\n"
                                                                    << checked.rendered();
  llvm::StringRef buffer = checked.sources.getMemoryBuffer(checked.result.bufferId)->getBuffer();
  llvm::SMRange range = found.underlined.isValid() ? found.underlined : found.range;
  EXPECT_EQ(range.Start.getPointer() - buffer.begin(), ptrdiff_t(begin)) << checked.rendered();
  EXPECT_EQ(range.End.getPointer() - buffer.begin(), ptrdiff_t(end)) << checked.rendered();
  EXPECT_EQ(checked.model() == nullptr, severity == Severity::Error);
}

} // namespace snn::test

#endif // SNN_TEST_UNIT_FRONTEND_CHECKEDTEXT_H
