// Pictures, drawn by gnuplot itself.

#include "FakeProgram.h"

#include "compiler/tools/snnc/Gnuplot.h"
#include "compiler/tools/snnc/Plot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

using namespace snn::tool;
using snn::test::FakeProgram;

namespace {

class PlotTest : public testing::Test {
protected:
  PlotTest() {
    folder = std::filesystem::temp_directory_path() /
             ("snn-plot-" + std::to_string(getpid()) + "-" +
              testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder);
  }
  ~PlotTest() override {
    setenv("PATH", searchPath.c_str(), 1);
    std::filesystem::remove_all(folder);
  }

  std::string path(const char *name) const { return folder / name; }
  size_t filesLeft() const {
    return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
  }

  /// Draws what `program` records; fails the test if that fails.
  std::string draw(FakeProgram &program, const char *name, void (*feed)(snn_sink)) {
    auto plot = Plot::prepare(path(name), {program.description()});
    if (!plot)
      return llvm::toString(plot.takeError());
    feed((*plot)->sink(0));
    if (llvm::Error error = (*plot)->draw())
      return llvm::toString(std::move(error));
    return {};
  }

  std::filesystem::path folder;
  const std::string searchPath = getenv("PATH");
};

} // namespace

static std::string contents(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Width and height of a PNG, from its first chunk.
static std::pair<unsigned, unsigned> sizeOf(const std::string &png) {
  auto word = [&](size_t at) {
    unsigned value = 0;
    for (size_t k = 0; k < 4; ++k)
      value = value << 8 | static_cast<unsigned char>(png[at + k]);
    return value;
  };
  return {word(16), word(20)};
}

static size_t count(const std::string &text, const std::string &part) {
  size_t n = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size()))
    ++n;
  return n;
}

static FakeProgram balancedNetwork() {
  FakeProgram program(0.1, 1000);
  program.name("Coba");
  uint32_t n = program.population("N", 4000, {{"V", "mV", 1.0}});
  program.group("E", n, 0, 3200);
  program.group("I", n, 3200, 4000);
  program.recordSpikes("spikes of N", n, 0, 4000);
  program.recordField("V of N[:2]", n, 0, 0, 2);
  return program;
}

static void feedSpikesAndTraces(snn_sink sink) {
  for (uint64_t k = 0; k < 1000; ++k) {
    const uint64_t steps[] = {k, k};
    const uint32_t neurons[] = {uint32_t(k * 2 % 3200), uint32_t(3200 + k % 800)};
    sink.spikes(sink.user, 0, 2, steps, neurons);
    const float V[] = {-60 + float(k % 100) / 10, -70};
    sink.samples(sink.user, 1, 1, &k, 2, SNN_F32, V);
    sink.progress(sink.user, k + 1, 1000);
  }
}

static void feedNothing(snn_sink sink) { sink.progress(sink.user, 1000, 1000); }

TEST_F(PlotTest, DrawsPng) {
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "out.png", feedSpikesAndTraces), "");
  std::string picture = contents(path("out.png"));
  EXPECT_EQ(picture.substr(1, 3), "PNG");
  auto [width, height] = sizeOf(picture);
  EXPECT_EQ(width, 1200u);
  EXPECT_GE(height, 400u);
  EXPECT_LE(height, 1000u);
  EXPECT_EQ(filesLeft(), 1u);
}

TEST_F(PlotTest, DrawsSvgWithItsWords) {
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "out.svg", feedSpikesAndTraces), "");
  std::string picture = contents(path("out.svg"));
  for (const char *text : {">Coba<", ">E<", ">I<", ">neuron (1 in 2 shown)<", ">rate (Hz)<", ">V (mV)<", ">time (ms)<",
                           ">N[0]<", ">N[1]<"})
    EXPECT_EQ(count(picture, text), 1u) << text;
  EXPECT_EQ(count(picture, ">no spikes<"), 0u);
}

TEST_F(PlotTest, SaysThatThereAreNoSpikes) {
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "out.svg", feedNothing), "");
  std::string picture = contents(path("out.svg"));
  EXPECT_EQ(count(picture, ">no spikes<"), 1u);
  EXPECT_EQ(count(picture, ">rate (Hz)<"), 0u);
}

TEST_F(PlotTest, DrawsTracesAlone) {
  FakeProgram program(0.1, 1000);
  uint32_t n = program.population("N", 3, {{"V", "mV", 1.0}});
  program.recordField("V of N", n, 0, 0, 3);
  EXPECT_EQ(draw(program, "out.svg",
                 [](snn_sink sink) {
                   for (uint64_t k = 0; k < 1000; ++k) {
                     const float V[] = {-60, -61, -62};
                     sink.samples(sink.user, 0, 1, &k, 3, SNN_F32, V);
                   }
                   sink.progress(sink.user, 1000, 1000);
                 }),
            "");
  std::string picture = contents(path("out.svg"));
  EXPECT_EQ(count(picture, ">V (mV)<"), 1u);
  EXPECT_EQ(count(picture, ">neuron"), 0u);
}

TEST_F(PlotTest, DrawsOneNeuronWithoutItsRate) {
  FakeProgram program(0.1, 1000);
  uint32_t n = program.population("N", 1);
  program.recordSpikes("spikes of N", n, 0, 1);
  EXPECT_EQ(draw(program, "out.svg",
                 [](snn_sink sink) {
                   const uint64_t step = 500;
                   const uint32_t neuron = 0;
                   sink.spikes(sink.user, 0, 1, &step, &neuron);
                   sink.progress(sink.user, 1000, 1000);
                 }),
            "");
  std::string picture = contents(path("out.svg"));
  EXPECT_EQ(count(picture, ">neuron<"), 1u);
  EXPECT_EQ(count(picture, ">rate (Hz)<"), 0u);
}

TEST_F(PlotTest, RunInterruptedBeforeTheFirstResultIsDrawn) {
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "out.png", [](snn_sink) {}), "");
  EXPECT_EQ(contents(path("out.png")).substr(1, 3), "PNG");
}

TEST_F(PlotTest, NamesAreNotMarkup) {
  FakeProgram program(0.1, 1000);
  program.name("it's_{a} \"net\\n\" @x ^2 `echo` %d");
  uint32_t n = program.population("N", 1);
  program.recordSpikes("spikes of N", n, 0, 1);
  EXPECT_EQ(draw(program, "out.svg", feedNothing), "");
  EXPECT_EQ(count(contents(path("out.svg")), "it's_{a} \"net\\n\" @x ^2 `echo` %d"), 1u);
}

TEST_F(PlotTest, OtherEndingIsRefused) {
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "out.pdf", feedNothing),
            "`" + path("out.pdf") + "` ends neither in `.png` nor in `.svg`, the pictures that can be drawn");
}

TEST_F(PlotTest, NothingToShowIsSaid) {
  FakeProgram program(0.1, 1000);
  program.population("Source", 10, {}, /*anonymous=*/true);
  EXPECT_EQ(draw(program, "out.png", feedNothing),
            "there is nothing to draw: no population spikes and nothing is recorded");
}

TEST_F(PlotTest, MissingGnuplotNamesThePackage) {
  setenv("PATH", folder.c_str(), 1);
  FakeProgram program = balancedNetwork();
  EXPECT_NE(draw(program, "out.png", feedNothing).find("the package `gnuplot-nox`"), std::string::npos);
}

TEST_F(PlotTest, FailureOfGnuplotIsReportedAndLeavesNothing) {
  std::ofstream(path("gnuplot")) << "#!/bin/sh\necho '  line 7: no such terminal' >&2\nexit 1\n";
  std::filesystem::permissions(path("gnuplot"), std::filesystem::perms::owner_all);
  setenv("PATH", (folder.string() + ":" + searchPath).c_str(), 1);
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "out.png", feedNothing), "gnuplot failed: line 7: no such terminal");
  EXPECT_EQ(filesLeft(), 1u); // gnuplot itself
}

TEST_F(PlotTest, FolderThatDoesNotExistIsNamed) {
  FakeProgram program = balancedNetwork();
  EXPECT_EQ(draw(program, "no/out.png", feedNothing),
            "cannot write `" + path("no/out.png") + "`: no such file or directory");
}

/// Three hundred neurons: `together` of them fire in the first step, then one in each step.
static void feedSynchronousStart(snn_sink sink, uint32_t together) {
  for (uint64_t k = 0; k < 1000; ++k) {
    for (uint32_t neuron = 0; neuron < (k == 0 ? together : 1); ++neuron)
      sink.spikes(sink.user, 0, 1, &k, &neuron);
    sink.progress(sink.user, k + 1, 1000);
  }
}

TEST_F(PlotTest, PeakAtTheStartIsCutAndSaid) {
  FakeProgram program(0.1, 1000);
  uint32_t n = program.population("N", 300);
  program.recordSpikes("spikes of N", n, 0, 300);
  EXPECT_EQ(draw(program, "cut.svg", [](snn_sink sink) { feedSynchronousStart(sink, 291); }), "");
  EXPECT_EQ(draw(program, "whole.svg", [](snn_sink sink) { feedSynchronousStart(sink, 11); }), "");
  // 300 spikes of 300 neurons in the first millisecond; 20 in the other picture, where all others have 10.
  EXPECT_EQ(count(contents(path("cut.svg")), ">1 ms bins, 1000 Hz at the start<"), 1u);
  EXPECT_EQ(count(contents(path("whole.svg")), ">1 ms bins<"), 1u);
}
