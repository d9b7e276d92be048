// One program, run in every way in which it can be: the bits are the same.

#include "Alternatives.h"
#include "Differences.h"
#include "Property.h"

#include <gtest/gtest.h>

#include <unistd.h>

using namespace snn;
using namespace snn::test;

namespace {

/// A name that is free again when the test is over.
struct CheckpointFile : std::filesystem::path {
  CheckpointFile() : path(std::filesystem::temp_directory_path() / ("snn-property-" + std::to_string(getpid()))) {}
  ~CheckpointFile() { std::filesystem::remove(*this); }
};

/// The first difference found, with what was done.
class Verdict {
public:
  void compare(const std::string &what, const Result &one, const Result &other) {
    if (text.empty())
      if (std::string difference = firstDifference(one, other); !difference.empty())
        text = what + ": " + difference;
  }
  const std::string &operator()() const { return text; }

private:
  std::string text;
};

} // namespace

/// Half of the programs in either precision, by something that stays when statements are left out.
static model::Precision precisionOf(const std::string &text) {
  return text.find("tau = 1") != std::string::npos ? model::Precision::F32 : model::Precision::F64;
}

static std::string differsByWorkers(const Program &program, const Result &alone) {
  Verdict verdict;
  for (uint32_t workers : {2u, 4u})
    verdict.compare(std::to_string(workers) + " workers", alone, program.run({.workers = workers}));
  verdict.compare("chunks of 7 steps", alone, program.run({.chunkSteps = 7}));
  return verdict();
}

static std::string differsFromACheckpoint(const Program &program, const Result &alone) {
  const CheckpointFile file;
  Verdict verdict;
  const uint64_t half = alone.figures.steps / 2;
  for (uint64_t steps : {half, uint64_t(1)}) {
    const Result first = program.run({.workers = 2, .steps = steps, .save = file});
    verdict.compare("continued after step " + std::to_string(steps), alone,
                    joined(first, program.run({.resume = file})));
  }
  return verdict();
}

static std::string differsByCopy(const Program &program, const Result &alone) {
  Verdict verdict;
  verdict.compare("a batch of one", alone, program.runTogether({{}}).front());
  for (bool redraws : {false, true}) {
    std::vector<RunSettings> copies(3);
    for (uint32_t c = 0; c < copies.size(); ++c) {
      copies[c].copy = c;
      copies[c].redraws = redraws;
    }
    copies.front().workers = redraws ? 2 : 1;
    const std::vector<Result> together = program.runTogether(copies);
    verdict.compare("the first copy of a batch", alone, together[0]);
    for (size_t c = 1; c < copies.size(); ++c)
      verdict.compare("copy " + std::to_string(c) + " of a batch", program.run(copies[c]), together[c]);
  }
  return verdict();
}

/// Copies with other time constants, weights and strengths, which have no bounds above.
static std::string differsBySweep(const Program &program, const Result &alone) {
  std::vector<RunSettings> copies(3);
  const snn_model &model = program.model();
  for (uint32_t k = 0; k < model.n_settings; ++k) {
    const std::string name = model.settings[k].name;
    if (name.ends_with(".tau") || name.ends_with(".weight") || name == "strength") {
      copies[1].settings[name] = model.settings[k].value * 1.1;
      copies[2].settings[name] = model.settings[k].value * 0.8;
    }
  }
  const std::vector<Result> together = program.runTogether(copies);
  Verdict verdict;
  verdict.compare("the first point of a sweep", alone, together[0]);
  for (size_t c = 1; c < copies.size(); ++c)
    verdict.compare("point " + std::to_string(c) + " of a sweep", program.run(copies[c]), together[c]);
  return verdict();
}

TEST(GeneratedPrograms, HaveTheSameBitsHoweverTheyAreRun) {
  uint64_t spikes = 0, programs = 0;
  expectOfPrograms({.firstSeed = 2001, .count = 15}, [&](const std::string &text) {
    const Program program(written(text), {.precision = precisionOf(text)});
    const Result alone = program.run();
    spikes += spikesIn(alone);
    ++programs;
    for (auto differs : {differsByWorkers, differsFromACheckpoint, differsByCopy, differsBySweep})
      if (std::string difference = differs(program, alone); !difference.empty())
        return difference;
    return firstDifference(alone, alone); // finite at least
  });
  EXPECT_GT(spikes, 20 * programs) << "networks that are silent say little";
}

TEST(GeneratedPrograms, HaveTheSameBitsStoredAndProcedural) {
  uint32_t proceduralProjections = 0;
  expectOfPrograms({.firstSeed = 3001, .count = 7, .alternative = "procedural"},
                   [&](const std::string &text) -> std::string {
                     const CompileSettings settings{.precision = precisionOf(text)};
                     const Result stored = Program(written(text), settings).run();
                     const Program drawn(written(text, "procedural"), settings);
                     for (uint32_t p = 0; p < drawn.model().n_projections; ++p)
                       proceduralProjections += drawn.model().projections[p].procedural;
                     Verdict verdict;
                     for (uint32_t workers : {1u, 2u, 4u}) {
                       const Result result = drawn.run({.workers = workers});
                       verdict.compare("procedural with " + std::to_string(workers) + " workers", stored, result);
                     }
                     const std::string difference = differsFromACheckpoint(drawn, stored);
                     return verdict().empty() ? difference : verdict();
                   });
  EXPECT_GE(proceduralProjections, 7u);
}

TEST(GeneratedPrograms, HaveTheSameBitsInMemoryAndAsASharedObject) {
  expectOfPrograms({.firstSeed = 4001, .count = 4}, [](const std::string &text) {
    const model::Precision precision = precisionOf(text);
    const Program inMemory(written(text), {.precision = precision}),
        shared(written(text), {.precision = precision, .isShared = true});
    return firstDifference(inMemory.run(), shared.run({.workers = 2}));
  });
}
