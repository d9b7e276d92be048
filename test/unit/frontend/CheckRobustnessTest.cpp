// Whatever names, numbers and units stand where, the checker ends without a crash: with a model or with an error.

#include "CheckedText.h"

#include "frontend/Lexer.h"
#include "frontend/Library.h"

#include "llvm/Support/MemoryBuffer.h"

#include <chrono>
#include <filesystem>
#include <random>

using namespace snn;
using test::CheckedText;

/// Every `.snn` file below `folder` of the repository, with its name.
static std::vector<std::pair<std::string, std::string>> filesIn(const char *folder) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(std::string(SNN_SOURCE_DIR) + folder))
    if (entry.path().extension() == ".snn")
      files.emplace_back(entry.path().string(),
                         (*llvm::MemoryBuffer::getFile(entry.path().string()))->getBuffer().str());
  return files;
}

TEST(CheckRobustness, LibraryAndExamplesAreClean) {
  for (const char *folder : {"/frontend/stdlib", "/examples"})
    for (const auto &[name, text] : filesIn(folder)) {
      CheckedText checked(text);
      EXPECT_EQ(checked.rendered(), "") << name;
      EXPECT_TRUE(checked.model()) << name;
    }
}

TEST(CheckRobustness, LibraryIsEmbedded) {
  EXPECT_EQ(libraryFiles().size(), filesIn("/frontend/stdlib").size());
  for (const LibraryFile &file : libraryFiles()) {
    auto onDisk = llvm::MemoryBuffer::getFile(std::string(SNN_SOURCE_DIR) + "/frontend/" + file.name);
    ASSERT_TRUE(onDisk) << file.name;
    EXPECT_EQ((*onDisk)->getBuffer(), llvm::StringRef(file.text, file.size));
  }
}

/// `text` with some words put in the place of others: the syntax mostly stands, the meaning does not.
static std::string scrambled(const std::string &text, std::mt19937 &random) {
  llvm::SourceMgr sources;
  Diagnostics diagnostics(sources);
  unsigned buffer = sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(text), {});
  llvm::StringRef original = sources.getMemoryBuffer(buffer)->getBuffer();
  TokenList list = lex(sources, buffer, diagnostics);
  std::vector<llvm::StringRef> words;
  for (const Token &token : list.tokens)
    if (token.kind == TokenKind::Identifier || token.kind == TokenKind::Number || token.kind == TokenKind::Unit)
      words.push_back(token.text);
  auto below = [&](size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random); };
  std::vector<std::pair<size_t, size_t>> changes; // offset of the word that goes, index of the one that comes
  size_t count = 1 + below(4);
  for (size_t i = 0; i < count; ++i) {
    size_t goes = below(words.size());
    changes.push_back({words[goes].begin() - original.begin(), below(words.size())});
  }
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end(), [](auto &a, auto &b) { return a.first == b.first; }),
                changes.end());
  std::string result = text;
  for (const auto &[offset, comes] : llvm::reverse(changes)) {
    size_t length = 0;
    for (llvm::StringRef word : words)
      if (size_t(word.begin() - original.begin()) == offset)
        length = word.size();
    result.replace(offset, length, words[comes].str());
  }
  return result;
}

TEST(CheckRobustness, ScrambledFilesEndInAModelOrAnError) {
  std::mt19937 random(1);
  std::vector<std::pair<std::string, std::string>> files = filesIn("/examples");
  for (auto &file : filesIn("/frontend/stdlib"))
    files.push_back(file);
  unsigned rejected = 0, rounds = 4000;
  for (unsigned round = 0; round < rounds; ++round) {
    std::string text = scrambled(files[round % files.size()].second, random);
    CheckedText checked(text);
    EXPECT_EQ(checked.model() == nullptr, checked.diagnostics.hasErrors()) << text;
    rejected += checked.model() == nullptr;
    checked.printed();
  }
  EXPECT_GT(rejected, rounds / 2);
}

TEST(CheckRobustness, TakesMilliseconds) {
  std::string text;
  for (const auto &[name, content] : filesIn("/examples"))
    if (name.ends_with("/coba.snn"))
      text = content;
  ASSERT_FALSE(text.empty());
  auto best = std::chrono::steady_clock::duration::max();
  for (int round = 0; round < 5; ++round) {
    auto start = std::chrono::steady_clock::now();
    CheckedText checked(text);
    best = std::min(best, std::chrono::steady_clock::now() - start);
    EXPECT_TRUE(checked.model());
  }
  EXPECT_LT(std::chrono::duration<double>(best).count(), 0.005); // 0.3 ms when nothing else runs
}

/// `n` derived quantities, each of which uses the next twice.
static std::string doublingLets(unsigned n) {
  std::string lets;
  for (unsigned let = 0; let < n; ++let)
    lets += "let x" + std::to_string(let) + " = x" + std::to_string(let + 1) + " + x" + std::to_string(let + 1) + "\n";
  return "neuron N {\n" + lets + "let x" + std::to_string(n) + " = 1\n state V = x0\n V' = -V/1 ms }\n";
}

TEST(CheckRobustness, SharedValuesAreLookedAtOnce) {
  CheckedText lets(doublingLets(300)); // 2^300 paths
  EXPECT_TRUE(lets.model()) << lets.rendered().substr(0, 500);
}

TEST(CheckRobustness, WhatGrowsWithoutBoundIsAnError) {
  EXPECT_TRUE(CheckedText(doublingLets(100000)).diagnostics.hasErrors()); // too deep for a stack
  std::string doubling = "function f0(x) = x + x\n";
  for (int function = 1; function < 60; ++function)
    doubling += "function f" + std::to_string(function) + "(x) = f" + std::to_string(function - 1) + "(x) + f" +
                std::to_string(function - 1) + "(x)\n";
  EXPECT_TRUE(CheckedText(doubling + "neuron N { state V = 0\n V' = f59(V)/1 ms }").diagnostics.hasErrors());
  std::string nested = "x";
  for (int level = 0; level < 200; ++level)
    nested = "(" + nested + " + 1)";
  std::string towering = "V";
  for (int level = 0; level < 200; ++level)
    towering = "f(" + towering + ")";
  EXPECT_TRUE(CheckedText("function f(x) = " + nested + "\nneuron N { state V = 0\n V' = " + towering + "/1 ms }")
                  .diagnostics.hasErrors());
}
