// Whatever the bytes are, the first phases end, in linear time, without a crash, and say something sensible.

#include "SourceText.h"

#include "gtest/gtest.h"

#include <chrono>
#include <filesystem>
#include <random>

using namespace snn;
using snn::test::SourceText;

namespace {

/// Every `.snn` file of the library and the examples.
std::vector<std::string> validSources() {
  std::vector<std::string> sources;
  for (const char *folder : {"/frontend/stdlib", "/examples"})
    for (const auto &entry : std::filesystem::recursive_directory_iterator(std::string(SNN_SOURCE_DIR) + folder))
      if (entry.path().extension() == ".snn")
        sources.push_back((*llvm::MemoryBuffer::getFile(entry.path().string()))->getBuffer().str());
  return sources;
}

std::string repeated(llvm::StringRef text, unsigned times) {
  std::string all;
  for (unsigned i = 0; i < times; ++i)
    all += text;
  return all;
}

/// One small change of the kind that happens while typing or copying.
std::string mutated(std::string text, std::mt19937 &random) {
  auto below = [&](size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random); };
  constexpr llvm::StringLiteral characters("(){}[]=~'.,:;+-*/^%<>\"#\n 0e5mV\xff");
  unsigned changes = 1 + below(3);
  for (unsigned i = 0; i < changes && text.size() > 2; ++i) {
    size_t place = below(text.size()), length = std::min(1 + below(12), text.size() - place);
    switch (below(5)) {
    case 0:
      text.erase(place, length);
      break;
    case 1:
      text.insert(place, text.substr(below(text.size()), length));
      break;
    case 2:
      std::swap(text[place], text[below(text.size())]);
      break;
    case 3:
      text[place] = characters[below(characters.size())];
      break;
    case 4:
      text.resize(place);
      break;
    }
  }
  return text;
}

} // namespace

TEST(Robustness, ValidFilesHaveNoErrors) {
  std::vector<std::string> sources = validSources();
  ASSERT_GE(sources.size(), 10u);
  for (const std::string &text : sources)
    EXPECT_EQ(SourceText(text).rendered(), "");
}

TEST(Robustness, MutatedFilesNeitherCrashNorHang) {
  std::vector<std::string> sources = validSources();
  std::mt19937 random(20260101);
  unsigned rejected = 0;
  for (unsigned i = 0; i < 6000; ++i) {
    SourceText source(mutated(sources[i % sources.size()], random));
    source.rendered();
    source.ast();
    rejected += source.diagnostics.hasErrors();
    ASSERT_LE(source.diagnostics.errorCount(), Diagnostics::errorLimit + 1);
  }
  // Comments take many of the changes, but not most of them.
  EXPECT_GT(rejected, 3000u);
}

TEST(Robustness, TruncatedFilesEndInAnErrorOrNot) {
  for (const std::string &text : validSources())
    for (size_t length = 0; length < text.size(); length += 7)
      SourceText(text.substr(0, length)).rendered();
}

TEST(Robustness, LongFilesTakeLinearTime) {
  const std::pair<const char *, std::string> texts[] = {
      {"one line of 10 MB", "neuron A { let a = [" + repeated("1 ", 5000000) + "] }"},
      {"one line of unknown characters", repeated("@ ", 5000000)},
      {"closing brackets", repeated(")", 5000000)},
      {"opening brackets", repeated("(", 5000000)},
      {"empty blocks", repeated("neuron A {}\n", 500000)},
      {"blocks without end", repeated("neuron A {\n", 300000)},
      {"brackets without end", repeated("neuron A {\n let a = (\n}\n", 200000)},
      {"one statement without end", "neuron A { let a = f(" + repeated("b,", 2000000)},
      {"line breaks", repeated("\n", 5000000)},
      {"comments", repeated("## doc\n", 1000000)},
      {"digits", "neuron A { let a = " + repeated("1", 5000000) + " }"},
      {"a name", "neuron " + repeated("a", 5000000)},
      {"a unit", "neuron A { let a = 1 ms" + repeated("*ms", 2000000) + " }"},
      {"a text", "neuron A { let a = \"" + repeated("a", 5000000)},
      {"semicolons", repeated(";", 5000000)},
      {"statements", "neuron A {\n" + repeated("param a = 1 mV\n", 300000) + "}"},
      {"bad statements", "neuron A {\n" + repeated("parm a = 1 mV\n", 300000) + "}"},
  };
  for (const auto &[what, text] : texts) {
    auto begin = std::chrono::steady_clock::now();
    SourceText source(text);
    std::string shown = source.rendered();
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    // Generous, since quadratic time would be hours; sanitizers and a loaded machine take their share.
    EXPECT_LT(seconds, 30) << what;
    EXPECT_LT(shown.size(), 100000u) << what;
  }
}
