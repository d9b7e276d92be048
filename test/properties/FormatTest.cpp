// What `fmt` prints means what the text meant, and is its own layout.

#include "Alternatives.h"
#include "Property.h"

#include "frontend/Format.h"
#include "frontend/Frontend.h"
#include "frontend/Lexer.h"
#include "frontend/Structure.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace snn;

namespace {

/// A text and what the front end makes of it.
class Checked {
public:
  explicit Checked(const std::string &text)
      : diagnostics(sources), result(loadText("test.snn", text, sources, diagnostics)) {
    if (result.model)
      return;
    std::string message;
    llvm::raw_string_ostream stream(message);
    diagnostics.print(stream);
    throw std::runtime_error(message);
  }

  /// As `--emit=model` prints it.
  std::string model() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    printModel(*result.model, stream);
    return text;
  }

  /// Of the experiment, which may be missing from a program that has been made smaller.
  model::Structure structure() const {
    if (result.model->experiments.empty())
      throw std::runtime_error("there is no experiment");
    return model::Structure(*result.model->experiments.back());
  }

private:
  llvm::SourceMgr sources;
  Diagnostics diagnostics;
  FrontendResult result;
};

} // namespace

static std::string formatted(const std::string &text) {
  llvm::SourceMgr sources;
  Diagnostics diagnostics(sources);
  const TokenList tokens =
      lex(sources, sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(text, "test.snn"), {}), diagnostics);
  return format(tokens, text);
}

static std::string differsInMeaning(const std::string &text, const std::string &other) {
  const Checked one(text), two(other);
  if (one.model() != two.model())
    return "another model from\n" + other;
  const model::Structure structure = one.structure(), otherStructure = two.structure();
  if (structure.digest() != otherStructure.digest() || structure.values() != otherStructure.values())
    return "another program from\n" + other;
  return "";
}

TEST(GeneratedPrograms, MeanTheSameInTheirCanonicalLayout) {
  test::expectOfPrograms({.firstSeed = 1, .count = 400}, [](const std::string &program) -> std::string {
    const std::string text = test::written(program), canonical = formatted(text);
    if (formatted(canonical) != canonical)
      return "not its own layout:\n" + canonical;
    return differsInMeaning(text, canonical);
  });
}

/// On one line, as far as statements go, and without any of the author's breaks.
TEST(GeneratedPrograms, MeanTheSameWrittenOnOneLine) {
  test::expectOfPrograms({.firstSeed = 1001, .count = 200}, [](const std::string &program) -> std::string {
    const std::string text = test::written(program);
    std::string line;
    for (size_t k = 0; k < text.size(); ++k) {
      const bool opens = k > 0 && text[k - 1] == '{', closes = text.find_first_not_of(" \n", k) < text.size() &&
                                                               text[text.find_first_not_of(" \n", k)] == '}';
      line += text[k] != '\n' ? std::string(1, text[k]) : opens || closes ? " " : ";";
    }
    return differsInMeaning(text, formatted(line));
  });
}
