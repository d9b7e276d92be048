// What holds for the canonical layout of any text: it is its own layout, and means what the text meant.

#include "SourceText.h"

#include "frontend/Format.h"
#include "frontend/Frontend.h"

#include "gtest/gtest.h"

#include <cstdlib>
#include <filesystem>
#include <random>

using namespace snn;
using snn::test::SourceText;

namespace {

std::vector<std::string> sourcesBelow(const std::string &folder) {
  std::vector<std::string> sources;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".snn")
      sources.push_back((*llvm::MemoryBuffer::getFile(entry.path().string()))->getBuffer().str());
  return sources;
}

/// What the examples do not have: long lines, many statements on one, comments and brackets in odd places.
constexpr char unusual[] = R"(snn 1
function relu(x) = max(x, 0)  # one line
neuron Odd {  ## beside the brace
    param tau = 5 ms where > 0 ms and < 1 s;  V_rest = -60 mV;  x = 3;  y: number = 2
    param first_of_several = 100 mV;  second_of_several = 200 mV;  third_of_several = 300 mV  ## the last
    state a = 1;  b = -x^-2*(x + y) - 3 * x / y + y*2 %5
    let list = [1 -1, 2
        ,3] mV
    let table = [   # rows
        1    -1.5  20, 3
        1000 1  -2

        # and another
        3 mV 5 mV
    ] /ms
    let choice = if V >= V_rest and not (x < 3) or y == 2 then relu(x) else if tau > 2 ms then (y + 1) else -y
    input I: mV/ms^2
    V' = (V_rest - V) / tau + a_very_long_name * (another_very_long_name - V) + yet_another_one * b method rk4
    then a' = a/tau +  # why
        # this
        b/tau
    spike when V >= a_threshold_that_moves(V_rest, tau) and x > y_that_is_long { V = V_rest;  a += 1;  b = 0 }
    refractory tau full holding V, a { V = V_rest }
}
synapse Twice {
    weight w; pre V: voltage; post u: mV/ms; on pre { }
    state g: w = 0
    on pre {
    }
    output g
    # the end
}
neuron Other = Odd { tau = 3 ms;  x = 4 }
neuron Longer = Odd { tau = 3 ms }
network Net {
    population P = Odd(tau = 2 ms)[10] { V ~ normal(-55 mV, 2 mV) at least -60 mV at most 0 mV keeping sign
        tau = 5 ms }
    group E = P[:5];  group F = P[2*2:10 - 1]
    project E -> P.I as Q { connect fixed_outdegree(80, autapses = false);  weight -0.6 S }
    project Poisson(rate = 8 Hz) -> F {
        weight ~ truncated_normal(a_mean_with_a_name, a_deviation_with_a_name, the_lower_limit, the_upper_limit)
        delay -1 ms + 2 ms
        synapse Expon(
            tau = 5 ms,  # decay
            g ~ normal(40 nS, 15 nS) at least 3 nS
        )
        output COBA(E = 0 mV) }
}
simulate Net { dt 0.1 ms;  duration 1 s
    P.I += 20 mA * (t >= 3 ms);  record V, a, b of P[:5] every 0.5 ms from 3 ms
    E.x = 2
    P.tau = 3 ms * load("data.npy")
}
# the end
)";

/// Every `.snn` file of the library and the examples, and the unusual one.
std::vector<std::string> validSources() {
  std::vector<std::string> sources = sourcesBelow(SNN_SOURCE_DIR "/frontend/stdlib");
  for (std::string &source : sourcesBelow(SNN_SOURCE_DIR "/examples"))
    sources.push_back(std::move(source));
  sources.push_back(unusual);
  return sources;
}

/// A text with its tokens alone: it may use what the parser does not know yet.
struct Lexed {
  explicit Lexed(std::string content)
      : text(std::move(content)), diagnostics(sources),
        tokens(lex(sources, sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(text, "test.snn"), {}),
                   diagnostics)) {}

  std::string text;
  llvm::SourceMgr sources;
  Diagnostics diagnostics;
  TokenList tokens;
};

std::string formatted(const std::string &text) {
  Lexed source(text);
  return format(source.tokens, source.text);
}

std::string modelOf(const std::string &text) {
  llvm::SourceMgr sources;
  Diagnostics diagnostics(sources);
  FrontendResult result = loadText("test.snn", text, sources, diagnostics);
  std::string model;
  llvm::raw_string_ostream stream(model);
  if (result.model)
    printModel(*result.model, stream);
  return model;
}

unsigned widestLine(llvm::StringRef text) {
  size_t widest = 0;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    widest = std::max(widest, line.split('#').first.rtrim().size());
    text = rest;
  }
  return widest;
}

/// What holds for any text whose tokens are right.
void expectLayoutOfTokens(const std::string &text) {
  Lexed source(text);
  ASSERT_FALSE(source.diagnostics.hasErrors()) << text;
  Lexed result(format(source.tokens, source.text));
  ASSERT_FALSE(result.diagnostics.hasErrors()) << text << "\nbecomes\n" << result.text;
  EXPECT_TRUE(haveSameContent(source.tokens, source.text, result.tokens, result.text)) << text << "\nbecomes\n"
                                                                                       << result.text;
  EXPECT_EQ(format(result.tokens, result.text), result.text) << "from\n" << text;
}

/// What holds for any text that can be parsed, too.
void expectLayout(const std::string &text) {
  expectLayoutOfTokens(text);
  EXPECT_TRUE(SourceText(formatted(text)).ast() == SourceText(text).ast()) << text << "\nbecomes\n" << formatted(text);
}

/// Calls `change` for every run of blanks inside a line that is not part of a comment or a text in quotes.
template <typename Change> std::string withBlanksChanged(const std::string &text, Change change) {
  std::string result;
  bool inComment = false, inText = false, startsLine = true;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    inComment = (inComment || (c == '#' && !inText)) && c != '\n';
    inText = inText != (c == '"' && !inComment);
    if (c != ' ' || inComment || inText) {
      result += c;
      startsLine = c == '\n';
      continue;
    }
    while (i + 1 < text.size() && text[i + 1] == ' ')
      ++i;
    result += change(startsLine);
  }
  return result;
}

/// One of the changes that a careless author makes, and that do not touch the meaning.
std::string careless(const std::string &text, std::mt19937 &random) {
  auto below = [&](size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random); };
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    bool isLineEnd = text[i] == '\n';
    if (isLineEnd && below(8) == 0)
      result += below(2) ? " # note" : "   ";
    result += text[i];
    if (isLineEnd && below(8) == 0)
      result += below(2) ? "\n\n" : "      # a comment of its own\n";
    bool continues = (text[i] == ',' || text[i] == '=' || text[i] == '+' || text[i] == '(') && i + 1 < text.size() &&
                     text[i + 1] != '=' && !isLineEnd;
    if (continues && below(8) == 0)
      result += below(2) ? "\n" : " # why\n";
  }
  return result;
}

} // namespace

TEST(FormatProperty, LibraryAndExamples) {
  std::vector<std::string> sources = validSources();
  ASSERT_GE(sources.size(), 10u);
  for (const std::string &text : sources) {
    expectLayout(text);
    EXPECT_EQ(modelOf(formatted(text)), modelOf(text));
    EXPECT_LE(widestLine(formatted(text)), 100u);
  }
}

TEST(FormatProperty, BlanksInsideALineHaveNoInfluence) {
  std::mt19937 random(1);
  for (const std::string &text : validSources()) {
    std::string expected = formatted(text);
    for (int i = 0; i < 5; ++i)
      EXPECT_EQ(formatted(withBlanksChanged(
                    text, [&](bool startsLine) { return std::string(1 + random() % 5, random() % 2 ? ' ' : '\t'); })),
                expected);
  }
}

TEST(FormatProperty, CarelessLayout) {
  std::vector<std::string> sources = validSources();
  std::mt19937 random(20260102);
  for (unsigned i = 0; i < 400 && !testing::Test::HasFailure(); ++i) {
    std::string text = careless(sources[i % sources.size()], random);
    // A break behind `=` of `>=`, or inside a comment, is no continuation.
    if (!SourceText(text).diagnostics.hasErrors())
      expectLayout(text);
  }
}

TEST(FormatProperty, MutatedFiles) {
  constexpr llvm::StringLiteral characters("(){}[]=~'.,:;+-*/^%<>\"#\n 0e5mV");
  std::vector<std::string> sources = validSources();
  std::mt19937 random(20260103);
  unsigned accepted = 0;
  for (unsigned i = 0; i < 4000 && !testing::Test::HasFailure(); ++i) {
    std::string text = sources[i % sources.size()];
    for (int changes = 0; changes < 2; ++changes) {
      size_t place = random() % text.size(), length = 1 + random() % 12;
      switch (random() % 3) {
      case 0:
        text.erase(place, length);
        break;
      case 1:
        text.insert(place, text.substr(random() % text.size(), length));
        break;
      default:
        text[place] = characters[random() % characters.size()];
      }
    }
    if (SourceText(text).diagnostics.hasErrors())
      continue;
    ++accepted;
    expectLayout(text);
  }
  EXPECT_GT(accepted, 500u);
}

// The language grows; whoever has models of later versions can try them: SNN_MODELS=FOLDER.
TEST(FormatProperty, ModelsOfTheirOwn) {
  const char *folder = std::getenv("SNN_MODELS");
  if (!folder)
    GTEST_SKIP() << "SNN_MODELS names no folder";
  for (const std::string &text : sourcesBelow(folder))
    expectLayoutOfTokens(text);
}
