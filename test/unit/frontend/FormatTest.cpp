// The rules of the canonical layout, one by one.

#include "SourceText.h"

#include "frontend/Format.h"

#include "gtest/gtest.h"

using namespace snn;

namespace {

/// Only lexed: the rules hold for what the parser learns later, too.
std::string formatted(llvm::StringRef text) {
  llvm::SourceMgr sources;
  Diagnostics diagnostics(sources);
  unsigned bufferId = sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(text), {});
  TokenList tokens = lex(sources, bufferId, diagnostics);
  EXPECT_FALSE(diagnostics.hasErrors()) << text.str();
  return format(tokens, text);
}

std::string repeated(llvm::StringRef text, unsigned times) {
  std::string all;
  for (unsigned i = 0; i < times; ++i)
    all += text;
  return all;
}

} // namespace

TEST(Format, BlanksInExpressions) {
  const std::pair<const char *, const char *> lines[] = {
      // A product touches where it is a term of a sum, and keeps its blanks where a unit would be misread.
      {"let a = b*c", "let a = b * c"},
      {"let a = b * c + d", "let a = b*c + d"},
      {"let a = (b + R * I) / tau", "let a = (b + R*I) / tau"},
      {"let a = 5 /ms * b + c*d", "let a = 5 /ms * b + c * d"},
      {"let a = (V+3 mV)/ 4 mV - x", "let a = (V + 3 mV) / 4 mV - x"},
      {"let a = b%2 + 1", "let a = b % 2 + 1"},
      {"let a = 5 mV ^2", "let a = 5 mV ^2"},
      // Signs touch, operators do not.
      {"let a=- x-- y^ -2", "let a = -x - -y^-2"},
      {"weight - 9 mS", "weight -9 mS"},
      {"delay ~normal( 1 ms,2 ms ) at least - 3 ms", "delay ~ normal(1 ms, 2 ms) at least -3 ms"},
      {"spike when- V>3", "spike when -V > 3"},
      {"spike at rate - r , multiple", "spike at rate -r, multiple"},
      {"let a = not( b ) and (c<d)", "let a = not (b) and (c < d)"},
      {"V'=f (x)", "V' = f(x)"},
      // Lists: a blank may separate, and a bracket that touches selects.
      {"let a = [ 1 -1,2 - 1 , -3 ] ms", "let a = [1 -1, 2 - 1, -3] ms"},
      {"group E = N[ : 5 ]", "group E = N[:5]"},
      {"connect fixed_total( size[a ,b] )", "connect fixed_total(size[a, b])"},
      // Dimensions are written like units.
      {"input I :mV / ms", "input I: mV/ms"},
      {"param A : w/ mV^2 = 3", "param A: w/mV^2 = 3"},
      // What later versions of the language have.
      {"input Id : uA/cm^2 at Vd", "input Id: uA/cm^2 at Vd"},
      {"set ( g,eta )=sweep( (3,2),(6,4) )", "set (g, eta) = sweep((3, 2), (6, 4))"},
      {"keep w in - 1 .. w_max", "keep w in -1 .. w_max"},
      {"gap_junction N.I<->N.I as G", "gap_junction N.I <-> N.I as G"},
      {"position in grid( 64,64,50 um )", "position in grid(64, 64, 50 um)"},
      {"record rate of P[exc] every 10 ms", "record rate of P[exc] every 10 ms"},
      {"let s = sum (x[a , b] for b in layer)", "let s = sum(x[a, b] for b in layer)"},
  };
  for (auto [before, after] : lines)
    EXPECT_EQ(formatted(before), after + std::string("\n"));
}

TEST(Format, NeighbouringDeclarationsAreAligned) {
  EXPECT_EQ(formatted("neuron A {\n"
                      "param V_rest = -60 mV; tau = 5 ms\n"
                      "param V_th = 1 mV where > V_rest # threshold\n"
                      "param x=1\n"
                      "let alpha=1;beta=2\n"
                      "V' = a\n"
                      "w_long' = b\n"
                      "\n"
                      "param tau_ref = 3 ms\n"
                      "on pre { x += 1; y += 2 }\n"
                      "on post { longer += 1; y += 2 }\n"
                      "}"),
            "neuron A {\n"
            "    param V_rest = -60 mV;  tau = 5 ms\n"
            "    param V_th   = 1 mV  where > V_rest  # threshold\n"
            "    param x      = 1\n"
            "    let alpha = 1;  beta = 2\n"
            "    V'      = a\n"
            "    w_long' = b\n"
            "\n"
            "    param tau_ref = 3 ms\n"
            "    on pre  { x += 1;       y += 2 }\n"
            "    on post { longer += 1;  y += 2 }\n"
            "}\n");
}

TEST(Format, SettingsFlowAndClausesHaveAColumn) {
  EXPECT_EQ(formatted("network A {\n"
                      "population N = LIF[1] {\n"
                      "V_th = 3 mV; V_reset = 4 mV\n"
                      "tau = 3 ms; x = 2\n"
                      "V ~ normal(1 mV, 2 mV)\n"
                      "rate ~ uniform(1 Hz, 2 Hz)\n"
                      "}\n"
                      "project N -> N { weight 1 mV; delay 2 ms }\n"
                      "project N -> N {\n"
                      "weight 1 mV\n"
                      "connect all_to_all\n"
                      "}\n"
                      "}"),
            "network A {\n"
            "    population N = LIF[1] {\n"
            "        V_th = 3 mV;  V_reset = 4 mV\n"
            "        tau = 3 ms;  x = 2\n"
            "        V    ~ normal(1 mV, 2 mV)\n"
            "        rate ~ uniform(1 Hz, 2 Hz)\n"
            "    }\n"
            "    project N -> N { weight 1 mV;  delay 2 ms }\n"
            "    project N -> N {\n"
            "        weight  1 mV\n"
            "        connect all_to_all\n"
            "    }\n"
            "}\n");
}

TEST(Format, CommentsAndBlankLinesStay) {
  EXPECT_EQ(formatted("\n\n# file\n\n\n## A\nneuron A { ## beside\n\n"
                      "  # first\n\n\n  # second\nparam a = 1   # one\n"
                      "param bcd = 234 # two\n\n# last\n\n} # behind\n\n# end"),
            "# file\n\n## A\nneuron A {  ## beside\n"
            "    # first\n\n    # second\n    param a   = 1    # one\n"
            "    param bcd = 234  # two\n\n    # last\n}  # behind\n\n# end\n");
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n \n"), "");
  EXPECT_EQ(formatted("neuron A {\n\n}"), "neuron A {}\n");
}

TEST(Format, WhatIsTooLongIsBrokenBehindOperators) {
  std::string name = "a" + repeated("b", 40);
  EXPECT_EQ(formatted("let x = f(" + name + ") + " + name + " + the_last_one"),
            "let x = f(" + name + ") + " + name + " +\n        the_last_one\n");
  EXPECT_EQ(formatted("let x = (" + name + "/" + name + " + g*(c + d) + e) / tau"),
            "let x = (" + name + "/" + name + " +\n         g*(c + d) + e) / tau\n");
}

TEST(Format, BracketsThatTheAuthorOpenedStayOpen) {
  EXPECT_EQ(formatted("synapse Expon(\ntau = 5 ms, # decay\n g_max = 3 nS)"),
            "synapse Expon(\n    tau   = 5 ms,  # decay\n    g_max = 3 nS\n)\n");
  EXPECT_EQ(formatted("table p[a, b] = [ # source, target\n1 -20\n\n1000 2 ] ms"),
            "table p[a, b] = [  # source, target\n    1    -20\n\n    1000 2\n] ms\n");
  EXPECT_EQ(formatted("let x = f(a,\n  b)"), "let x = f(a, b)\n");
  EXPECT_EQ(formatted("spike when V > 1 {\nV = 0; u = 1 }"), "spike when V > 1 {\n    V = 0;  u = 1\n}\n");
}

TEST(Format, JoinedStatementsThatDoNotFitGetTheirOwnLine) {
  std::string name = repeated("a", 36);
  EXPECT_EQ(formatted("param " + name + " = 1;  b" + name + " = 2;  c = 3;  state d = 4"),
            "param " + name + "  = 1\nparam b" + name + " = 2\nparam c = 3\nstate d = 4\n");
  EXPECT_EQ(formatted("on pre { " + name + " += 1;  " + name + " += 2 }"),
            "on pre { " + name + " += 1;  " + name + " += 2 }\n");
  EXPECT_EQ(formatted("on pre { " + name + " += 1;  " + name + " += 200 * bcd }"),
            "on pre {\n    " + name + " += 1;  " + name + " += 200 * bcd\n}\n");
  EXPECT_EQ(formatted("synapse Expon(g ~ normal(" + name + ", 100), tau = " + name + ")"),
            "synapse Expon(\n    g   ~ normal(" + name + ", 100),\n    tau = " + name + "\n)\n");
}

TEST(Format, LongFilesTakeLinearTime) {
  const std::string texts[] = {
      "let a = [" + repeated("1 ", 300000) + "]",
      "let a = " + repeated("b + ", 200000) + "c",
      repeated("a = 1;", 200000),
      "neuron A {\n" + repeated("param a = 1 mV\n", 100000) + "}",
      repeated("neuron A { a = 1 }\n", 100000),
      repeated("# comment\n", 200000),
      "let a = " + repeated("(\n", 190) + repeated("b, ", 100000) + "c" + repeated(")", 190),
  };
  for (const std::string &text : texts)
    EXPECT_GT(formatted(text).size(), 100000u);
}
