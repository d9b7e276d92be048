#include "FakeProgram.h"

#include "compiler/tools/snnc/Progress.h"
#include "compiler/tools/snnc/Readable.h"
#include "compiler/tools/snnc/Summary.h"

#include <gtest/gtest.h>

using namespace snn::tool;
using snn::recorder::FiringStatistics;
using snn::test::FakeProgram;

TEST(Readable, Numbers) {
  EXPECT_EQ(readableNumber(0.03121), "0.0312");
  EXPECT_EQ(readableNumber(22.34), "22.3");
  EXPECT_EQ(readableNumber(1250.4), "1250");
  EXPECT_EQ(readableCount(7), "7");
  EXPECT_EQ(readableCount(320000), "320 000");
  EXPECT_EQ(readableCount(1234567890), "1 234 567 890");
  EXPECT_EQ(readableBytes(640), "640 bytes");
  EXPECT_EQ(readableBytes(1920000), "1.92 MB");
  EXPECT_EQ(readableBytes(999999), "1 MB");
}

TEST(Readable, Times) {
  EXPECT_EQ(readableTime(0.00085), "850 us");
  EXPECT_EQ(readableTime(0.0123), "12.3 ms");
  EXPECT_EQ(readableTime(3.21), "3.21 s");
  EXPECT_EQ(readableTime(59.97), "1 min 0 s");
  EXPECT_EQ(readableTime(125), "2 min 5 s");
  EXPECT_EQ(readableTime(3780), "1 h 3 min");
  EXPECT_EQ(readableModelTime(50), "50 ms");
  EXPECT_EQ(readableModelTime(1500), "1.5 s");
  EXPECT_EQ(readableModelTime(3600000), "3600 s");
}

TEST(Summary, IsATableAndWhatItTook) {
  FakeProgram program(0.1, 10000);
  program.name("Coba");
  std::vector<FiringStatistics> firing = {{"N", false, 4000, 89120, 22.28, 1.7034, 0.00125},
                                          {"E", true, 3200, 71000, 22.1875, 1.7, 0.0},
                                          {"Input", false, 10, 0, 0, {}, 1}};
  snn_figures figures{};
  figures.synapses = 320000;
  figures.events = 7129600;
  figures.steps = 10000;
  figures.bytes = 2600000;
  figures.row_bytes = 1280000;
  figures.build_seconds = 0.0123;
  figures.loop_seconds = 0.05;
  EXPECT_EQ(summaryText({{program.description(), firing}}, figures),
            "Coba: 1 s in 10 000 steps, seed 42\n"
            "\n"
            "population   neurons   spikes   rate (Hz)   ISI CV    silent\n"
            "N              4 000   89 120       22.28     1.70     0.1 %\n"
            "  E            3 200   71 000       22.19     1.70     0.0 %\n"
            "Input             10        0        0.00        -   100.0 %\n"
            "\n"
            "wall time   50 ms, after 12.3 ms of construction\n"
            "RTF         0.05 (wall time / model time)\n"
            "synapses    320 000, 4 bytes each\n"
            "events      7 129 600, 143 million per second of wall time\n"
            "memory      2.6 MB\n");
}

TEST(Summary, OfARunThatDidNotGetAnywhereHasNoRatios) {
  FakeProgram program(0.1, 10000);
  EXPECT_EQ(summaryText({{program.description(), {}}}, {}),
            "Fake: 0 ms in 0 steps, seed 42\n"
            "\n"
            "wall time   0 us, after 0 us of construction\n"
            "synapses    0\n"
            "events      0\n"
            "memory      0 bytes\n");
}

TEST(Progress, SaysHowFarAndHowLong) {
  EXPECT_EQ(progressText(0, 0, 10000, 0.1, 0.6), "  0 %   0 ms of 1 s");
  EXPECT_EQ(progressText(0, 4200, 10000, 0.1, 8.4), " 42 %   420 ms of 1 s   RTF 20   11.6 s left");
  EXPECT_EQ(progressText(0, 10000, 10000, 0.1, 20), "100 %   1 s of 1 s   RTF 20   0 us left");
  // Continued at 600 ms: what went before took no time of this process.
  EXPECT_EQ(progressText(6000, 6000, 10000, 0.1, 0.6), " 60 %   600 ms of 1 s");
  EXPECT_EQ(progressText(6000, 8000, 10000, 0.1, 4), " 80 %   800 ms of 1 s   RTF 20   4 s left");
}

TEST(Progress, IsQuietWhereThereIsNoTerminal) {
  FakeProgram program;
  std::string text;
  llvm::raw_string_ostream stream(text);
  snn::recorder::RunDescription run = program.description();
  {
    ProgressLine line(run, stream);
    EXPECT_FALSE(line.sink().progress);
  }
  EXPECT_EQ(text, "");
}
