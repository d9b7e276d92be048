// How findings are collected and shown.

#include "SourceText.h"

#include "llvm/ADT/StringExtras.h"

#include "gtest/gtest.h"

using namespace snn;

namespace {

/// A buffer with findings put on pieces of its text.
class Findings {
public:
  explicit Findings(llvm::StringRef text, llvm::StringRef name = "coba.snn") : diagnostics(sources) { add(text, name); }

  void add(llvm::StringRef text, llvm::StringRef name) {
    unsigned id = sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(text, name), {});
    buffers.push_back(sources.getMemoryBuffer(id)->getBuffer());
  }

  /// The first place of `piece` in buffer `index`.
  llvm::SMRange at(llvm::StringRef piece, unsigned index = 0) const {
    const char *begin = buffers[index].begin() + buffers[index].find(piece);
    return {llvm::SMLoc::getFromPointer(begin), llvm::SMLoc::getFromPointer(begin + piece.size())};
  }

  std::string rendered(bool colour = false) const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    diagnostics.print(stream, colour);
    return text;
  }

  llvm::SourceMgr sources;
  Diagnostics diagnostics;

private:
  std::vector<llvm::StringRef> buffers;
};

} // namespace

TEST(Diagnostics, ShowsPositionSourceUnderliningAndNotes) {
  Findings findings("\n\n\n\n\n\n        tau = 20 mV;  tau_ref = 5 ms\n");
  findings.add("\n\n\n\n\n    param tau = 5 ms\n", "stdlib/neurons/lif.snn");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("tau"), "`tau` is a time, but `20 mV` is a voltage")
      .underline(findings.at("20 mV"))
      .note(findings.at("tau", 1), "`tau` is declared here as `5 ms`");
  EXPECT_EQ(findings.rendered(), "coba.snn:7:9: error[P1]: `tau` is a time, but `20 mV` is a voltage\n"
                                 "    7 |         tau = 20 mV;  tau_ref = 5 ms\n"
                                 "      |               ^~~~~\n"
                                 "stdlib/neurons/lif.snn:6:11: note: `tau` is declared here as `5 ms`\n");
}

TEST(Diagnostics, UnderlinesWhatIsSeen) {
  Findings tabs("\tx = \tbad\n");
  tabs.diagnostics.warning(DiagnosticCode::P1, tabs.at("bad"), "tabs");
  EXPECT_EQ(tabs.rendered(), "coba.snn:1:7: warning[P1]: tabs\n"
                             "    1 |     x =     bad\n"
                             "      |             ^~~\n");

  Findings utf8("# \u03c4\u03c4 \u4e2d bad\n");
  utf8.diagnostics.error(DiagnosticCode::P1, utf8.at("bad"), "two narrow letters, a wide one");
  EXPECT_EQ(utf8.rendered(), "coba.snn:1:8: error[P1]: two narrow letters, a wide one\n"
                             "    1 | # \u03c4\u03c4 \u4e2d bad\n"
                             "      |         ^~~\n");

  Findings control("a \x01\xff bad\n");
  control.diagnostics.error(DiagnosticCode::P1, control.at("bad"), "what does not print");
  EXPECT_EQ(control.rendered(), "coba.snn:1:6: error[P1]: what does not print\n"
                                "    1 | a ?? bad\n"
                                "      |      ^~~\n");
}

TEST(Diagnostics, CropsLongLinesAroundTheCulprit) {
  Findings findings(std::string(5000, 'a') + " bad " + std::string(5000, 'b') + "\n");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("bad"), "far right");
  std::string text = findings.rendered();
  EXPECT_LT(text.size(), 400u);
  EXPECT_NE(text.find("aaa bad bbb"), std::string::npos);
  size_t shown = text.find("    1 | "), caret = text.find("      | ", shown);
  EXPECT_EQ(text.find(" bad", shown) + 1 - shown, text.find('^', caret) - caret);
}

TEST(Diagnostics, PlacesWithoutWidth) {
  Findings findings("abc\n\nend");
  llvm::SMLoc lineEnd = findings.at("abc").End;
  llvm::SMLoc fileEnd = findings.at("end").End;
  findings.diagnostics.error(DiagnosticCode::P1, {lineEnd, lineEnd}, "at the end of a line");
  findings.diagnostics.error(DiagnosticCode::P2, {fileEnd, fileEnd}, "at the end of the file");
  findings.diagnostics.error(DiagnosticCode::P3, {findings.at("bc").Start, fileEnd}, "over several lines");
  findings.diagnostics.error(DiagnosticCode::P4, {}, "nowhere");
  EXPECT_EQ(findings.rendered(), "error[P4]: nowhere\n"
                                 "coba.snn:1:2: error[P3]: over several lines\n"
                                 "    1 | abc\n"
                                 "      |  ^~\n"
                                 "coba.snn:1:4: error[P1]: at the end of a line\n"
                                 "    1 | abc\n"
                                 "      |    ^\n"
                                 "coba.snn:3:4: error[P2]: at the end of the file\n"
                                 "    3 | end\n"
                                 "      |    ^\n");
}

TEST(Diagnostics, ShowsFixIts) {
  Findings findings("5 mV/tau =\n");
  findings.diagnostics.error(DiagnosticCode::L5, findings.at("tau"), "joined").fixIt(findings.at("mV/tau"), "mV / tau");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("="), "superfluous").fixIt(findings.at("="), "");
  findings.diagnostics.error(DiagnosticCode::P2, findings.at("\n"), "missing")
      .fixIt({findings.at("\n").Start, findings.at("\n").Start}, "x");
  std::string text = findings.rendered();
  EXPECT_NE(text.find("      = fix: write `mV / tau` instead of `mV/tau`\n"), std::string::npos);
  EXPECT_NE(text.find("      = fix: remove `=`\n"), std::string::npos);
  EXPECT_NE(text.find("      = fix: insert `x`\n"), std::string::npos);
}

TEST(Diagnostics, SortsAndRemovesDuplicates) {
  Findings findings("a b\n");
  findings.add("c\n", "other.snn");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("c", 1), "third");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("b"), "second");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("a"), "first");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("b"), "second");
  std::vector<std::string> messages;
  for (const Diagnostic *diagnostic : findings.diagnostics.sorted())
    messages.push_back(diagnostic->message);
  EXPECT_EQ(messages, (std::vector<std::string>{"first", "second", "third"}));
}

TEST(Diagnostics, StopsAfterTheLimit) {
  std::string source(200, 'x');
  Findings findings(source);
  for (unsigned i = 0; i < 60; ++i) {
    llvm::SMLoc place = llvm::SMLoc::getFromPointer(findings.at("x").Start.getPointer() + i);
    findings.diagnostics.error(DiagnosticCode::P1, {place, place}, "again");
  }
  std::string text = findings.rendered();
  EXPECT_EQ(llvm::StringRef(text).count("error[P1]"), Diagnostics::errorLimit);
  EXPECT_TRUE(llvm::StringRef(text).ends_with("stopped after 50 errors\n"));
  EXPECT_TRUE(findings.diagnostics.isFull());
}

TEST(Diagnostics, ColoursOnRequestOnly) {
  Findings findings("a\n");
  findings.diagnostics.error(DiagnosticCode::P1, findings.at("a"), "text");
  EXPECT_EQ(findings.rendered().find('\x1b'), std::string::npos);
  EXPECT_NE(findings.rendered(/*colour=*/true).find('\x1b'), std::string::npos);
}

TEST(Diagnostics, EveryCodeHasASummary) {
  for (DiagnosticCode code : allDiagnosticCodes()) {
    EXPECT_FALSE(summary(code).empty());
    EXPECT_TRUE(llvm::isUpper(spelling(code)[0])) << spelling(code).str();
  }
}

TEST(Diagnostics, QuotedTextIsShortAndOnOneLine) {
  // Qualified, since <iomanip> has a function of this name for strings.
  EXPECT_EQ(snn::quoted("tau"), "`tau`");
  EXPECT_EQ(snn::quoted("a\nb"), "`a ...`");
  EXPECT_EQ(snn::quoted(std::string(100, 'x')), "`" + std::string(60, 'x') + " ...`");
  EXPECT_EQ(snn::quoted(std::string(59, 'x') + "\u03c4\u03c4"), "`" + std::string(59, 'x') + " ...`");
}

TEST(Diagnostics, EveryRuleOfTheTextIsInTheReference) {
  auto reference = llvm::MemoryBuffer::getFile(SNN_SOURCE_DIR "/docs/language.md");
  ASSERT_TRUE(bool(reference));
  for (DiagnosticCode code : allDiagnosticCodes()) {
    std::string label = "**" + spelling(code).str() + "**";
    bool ofTheText = label[2] == 'L' || label[2] == 'P';
    EXPECT_TRUE(!ofTheText || (*reference)->getBuffer().contains(label)) << label;
  }
}
