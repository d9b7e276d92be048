// Rules P1 to P9 of docs/language.md, and the tree of every construct.

#include "SourceText.h"

#include "gtest/gtest.h"

using namespace snn;
using snn::test::SourceText;

namespace {

std::string errors(llvm::StringRef text) { return SourceText(text).errors(); }
std::string tree(llvm::StringRef text) { return SourceText(text).ast(); }

/// `text` as the value of a `let`, fully bracketed.
class Bracketed {
public:
  static std::string of(llvm::StringRef text) {
    SourceText source(("neuron A {\nlet a = " + text + "\n}").str());
    if (source.diagnostics.hasErrors())
      return source.errors();
    auto *definition = llvm::cast<ast::DefinitionStmt>(source.file->items[0]);
    return spell(llvm::cast<ast::VariableStmt>(definition->body.statements[0])->value);
  }

private:
  static std::string spell(const ast::Expr *expr) {
    if (auto *binary = llvm::dyn_cast<ast::BinaryExpr>(expr))
      return "(" + spell(binary->left) + " " + spelling(binary->op).str() + " " + spell(binary->right) + ")";
    if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(expr))
      return "(" + spelling(unary->op).str() + " " + spell(unary->operand) + ")";
    if (auto *choice = llvm::dyn_cast<ast::IfExpr>(expr))
      return "(if " + spell(choice->condition) + " then " + spell(choice->thenValue) + " else " +
             spell(choice->elseValue) + ")";
    if (auto *list = llvm::dyn_cast<ast::ListExpr>(expr)) {
      std::string text = "[";
      for (const ast::Expr *element : list->elements)
        text += (text.size() > 1 ? ", " : "") + spell(element);
      return text + "]" + (list->unit ? " " + list->unit->text().str() : "");
    }
    return expr->text().str();
  }
};

std::string inNeuron(llvm::StringRef statement) { return ("neuron A {\n" + statement + "\n}").str(); }
std::string inSynapse(llvm::StringRef statement) { return ("synapse A {\n" + statement + "\n}").str(); }
std::string inNetwork(llvm::StringRef statement) { return ("network A {\n" + statement + "\n}").str(); }
std::string inProjection(llvm::StringRef clause) { return inNetwork(("project P -> Q {\n" + clause + "\n}").str()); }
std::string inExperiment(llvm::StringRef statement) { return ("simulate A {\n" + statement + "\n}").str(); }

} // namespace

TEST(ParserExpr, OperatorsBindAsInMathematics) {
  EXPECT_EQ(Bracketed::of("a + b * c"), "(a + (b * c))");
  EXPECT_EQ(Bracketed::of("a - b - c"), "((a - b) - c)");
  EXPECT_EQ(Bracketed::of("a / b * c % d"), "(((a / b) * c) % d)");
  EXPECT_EQ(Bracketed::of("-a^b"), "(- (a ^ b))");
  EXPECT_EQ(Bracketed::of("a^b^c"), "(a ^ (b ^ c))");
  EXPECT_EQ(Bracketed::of("a^-b"), "(a ^ (- b))");
  EXPECT_EQ(Bracketed::of("a * -b"), "(a * (- b))");
  EXPECT_EQ(Bracketed::of("(a + b) * c"), "((a + b) * c)");
  EXPECT_EQ(Bracketed::of("a + b < c * d"), "((a + b) < (c * d))");
  EXPECT_EQ(Bracketed::of("a < b and not c >= d or e == f"), "(((a < b) and (not (c >= d))) or (e == f))");
  EXPECT_EQ(Bracketed::of("2 mV * (t >= 5 ms)"), "(2 mV * (t >= 5 ms))");
  EXPECT_EQ(Bracketed::of("if a then b else if c then d else e + 1"), "(if a then b else (if c then d else (e + 1)))");
  EXPECT_EQ(Bracketed::of("f(a, x = b)[2].c"), "f(a, x = b)[2].c");
}

TEST(ParserExpr, RangesCoverWhatIsWritten) {
  SourceText source("neuron A {\nlet a = (b + c) * d\n}");
  auto *definition = llvm::cast<ast::DefinitionStmt>(source.file->items[0]);
  auto *value = llvm::cast<ast::BinaryExpr>(llvm::cast<ast::VariableStmt>(definition->body.statements[0])->value);
  EXPECT_EQ(value->text(), "(b + c) * d");
  EXPECT_EQ(value->left->text(), "(b + c)");
  EXPECT_EQ(definition->body.statements[0]->range.Start.getPointer(), source.tokens.tokens[4].text.begin());
}

TEST(ParserExpr, NumbersKeepTheirDigits) {
  SourceText source("neuron A {\nlet a = 0.10 mV/ms^0.5\n}");
  auto *definition = llvm::cast<ast::DefinitionStmt>(source.file->items[0]);
  auto *number = llvm::cast<ast::NumberExpr>(llvm::cast<ast::VariableStmt>(definition->body.statements[0])->value);
  EXPECT_EQ(number->digits, "0.10");
  EXPECT_EQ(number->value, 0.1);
  EXPECT_FALSE(number->integer.has_value());
  ASSERT_NE(number->unit, nullptr);
  ASSERT_EQ(number->unit->factors.size(), 2u);
  EXPECT_EQ(number->unit->factors[0].name.text, "mV");
  EXPECT_EQ(number->unit->factors[0].power, Rational(1));
  EXPECT_EQ(number->unit->factors[1].name.text, "ms");
  EXPECT_EQ(number->unit->factors[1].power, Rational(-1, 2));
  EXPECT_EQ(number->text(), "0.10 mV/ms^0.5");
}

TEST(ParserExpr, ListsAreTablesOrSequences) {
  EXPECT_EQ(Bracketed::of("[20, 200] ms"), "[20, 200] ms");
  EXPECT_EQ(Bracketed::of("[1.8 -5.4\n7.2 -7.2] mV"), "[1.8, (- 5.4), 7.2, (- 7.2)] mV");
  EXPECT_EQ(Bracketed::of("[1 -1]"), "[1, (- 1)]");
  EXPECT_EQ(Bracketed::of("[1 - 1]"), "[(1 - 1)]");
  EXPECT_EQ(Bracketed::of("[1-1]"), "[(1 - 1)]");
  EXPECT_EQ(Bracketed::of("[a -1, b]"), "[(a - 1), b]");
  EXPECT_EQ(Bracketed::of("[1 ms 2 ms]"), "[1 ms, 2 ms]");
  EXPECT_EQ(Bracketed::of("[]"), "[]");
  EXPECT_EQ(Bracketed::of("[1, 2,]"), "[1, 2]");
  EXPECT_EQ(Bracketed::of("[a b]"), "P1@2:12");
  EXPECT_EQ(Bracketed::of("[1 a]"), "L5@2:12");
}

TEST(ParserExpr, ComparisonsDoNotChain) { EXPECT_EQ(Bracketed::of("a < b < c"), "P8@2:15"); }

TEST(ParserExpr, SomethingIsMissing) {
  EXPECT_EQ(Bracketed::of("a + "), "P2@3:1");
  EXPECT_EQ(Bracketed::of("a + * b"), "P2@2:13");
  EXPECT_EQ(Bracketed::of("()"), "P2@2:10");
  EXPECT_EQ(Bracketed::of("f(a,)"), "P2@2:13");
  EXPECT_EQ(Bracketed::of("if a then b"), "P1@2:20");
  EXPECT_EQ(Bracketed::of("if a else b"), "P1@2:14");
  EXPECT_EQ(Bracketed::of("f(x = 1, 2)"), "P1@2:18");
  EXPECT_EQ(Bracketed::of("a b"), "P1@2:11");
  EXPECT_EQ(Bracketed::of("a.5"), "P1@2:10");
}

TEST(ParserExpr, MisspeltUnitGetsTheRightOne) {
  SourceText source("neuron A {\nlet a = 5 mv\n}");
  EXPECT_EQ(source.errors(), "L5@2:11");
  EXPECT_EQ(source.diagnostics.all().front().fixIts.at(0).replacement, "mV");
}

TEST(ParserExpr, NestingIsBounded) {
  std::string signs(200000, '-'), sum = "a", powers = "a", choices, members = "a";
  for (int i = 0; i < 100000; ++i) {
    sum += " + a";
    powers += "^a";
    choices += "if a then b else ";
    members += ".a";
  }
  for (const std::string &text : {signs + "a", sum, powers, choices + "a", members}) {
    std::string found = Bracketed::of(text);
    EXPECT_TRUE(llvm::StringRef(found).starts_with("P5@2:")) << found.substr(0, 100);
    EXPECT_EQ(found.find(' '), std::string::npos) << "more than one error: " << found.substr(0, 100);
  }
}

TEST(ParserModel, NeuronOfTheDesign) {
  SourceText source(R"(
neuron LIFRef {
    ## Leaky integrate-and-fire.
    ## Second line.

    ## Reset.
    param V_reset = 0 mV
    param V_th = 1 mV where > V_reset and < 5 mV  ## threshold
    const n = 2;  m = 3
    state V = V_reset
    input I: mV/ms
    let a = b
    V' = -V / tau method rk4
    then w' = V
    spike when V >= V_th { V -= V_th;  w += 1 }
    refractory tau full holding V, w { V = 0 }
    method exp_euler
})");
  EXPECT_EQ(source.errors(), "");
  EXPECT_EQ(source.ast(), R"(neuron LIFRef
  ## Leaky integrate-and-fire.
  ## Second line.
  param V_reset
    ## Reset.
    value: number 0 [mV]
  param V_th
    ## threshold
    value: number 1 [mV]
    where >: name V_reset
    where <: number 5 [mV]
  const n
    value: number 2
  const m
    value: number 3
  state V
    value: name V_reset
  input I
    dimension: [mV ms^-1]
  let a
    value: name b
  equation V
    binary /
      unary -
        name V
      name tau
    method: rk4
  then equation w
    name V
  spike when
    binary >=
      name V
      name V_th
    reset
      assign -=
        name V
        name V_th
      assign +=
        name w
        number 1
  refractory full holding V, w
    name tau
    at end
      assign =
        name V
        number 0
  method
    method: exp_euler
)");
}

TEST(ParserModel, SpikesByCrossingAndByRate) {
  SourceText source("neuron A { spike when V crosses 0 mV }\nneuron B { spike at rate r * 2, multiple }\n"
                    "neuron C { spike at rate r { V = 0 } }");
  EXPECT_EQ(source.errors(), "");
  EXPECT_EQ(source.ast(), R"(neuron A
  spike crossing
    name V
    threshold: number 0 [mV]
neuron B
  spike rate multiple
    binary *
      name r
      number 2
neuron C
  spike rate
    name r
    reset
      assign =
        name V
        number 0
)");
}

TEST(ParserModel, SynapseOutputFunctionAndDerivedModel) {
  SourceText source(R"(snn 1
synapse Expon {
    weight w
    state g: w = 0
    pre V: voltage
    on pre { g += w }
    output g
}
output COBA { param E = 0 mV;  k: w/mV^2;  input g;  post V: voltage;  current = g * (E - V) }
function f(x, y) = x + y
neuron RS = AdEx { a = 4 nS;  b ~ normal(1, 2) at least 0 }
neuron FS = AdEx
)");
  EXPECT_EQ(source.errors(), "");
  EXPECT_EQ(source.ast(), R"(synapse Expon
  weight w
  state g
    dimension: [w]
    value: number 0
  pre V
    dimension: [voltage]
  on pre
    assign +=
      name g
      name w
  result
    name g
output COBA
  param E
    value: number 0 [mV]
  param k
    dimension: [w mV^-2]
  input g
  post V
    dimension: [voltage]
  result
    binary *
      name g
      binary -
        name E
        name V
function f of x, y
  binary +
    name x
    name y
neuron RS from AdEx
  assign =
    name a
    number 4 [nS]
  assign ~
    name b
    draw
      call normal
        number 1
        number 2
      at least: number 0
neuron FS from AdEx
)");
}

TEST(ParserModel, KeywordInheritedOnTheSameLineOnly) {
  EXPECT_EQ(errors(inNeuron("param a = 1;  b = 2;  # more\n c = 3")), "P3@3:2");
  EXPECT_EQ(errors(inNeuron("V' = 1;  b = 2")), "P3@2:10");
}

TEST(ParserModel, NamesMayBeContextualKeywords) {
  EXPECT_EQ(errors("neuron A {\nparam rate = 1\nparam weight = 2\nstate s = 0\nstate method = 0\nmethod' = rate\n"
                   "spike at rate rate, multiple\n}"),
            "");
  EXPECT_EQ(errors("network A { population on = B[5] { weight = 3;  delay ~ normal(0, 1) } }"), "");
}

TEST(ParserModel, KeywordsThatOpenDeclarationsAreNoNames) {
  EXPECT_EQ(errors(inNeuron("param state = 1")), "P4@2:7");
  EXPECT_EQ(errors("neuron neuron { }"), "P4@1:8");
}

TEST(ParserModel, StatementsInTheWrongPlace) {
  EXPECT_EQ(errors(inSynapse("spike when V > 0")), "P3@2:1");
  EXPECT_EQ(errors(inNeuron("weight w")), "P3@2:1");
  EXPECT_EQ(errors("output A {\nstate V = 0\n}"), "P3@2:1");
  EXPECT_EQ(errors(inNeuron("V = 3")), "P3@2:1");
  EXPECT_EQ(errors(inNeuron("input I = 3")), "P3@2:9");
  EXPECT_EQ(errors(inNeuron("5 + 3")), "P3@2:1");
  EXPECT_EQ(errors(inSynapse("weight w = 3")), "P3@2:10");
  EXPECT_EQ(errors(inSynapse("pre V = 3")), "P3@2:7");
  EXPECT_EQ(errors(inNeuron("spike when a { param b = 3 }")), "P3@2:16");
  EXPECT_EQ(errors(inNeuron("spike when a { b ~ normal(0, 1) }")), "P3@2:18");
  EXPECT_EQ(errors("foo"), "P3@1:1");
}

TEST(ParserModel, MisspeltKeywordGetsTheRightOne) {
  SourceText source(inNeuron("parm a = 1"));
  EXPECT_EQ(source.errors(), "P3@2:1");
  EXPECT_EQ(source.diagnostics.all().front().fixIts.at(0).replacement, "param");
}

TEST(ParserModel, PartsThatAreMissing) {
  EXPECT_EQ(errors(inNeuron("param a")), "P1@2:8");
  EXPECT_EQ(errors(inNeuron("state V: voltage")), "P1@2:17");
  EXPECT_EQ(errors(inNeuron("param a: = 3")), "P1@2:10");
  EXPECT_EQ(errors(inNeuron("V' 3")), "P1@2:4");
  EXPECT_EQ(errors(inNeuron("spike V > 3")), "P1@2:7");
  EXPECT_EQ(errors(inNeuron("spike at rate r, twice")), "P1@2:18");
  EXPECT_EQ(errors(inNeuron("refractory 5 ms V")), "P1@2:17");
  EXPECT_EQ(errors(inNeuron("param a = 1 where 5")), "P1@2:19");
  EXPECT_EQ(errors("neuron A\n{ param a = 1 }"), "P1@1:9");
  EXPECT_EQ(errors("neuron { }"), "P1@1:8");
  EXPECT_EQ(errors(inNeuron("param 5 = 3")), "P1@2:7");
}

TEST(ParserNetwork, PopulationsGroupsProjections) {
  SourceText source(R"(network Net {
    const N = 100
    population P = HH[N] { V ~ uniform(-70 mV, -60 mV);  g = load("g.npy");  let r ~ uniform(0, 1) }
    population Q = Poisson(rate = 5 Hz)[10]
    group A = P[:50]
    project A -> P.ex as W {
        connect fixed_indegree(10, autapses = false)
        weight ~ normal(1, 2) at least 0 keeping sign clip
        delay 1.5 ms
        synapse Expon(tau = 5 ms, g ~ normal(0, 1) at most 3)
        output CUBA
    }
    project Poisson(rate = 8 Hz) -> P[1:]
})");
  EXPECT_EQ(source.errors(), "");
  EXPECT_EQ(source.ast(), R"(network Net
  const N
    value: number 100
  population P
    model: HH
    size: name N
    assign ~
      name V
      draw
        call uniform
          unary -
            number 70 [mV]
          unary -
            number 60 [mV]
    assign =
      name g
      call load
        text "g.npy"
    let r
      value: draw
        call uniform
          number 0
          number 1
  population Q
    model: Poisson
      rate: number 5 [Hz]
    size: number 10
  group A
    index
      name P
      slice
        to: number 50
  project as W
    source: name A
    target: member ex
      name P
    connect
      call fixed_indegree
        number 10
        autapses: name false
    weight
      draw keeping sign clip
        call normal
          number 1
          number 2
        at least: number 0
    delay
      number 1.5 [ms]
    synapse
      model: Expon
        tau: number 5 [ms]
        g: draw
          call normal
            number 0
            number 1
          at most: number 3
    output
      model: CUBA
  project
    source: call Poisson
      rate: number 8 [Hz]
    target: index
      name P
      slice
        from: number 1
)");
}

TEST(ParserNetwork, Mistakes) {
  EXPECT_EQ(errors(inNetwork("population P = A")), "P1@2:17");
  EXPECT_EQ(errors(inNetwork("population P A[5]")), "P1@2:14");
  EXPECT_EQ(errors(inNetwork("group E = 5")), "P1@2:11");
  EXPECT_EQ(errors(inNetwork("project P Q")), "P1@2:11");
  EXPECT_EQ(errors(inNetwork("population P = A[5] { V ~ 5 }")), "P2@2:27");
  EXPECT_EQ(errors(inNetwork("population P = A[5] { V += 5 }")), "P3@2:25");
  EXPECT_EQ(errors(inProjection("weight = 5 nS")), "P1@3:8");
  EXPECT_EQ(errors(inProjection("weight 5 nS\nweight 6 nS")), "P9@4:1");
  EXPECT_EQ(errors(inProjection("weight ~ normal(0, 1) at least 0 at least 1")), "P9@3:34");
  EXPECT_EQ(errors(inProjection("wait 5 nS")), "P3@3:1");
}

TEST(ParserExperiment, OptionsDrivesRecords) {
  SourceText source(R"(simulate Net {
    dt 0.1 ms;  duration 1 s;  seed 42;  precision f64
    method rk4
    N[:5].I += 20 mA * (t >= 500 ms)
    record spikes of N from 200 ms
    record V, I of N[:10] from 1 ms every 0.5 ms
})");
  EXPECT_EQ(source.errors(), "");
  EXPECT_EQ(source.ast(), R"(simulate Net
  dt
    number 0.1 [ms]
  duration
    number 1 [s]
  seed
    number 42
  precision
    name f64
  method
    method: rk4
  assign +=
    member I
      index
        name N
        slice
          to: number 5
    binary *
      number 20 [mA]
      binary >=
        name t
        number 500 [ms]
  record spikes
    of: name N
    from: number 200 [ms]
  record V, I
    of: index
      name N
      slice
        to: number 10
    every: number 0.5 [ms]
    from: number 1 [ms]
)");
}

TEST(ParserExperiment, Mistakes) {
  EXPECT_EQ(errors(inExperiment("record V N")), "P1@2:10");
  EXPECT_EQ(errors(inExperiment("record V of N every 1 ms every 2 ms")), "P9@2:26");
  EXPECT_EQ(errors(inExperiment("duraton 5 ms")), "P3@2:1");
}

TEST(Parser, VersionOfTheLanguage) {
  EXPECT_EQ(errors("snn 1\nneuron A { }"), "");
  EXPECT_EQ(errors("snn 2\nneuron A { }"), "P7@1:5");
}

TEST(ParserModel, Dynamics) {
  EXPECT_EQ(tree(inNeuron("V' = 1 method euler steps 2;  x' = 2 steps 3")),
            "neuron A\n  equation V\n    number 1\n    method: euler\n      steps: number 2\n"
            "  equation x\n    number 2\n    method: \n      steps: number 3\n");
  EXPECT_EQ(tree(inNeuron("shared state mu = 0;  nu = 1")),
            "neuron A\n  shared state mu\n    value: number 0\n  shared state nu\n    value: number 1\n");
  EXPECT_EQ(tree(inNeuron("input ex: event nS;  I: pA at Vd")),
            "neuron A\n  input ex of events\n    dimension: [nS]\n  input I\n    dimension: [pA]\n    at: Vd\n");
  EXPECT_EQ(tree(inNeuron("use NaF(g = 1) as na at Vd")),
            "neuron A\n  use as na at Vd\n    model: NaF\n      g: number 1\n");
  EXPECT_EQ(tree(inNeuron("if a > 1 { state x[2] = since spike }")),
            "neuron A\n  if\n    binary >\n      name a\n      number 1\n    state x\n      size: number 2\n      value: since spike\n");
  EXPECT_EQ(tree(inNeuron("every 5 ms { x = 0 }")),
            "neuron A\n  every\n    number 5 [ms]\n    assign =\n      name x\n      number 0\n");
  EXPECT_EQ(tree("neuron B extends A { }"), "neuron B extends A\n");
  EXPECT_EQ(errors(inNeuron("use NaF")), "P1@2:8");
  EXPECT_EQ(errors("current Na { param g = 1\n current = g }"), "");
  EXPECT_EQ(errors("current Na { weight g\n current = g }"), "P3@1:14");
}

TEST(Parser, NetworksAreWrittenOnce) {
  for (const char *text : {"index layer = A, B", "table x[a] = [1 2]", "table x[a in b, c] = if a in d then 1 else 2",
                           "for a in b { population P[a] = Q[5] }", "for a in b, c in d if a != c { }", "if a > 0 { }",
                           "if a > 0 { } else if b { } else { }", "part V1 = Column(scale = 0.1)", "part V[a] = Column",
                           "group G[a, b] = P[a][:5]", "project P[a] -> V1.Q.ex as W[a, b]",
                           "let s = sum(x[a, b] for a in c, b in d if a != b)"})
    EXPECT_EQ(errors(inNetwork(text)), "") << text;
  EXPECT_EQ(errors("import \"columns.snn\""), "");
}

TEST(Parser, MistakesInIndexSetsAndCopiesAreOneError) {
  for (auto [text, expected] : {std::pair("index = A, B", "P3@2:1"), std::pair("index layer = A B", "P1@2:17"),
                                std::pair("table x = [1 2]", "P1@2:9"), std::pair("for a { }", "P1@2:7"),
                                std::pair("for a in b, { }", "P1@2:13"), std::pair("if a then { }", "P1@2:6"),
                                std::pair("part V1", "P1@2:8"), std::pair("for a in b { let x = 1 }", "P3@2:14"),
                                std::pair("population P[1] = Q[5]", "P1@2:14")})
    EXPECT_EQ(errors(inNetwork(text)), expected) << text;
  EXPECT_EQ(errors("import columns"), "P1@1:8");
}

TEST(Parser, IndependentErrorsAreAllFoundAndNothingElse) {
  SourceText source(R"(neuron A {
    parm a = 1
    param b = (1 +
    ) * 2
    state V = 0 mv
    V' = -V / / tau
    spike when V > 1 { V == 0;  V = 0 }
}
network N {
    population P = A[5]
    project P > P
    project P -> P { wieght 5 }
}
)");
  EXPECT_EQ(source.errors(), "P3@2:5 P2@4:5 L5@5:17 P2@6:15 P3@7:24 P1@11:15 P3@12:22");
  EXPECT_TRUE(llvm::cast<ast::DefinitionStmt>(source.file->items[0])->body.incomplete);
}

TEST(Parser, ATableWithoutEndIsOneError) {
  EXPECT_EQ(errors("neuron A {\n let a = [ 1 2\n 3 4\n -5 6\n let b = 1\n}"), "L8@2:10");
}
