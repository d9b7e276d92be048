// Rules L1 to L9 of docs/language.md, and what makes a token.

#include "SourceText.h"

#include "gtest/gtest.h"

using namespace snn;
using snn::test::SourceText;

namespace {

std::string lexed(llvm::StringRef text) { return SourceText(text).tokenText(); }
std::string errors(llvm::StringRef text) { return SourceText(text).errors(); }

/// Only what the lexer itself reports: these texts need not be programs.
std::string lexicalErrors(llvm::StringRef text) {
  SourceText source(text);
  std::string all;
  for (const Diagnostic *diagnostic : source.diagnostics.sorted())
    if (spelling(diagnostic->code).starts_with("L"))
      all += (all.empty() ? "" : " ") + spelling(diagnostic->code).str();
  return all;
}

} // namespace

TEST(Lexer, EmptyFileHasOnlyItsEnd) {
  EXPECT_EQ(lexed(""), "eof");
  EXPECT_EQ(lexed("\n\n  # nothing\n"), "eof");
  EXPECT_EQ(errors(""), "");
}

TEST(Lexer, NumberAndUnitAreAQuantity) {
  EXPECT_EQ(lexed("-60 mV"), "- number:60 unit:mV eof");
  EXPECT_EQ(lexed("0.32 /ms"), "number:0.32 unit:/ms eof");
  EXPECT_EQ(lexed("5 nS/cm^2"), "number:5 unit:nS/cm^2 eof");
  EXPECT_EQ(lexed("39.24 mV/ms^0.5"), "number:39.24 unit:mV/ms^0.5 eof");
  EXPECT_EQ(lexed("0.04 /mV/ms * V"), "number:0.04 unit:/mV/ms * name:V eof");
  EXPECT_EQ(lexed("1 mV^(1/2) x"), "number:1 unit:mV^(1/2) name:x eof");
  EXPECT_EQ(lexed("1 s^-1"), "number:1 unit:s^-1 eof");
  EXPECT_EQ(lexed("37 degC"), "number:37 unit:degC eof");
}

TEST(Lexer, UnitNamesAreNamesElsewhere) {
  EXPECT_EQ(lexed("5 * m"), "number:5 * name:m eof");
  EXPECT_EQ(lexed("5 m * m"), "number:5 unit:m * name:m eof");
  EXPECT_EQ(lexed("m 5"), "name:m number:5 eof");
  EXPECT_EQ(lexed("h + s"), "name:h + name:s eof");
}

TEST(Lexer, UnitStandsOnTheLineOfItsNumber) { EXPECT_EQ(lexed("5\nm"), "number:5 end name:m eof"); }

TEST(Lexer, BlanksTellAUnitFromAQuotient) {
  EXPECT_EQ(lexed("5 mV/ms"), "number:5 unit:mV/ms eof");
  EXPECT_EQ(lexed("5 mV / tau"), "number:5 unit:mV / name:tau eof");
  EXPECT_EQ(lexed("5 mV / ms"), "number:5 unit:mV / name:ms eof");
  EXPECT_EQ(lexed("1 /ms / exprel(x)"), "number:1 unit:/ms / name:exprel ( name:x ) eof");
  EXPECT_EQ(lexed("1/tau"), "number:1 / name:tau eof");
  EXPECT_EQ(lexed("1 /tau"), "number:1 / name:tau eof");
  EXPECT_EQ(lexed("5 mV*(a)"), "number:5 unit:mV * ( name:a ) eof");
  EXPECT_EQ(lexed("5 mV/2"), "number:5 unit:mV / number:2 eof");
  EXPECT_EQ(lexed("V *= 5 mV"), "name:V *= number:5 unit:mV eof");
}

TEST(Lexer, NameJoinedToUnitIsAnErrorWithAFixIt) {
  SourceText source("5 mV/tau");
  EXPECT_EQ(source.tokenText(), "number:5 unit:mV error eof");
  ASSERT_FALSE(source.diagnostics.all().empty());
  const Diagnostic &first = source.diagnostics.all().front();
  EXPECT_EQ(first.code, DiagnosticCode::L5);
  EXPECT_EQ(first.message, "`tau` is not a unit, but it is joined to `mV`");
  ASSERT_EQ(first.fixIts.size(), 1u);
  EXPECT_EQ(first.fixIts[0].replacement, "mV / tau");
}

TEST(Lexer, ExponentOfUnitIsAFraction) {
  EXPECT_EQ(lexicalErrors("5 mV^n"), "L5");
  EXPECT_EQ(lexicalErrors("5 mV^(1/0)"), "L5");
  EXPECT_EQ(lexicalErrors("5 mV^0.123456"), "L5");
  EXPECT_EQ(lexicalErrors("5 mV^(2/3)"), "");
}

TEST(Lexer, NumberAndUnitNeedABlank) {
  SourceText source("5mV");
  EXPECT_EQ(source.tokenText(), "number:5 unit:mV eof");
  ASSERT_FALSE(source.diagnostics.all().empty());
  EXPECT_EQ(source.diagnostics.all().front().code, DiagnosticCode::L6);
  EXPECT_EQ(source.diagnostics.all().front().fixIts.at(0).replacement, "5 mV");
}

TEST(Lexer, NumbersAsPeopleWriteThem) {
  EXPECT_EQ(lexed(".5 5. 1e-3 2E+8 0..1"), "number:.5 number:5. number:1e-3 number:2E+8 number:0 .. number:1 eof");
}

TEST(Lexer, MalformedNumbers) {
  for (llvm::StringRef text : {"1.2.3", "1e-0.", "10_000", "0x1F", "5e", "1e+", "5.x", "2x"})
    EXPECT_EQ(lexicalErrors(text), "L3") << text.str();
}

TEST(Lexer, NumbersOutOfRange) {
  EXPECT_EQ(lexicalErrors("18446744073709551615"), "");
  EXPECT_EQ(lexicalErrors("18446744073709551616"), "L4");
  EXPECT_EQ(lexicalErrors("1e999"), "L4");
  EXPECT_EQ(lexicalErrors("1e-999"), "L4");
  EXPECT_EQ(lexicalErrors("1e308"), "");
}

TEST(Lexer, ListMayHaveAUnitButAnIndexMayNot) {
  EXPECT_EQ(lexed("x = [20, 200] ms"), "name:x = [ number:20 , number:200 ] unit:ms eof");
  EXPECT_EQ(lexed("x = [.003 .1] /ms"), "name:x = [ number:.003 number:.1 ] unit:/ms eof");
  // `as` is also an attosecond.
  EXPECT_EQ(lexed("N[:5] as X"), "name:N [ : number:5 ] name:as name:X eof");
}

TEST(Lexer, StatementsEndAtLineBreaksAndSemicolons) {
  EXPECT_EQ(lexed("a\n\n\nb;  c"), "name:a end name:b ; name:c eof");
  EXPECT_EQ(lexed("a # comment\nb"), "name:a end name:b eof");
  EXPECT_EQ(lexed("a\r\nb"), "name:a end name:b eof");
}

TEST(Lexer, LinesContinueInBracketsAndAfterOperators) {
  EXPECT_EQ(lexed("f(a,\n b\n)\nc"), "name:f ( name:a , name:b ) end name:c eof");
  EXPECT_EQ(lexed("a = # why\n b +\n\n c"), "name:a = name:b + name:c eof");
  EXPECT_EQ(lexed("a and\nb"), "name:a name:and name:b eof");
  EXPECT_EQ(lexed("a {\n b\n}"), "name:a { end name:b end } eof");
}

TEST(Lexer, SemicolonDoesNotStandInBrackets) { EXPECT_EQ(lexicalErrors("f(a; b)"), "L2"); }

TEST(Lexer, TextLiterals) {
  EXPECT_EQ(lexed("\"a b.npy\""), "\"a b.npy\" eof");
  EXPECT_EQ(lexicalErrors("\"open\nnext"), "L7");
  EXPECT_EQ(lexicalErrors("\""), "L7");
}

TEST(Lexer, CharactersThatMeanNothing) {
  EXPECT_EQ(lexicalErrors("a @ b"), "L2");
  EXPECT_EQ(lexicalErrors("a @@@@ b"), "L2");
  SourceText minus("a \u2212 b");
  EXPECT_EQ(minus.diagnostics.all().front().code, DiagnosticCode::L2);
  EXPECT_EQ(minus.diagnostics.all().front().fixIts.at(0).replacement, "-");
  EXPECT_EQ(lexicalErrors("\u03c4\u03c1 = 5"), "L2");
}

TEST(Lexer, FilesThatAreNotText) {
  EXPECT_EQ(errors(llvm::StringRef("a\0b", 3)), "L1@1:2");
  EXPECT_EQ(errors("neuron \xff\xfe"), "L1@1:8");
  EXPECT_EQ(errors("# \xc3("), "L1@1:3");
  EXPECT_EQ(errors("\xEF\xBB\xBF# with a byte order mark\n"), "");
}

TEST(Lexer, DocumentationComments) {
  SourceText source("## one\n### decoration\na ## two\n# plain\n");
  ASSERT_EQ(source.tokens.docComments.size(), 2u);
  EXPECT_EQ(source.tokens.docComments[0].text, "one");
  EXPECT_TRUE(source.tokens.docComments[0].onOwnLine);
  EXPECT_EQ(source.tokens.docComments[1].text, "two");
  EXPECT_FALSE(source.tokens.docComments[1].onOwnLine);
}

TEST(Lexer, UnbalancedBracketsAreReportedWhereTheyOpen) {
  SourceText paren("neuron A {\n  let a = (1 + 2\n  let b = 3\n}\n");
  EXPECT_EQ(paren.errors(), "L8@2:11");
  ASSERT_EQ(paren.diagnostics.all().front().notes.size(), 1u);
  EXPECT_EQ(paren.diagnostics.all().front().notes[0].message, "expected `)` before `}`");
  // The line behind it is read all the same.
  EXPECT_NE(paren.ast().find("let b"), std::string::npos);

  EXPECT_EQ(errors("neuron A {\n  let a = (1 + 2]\n}\n"), "L8@2:11");
  EXPECT_EQ(errors("neuron A {\n  let a = 1 + 2)\n}\n"), "L8@2:16");
  EXPECT_EQ(errors("neuron A {\n  let a = f(b, [1, 2)\n}\n"), "L8@2:16");
  EXPECT_EQ(errors("neuron A {\n  let a = 1\n}\n}\n"), "L8@4:1");
}

TEST(Lexer, ForgottenBraceIsFoundByIndentation) {
  EXPECT_EQ(errors("neuron A {\n  state V = 0\n  spike when V > 1 { V = 0\n  refractory 1 holding V\n}\n"), "L8@3:20");
}

TEST(Lexer, ForgottenBraceEndsWhereTheNextDefinitionStarts) {
  SourceText source("neuron A {\n  let a = 1\nneuron B {\n  let b = 1\n}\n");
  EXPECT_EQ(source.errors(), "L8@1:10");
  EXPECT_EQ(source.file->items.size(), 2u);
}

TEST(Lexer, DeepBracketsAreOneError) {
  for (llvm::StringRef bracket : {"(", "[", "([", "neuron A {"}) {
    std::string text = "neuron A {\n let a = f";
    for (int i = 0; i < 300000; ++i)
      text += bracket;
    EXPECT_EQ(lexicalErrors(text), "L9") << bracket.str();
  }
}
