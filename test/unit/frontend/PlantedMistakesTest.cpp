// One planted mistake, one error, at the place of the mistake.

#include "PlantedMistakes.h"

#include "CheckedText.h"

#include "llvm/Support/MemoryBuffer.h"

#include <filesystem>
#include <map>

using namespace snn;
using test::CheckedText;
using test::PlantedMistake;
using test::plantMistakes;

namespace {

struct Verdict {
  unsigned errors = 0;
  bool onLine = false; ///< an error or one of its notes is on the line of the mistake
  std::string rendered;
};

Verdict judge(const PlantedMistake &mistake) {
  CheckedText checked(mistake.text);
  Verdict verdict;
  verdict.errors = checked.diagnostics.errorCount();
  verdict.rendered = checked.rendered();
  const char *text = checked.sources.getMemoryBuffer(checked.result.bufferId)->getBufferStart();
  auto look = [&](llvm::SMRange range) {
    if (!range.isValid() || checked.sources.FindBufferContainingLoc(range.Start) != checked.result.bufferId)
      return;
    size_t begin = range.Start.getPointer() - text, end = range.End.getPointer() - text;
    // What has been left out belongs to the line before as much as to the one it stood on.
    size_t gapBegin = std::min(end, mistake.begin), gapEnd = std::max(begin, mistake.end);
    bool isBesideGap = mistake.begin == mistake.end &&
                       (llvm::StringRef(text + gapBegin, mistake.begin - gapBegin).trim().empty() ||
                        llvm::StringRef(text + mistake.end, gapEnd - mistake.end).trim().empty());
    verdict.onLine |= positionOf(checked.sources, range.Start).line == mistake.line || isBesideGap;
  };
  for (const Diagnostic *found : checked.diagnostics.sorted()) {
    look(found->range);
    look(found->underlined);
    for (const DiagnosticNote &note : found->notes)
      look(note.range);
  }
  return verdict;
}

std::vector<std::pair<std::string, std::string>> rightModels() {
  std::vector<std::pair<std::string, std::string>> models;
  for (const char *folder : {SNN_SOURCE_DIR "/frontend/stdlib", SNN_SOURCE_DIR "/examples"})
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".snn") {
        std::string text = (*llvm::MemoryBuffer::getFile(entry.path().string()))->getBuffer().str();
        if (CheckedText(text).model())
          models.emplace_back(entry.path().filename().string(), text);
      }
  return models;
}

} // namespace

namespace {
/// How many of a thousand mistakes of a family may be answered badly, and why: the limits are only ever lowered. A share rather
/// than a number, since models are added all the time.
struct Allowance {
  unsigned unnoticed = 0; ///< the text means something else, and is right all the same
  unsigned manyErrors = 0;
  unsigned elsewhere = 0; ///< no error or note is on the line of the mistake
};
} // namespace

static const std::map<std::string, Allowance> allowances = {
    // A sign between two numbers of a list, a unary sign, a `:` of a slice, and a second sign are optional.
    {"sign dropped", {95, 0, 0}},
    {"sign doubled", {330, 1, 0}},
    // A zero fits every dimension, and what nobody else uses may be anything. In a model with many rates, several hypotheses on what is
    // wrong explain as much. The unit of a table or of a network's parameter is missed where it is used, perhaps twice.
    {"unit of another dimension", {5, 68, 47}},
    {"unit dropped", {225, 30, 33}},
    {"unit in the wrong case", {10, 17, 0}}, // `s` is a second, `S` a conductance, `mM` a concentration and `mm` a length
    {"number with a unit", {35, 30, 38}}, // of a network parameter too, to which a sweep then gives numbers
    {"unknown unit", {0, 10, 0}}, // in a mechanism, and where it is used
    // A model nobody uses, or a state recorded by another name, is right with any name. A misspelt population, network or model
    // shows where the name is used; a name of one letter is near to every other.
    {"word misspelt", {25, 7, 13}},
    {"short word misspelt", {6, 46, 30}},
    // `where`, `as` and their like begin what may be missing; without its name, a line of several declarations is two mistakes.
    {"word dropped", {80, 9, 0}},
    {"bracket dropped", {0, 13, 0}}, // the `{` of a block with a `;` in it, on one line; the `]` of a vector's length or of a table
    {"bracket of another kind", {0, 2, 0}}, // in the same places
};

TEST(PlantedMistakes, AreOneErrorAtTheirPlace) {
  struct Count {
    unsigned all = 0;
    Allowance bad;
  };
  std::map<std::string, Count> counts;
  std::string example;
  unsigned all = 0;
  for (const auto &[name, text] : rightModels())
    for (const PlantedMistake &mistake : plantMistakes(text)) {
      Verdict verdict = judge(mistake);
      Count &count = counts[mistake.family];
      ++count.all;
      ++all;
      count.bad.unnoticed += verdict.errors == 0;
      count.bad.manyErrors += verdict.errors > 1;
      count.bad.elsewhere += verdict.errors && !verdict.onLine;
      if (verdict.errors != 1 || !verdict.onLine)
        if (!allowances.count(mistake.family))
          example = std::string(mistake.family) + ", " + name + ":" + std::to_string(mistake.line) + ", " +
                    mistake.what + "\n" + verdict.rendered;
    }
  EXPECT_GT(all, 5000u);
  for (const auto &[family, count] : counts) {
    auto found = allowances.find(family);
    Allowance allowed = found == allowances.end() ? Allowance() : found->second;
    auto share = [&](unsigned bad) { return 1000.0 * bad / count.all; };
    EXPECT_LE(share(count.bad.unnoticed), allowed.unnoticed) << family << " of " << count.all << "\n" << example;
    EXPECT_LE(share(count.bad.manyErrors), allowed.manyErrors) << family << " of " << count.all << "\n" << example;
    EXPECT_LE(share(count.bad.elsewhere), allowed.elsewhere) << family << " of " << count.all << "\n" << example;
  }
}
