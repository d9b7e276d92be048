#include "Hdf5Reading.h"
#include "RecorderFixture.h"

#include <numeric>

using namespace snn::recorder;
using snn::test::FakeProgram;
using snn::test::Hdf5File;

using RecorderTest = snn::test::RecorderFixture;

TEST_F(RecorderTest, SpikesFollowSonata) {
  FakeProgram program(0.1, 1000);
  uint32_t n = program.population("N", 100);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 100);
  auto recorder = create(program);
  snn_sink sink = recorder->sink();
  const uint64_t first[] = {0, 3, 3}, second[] = {57, 999};
  const uint32_t firstNeurons[] = {7, 0, 99}, secondNeurons[] = {1, 2};
  EXPECT_EQ(sink.spikes(sink.user, record, 3, first, firstNeurons), 0);
  EXPECT_EQ(sink.progress(sink.user, 50, 1000), 0);
  EXPECT_EQ(sink.spikes(sink.user, record, 2, second, secondNeurons), 0);
  EXPECT_EQ(sink.progress(sink.user, 1000, 1000), 0);
  EXPECT_TRUE(recorder->close(Outcome::Complete));

  Hdf5File file(path());
  ASSERT_TRUE(file.isOpen());
  EXPECT_EQ(file.numbers("/spikes/N/timestamps"), (std::vector<double>{0, 3 * 0.1, 3 * 0.1, 57 * 0.1, 999 * 0.1}));
  EXPECT_EQ(file.numbers("/spikes/N/node_ids"), (std::vector<double>{7, 0, 99, 1, 2}));
  EXPECT_EQ(file.typeOf("/spikes/N/timestamps"), "float 8");
  EXPECT_EQ(file.typeOf("/spikes/N/node_ids"), "unsigned 8");
  EXPECT_EQ(file.text("/spikes/N/timestamps", "units"), "ms");
  EXPECT_EQ(file.enumerated("/spikes/N", "sorting"), "by_time");
}

TEST_F(RecorderTest, FileSaysWhatTheRunWas) {
  FakeProgram program(0.1, 1000);
  program.population("N", 1);
  auto recorder = create(program);
  snn_sink sink = recorder->sink();
  sink.progress(sink.user, 400, 1000);
  EXPECT_TRUE(recorder->close(Outcome::Interrupted, "by a signal"));

  Hdf5File file(path());
  ASSERT_TRUE(file.isOpen());
  EXPECT_EQ(file.number("/", "magic"), 0x0A7A);
  EXPECT_EQ(file.text("/", "network"), "Fake");
  EXPECT_EQ(file.text("/", "snnc_version"), "0.0.0");
  EXPECT_EQ(file.number("/", "dt"), 0.1);
  EXPECT_EQ(file.number("/", "duration"), 100);
  EXPECT_EQ(file.number("/", "seed"), 42);
  EXPECT_EQ(file.number("/", "simulated"), 40);
  EXPECT_EQ(file.text("/", "status"), "interrupted");
  EXPECT_EQ(file.text("/", "message"), "by a signal");
}

TEST_F(RecorderTest, TracesAreInTheAuthorsUnit) {
  FakeProgram program(0.1, 100);
  uint32_t n = program.population("N", 10, {{"V", "V", 1000.0}}); // base unit mV
  uint32_t record = program.recordField("V of N[4:6]", n, 0, 4, 6, 0.5);
  auto recorder = create(program);
  snn_sink sink = recorder->sink();
  const uint64_t steps[] = {4, 9};
  const float millivolts[] = {-60, -55, -70, -75};
  sink.samples(sink.user, record, 2, steps, 2, SNN_F32, millivolts);
  sink.progress(sink.user, 10, 100);
  EXPECT_TRUE(recorder->close(Outcome::Complete));

  Hdf5File file(path());
  ASSERT_TRUE(file.isOpen());
  EXPECT_EQ(file.shape("/report/N/V/data"), (std::vector<hsize_t>{2, 2}));
  std::vector<double> volts = file.numbers("/report/N/V/data");
  ASSERT_EQ(volts.size(), 4u);
  for (int k = 0; k < 4; ++k)
    EXPECT_FLOAT_EQ(volts[k], millivolts[k] / 1000);
  EXPECT_EQ(file.text("/report/N/V/data", "units"), "V");
  EXPECT_EQ(file.typeOf("/report/N/V/data"), "float 4");
  EXPECT_EQ(file.numbers("/report/N/V/mapping/node_ids"), (std::vector<double>{4, 5}));
  EXPECT_EQ(file.numbers("/report/N/V/mapping/index_pointers"), (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(file.numbers("/report/N/V/mapping/element_ids"), (std::vector<double>{0, 0}));
  EXPECT_EQ(file.typeOf("/report/N/V/mapping/element_ids"), "unsigned 4");
  EXPECT_EQ(file.numbers("/report/N/V/mapping/time"), (std::vector<double>{5 * 0.1, 15 * 0.1, 5 * 0.1}));
  EXPECT_EQ(file.text("/report/N/V/mapping/time", "units"), "ms");
}

TEST_F(RecorderTest, DoublePrecisionIsKept) {
  FakeProgram program(0.1, 100, SNN_F64);
  uint32_t n = program.population("N", 1, {{"V", "mV", 1.0}});
  uint32_t record = program.recordField("V of N", n, 0, 0, 1);
  auto recorder = create(program);
  snn_sink sink = recorder->sink();
  const uint64_t step = 0;
  const double value = -60.000000001;
  sink.samples(sink.user, record, 1, &step, 1, SNN_F64, &value);
  EXPECT_TRUE(recorder->close(Outcome::Complete));
  EXPECT_EQ(Hdf5File(path()).numbers("/report/N/V/data"), std::vector<double>{value});
}

TEST_F(RecorderTest, SonataReaderFindsTheFirstVariable) {
  FakeProgram program;
  uint32_t n = program.population("N", 2, {{"V", "mV", 1.0}, {"I", "pA", 1.0}});
  program.recordField("V of N", n, 0, 0, 2);
  program.recordField("I of N", n, 1, 0, 2);
  auto recorder = create(program);
  EXPECT_TRUE(recorder->close(Outcome::Complete));

  Hdf5File file(path());
  EXPECT_EQ(file.text("/report/N/data", "units"), "mV");
  EXPECT_EQ(file.numbers("/report/N/mapping/node_ids"), (std::vector<double>{0, 1}));
  EXPECT_EQ(file.text("/report/N/I/data", "units"), "pA");
}

TEST_F(RecorderTest, RecordsThatWouldMeetAreNamedByTheirRange) {
  FakeProgram program;
  uint32_t n = program.population("N", 100, {{"V", "mV", 1.0}});
  program.recordSpikes("spikes of E", n, 0, 80);
  program.recordSpikes("spikes of I", n, 80, 100);
  program.recordField("V of N[:5]", n, 0, 0, 5, 1);
  program.recordField("V of N[:5]", n, 0, 0, 5, 0.1);
  auto recorder = create(program);
  EXPECT_TRUE(recorder->close(Outcome::Complete));

  Hdf5File file(path());
  EXPECT_EQ(file.text("/spikes/N[0:80]", "record"), "spikes of E");
  EXPECT_EQ(file.text("/spikes/N[80:100]", "population"), "N");
  EXPECT_TRUE(file.has("/report/N/V[0:5]/data"));
  EXPECT_TRUE(file.has("/report/N/V[0:5]#2/data"));
}

TEST_F(RecorderTest, LongAndWideRecordsReadBack) {
  FakeProgram program(0.1, 3000);
  uint32_t n = program.population("N", 20000, {{"V", "mV", 1.0}});
  uint32_t spikes = program.recordSpikes("spikes of N", n, 0, 20000);
  uint32_t wide = program.recordField("V of N", n, 0, 0, 20000, 10);
  uint32_t narrow = program.recordField("V of N[:3]", n, 0, 0, 3);
  auto recorder = create(program, {.ifExists = IfExists::Fail, .savingShare = 1});
  snn_sink sink = recorder->sink();
  std::vector<float> frame(20000);
  std::vector<double> expectedNeurons;
  for (uint64_t k = 0; k < 3000; ++k) {
    std::vector<uint64_t> steps(17, k);
    std::vector<uint32_t> neurons(17);
    std::iota(neurons.begin(), neurons.end(), static_cast<uint32_t>(k));
    sink.spikes(sink.user, spikes, 17, steps.data(), neurons.data());
    expectedNeurons.insert(expectedNeurons.end(), neurons.begin(), neurons.end());
    const float three[] = {float(k), float(k + 1), float(k + 2)};
    sink.samples(sink.user, narrow, 1, &k, 3, SNN_F32, three);
    if ((k + 1) % 100 == 0) {
      std::iota(frame.begin(), frame.end(), static_cast<float>(k));
      sink.samples(sink.user, wide, 1, &k, 20000, SNN_F32, frame.data());
    }
    sink.progress(sink.user, k + 1, 3000);
  }
  EXPECT_TRUE(recorder->close(Outcome::Complete)) << recorder->message();

  Hdf5File file(path());
  EXPECT_EQ(file.numbers("/spikes/N/node_ids"), expectedNeurons);
  std::vector<double> samples = file.numbers("/report/N/V[0:3]/data");
  ASSERT_EQ(samples.size(), 9000u);
  for (size_t k = 0; k < samples.size(); ++k)
    ASSERT_EQ(samples[k], double(k / 3 + k % 3));
  EXPECT_EQ(file.shape("/report/N/V[0:20000]/data"), (std::vector<hsize_t>{30, 20000}));
  samples = file.numbers("/report/N/V[0:20000]/data");
  for (size_t k = 0; k < samples.size(); ++k)
    ASSERT_EQ(samples[k], double((k / 20000 + 1) * 100 - 1 + k % 20000));
  EXPECT_EQ(file.numbers("/report/N/V[0:20000]/mapping/node_ids").back(), 19999);
}

TEST_F(RecorderTest, ManyPopulationsReadBack) {
  FakeProgram program(0.1, 60);
  std::vector<std::string> names;
  for (int p = 0; p < 120; ++p)
    names.push_back("P[" + std::to_string(p) + "]");
  for (const std::string &name : names) {
    uint32_t p = program.population(name.c_str(), 10, {{"V", "mV", 1.0}});
    program.recordSpikes("spikes", p, 0, 10);
    program.recordField("V", p, 0, 0, 10);
  }
  auto recorder = create(program, {.savingShare = 1});
  snn_sink sink = recorder->sink();
  const std::vector<float> V(10, -60);
  for (uint64_t k = 0; k < 60; ++k) {
    for (uint32_t p = 0; p < 120; ++p) {
      uint32_t neuron = (p + k) % 10;
      sink.spikes(sink.user, 2 * p, 1, &k, &neuron);
      sink.samples(sink.user, 2 * p + 1, 1, &k, 10, SNN_F32, V.data());
    }
    ASSERT_EQ(sink.progress(sink.user, k + 1, 60), 0);
  }
  EXPECT_TRUE(recorder->close(Outcome::Complete)) << recorder->message();

  Hdf5File file(path());
  ASSERT_TRUE(file.isOpen());
  for (uint32_t p = 0; p < 120; ++p) {
    std::vector<double> ids = file.numbers("/spikes/" + names[p] + "/node_ids");
    ASSERT_EQ(ids.size(), 60u);
    EXPECT_EQ(ids[57], (p + 57) % 10);
    EXPECT_EQ(file.shape("/report/" + names[p] + "/V/data"), (std::vector<hsize_t>{60, 10}));
  }
}

TEST_F(RecorderTest, ExistingFileIsLeftAlone) {
  FakeProgram program;
  program.population("N", 1);
  create(program)->close(Outcome::Complete);
  std::string message;
  EXPECT_FALSE(Recorder::create(path(), program.description(), {}, message));
  EXPECT_EQ(message, "`" + path() + "` exists already");
  EXPECT_EQ(Hdf5File(path()).text("/", "status"), "complete");
}

TEST_F(RecorderTest, ExistingFileIsReplacedOnRequest) {
  FakeProgram program;
  program.population("N", 1);
  create(program)->close(Outcome::Complete);
  create(program, {.ifExists = IfExists::Replace})->close(Outcome::Interrupted);
  EXPECT_EQ(Hdf5File(path()).text("/", "status"), "interrupted");
}

TEST_F(RecorderTest, PathThatCannotBeWrittenIsNamed) {
  FakeProgram program;
  program.population("N", 1);
  std::string message, missing = path("no/such/folder.h5");
  EXPECT_FALSE(Recorder::create(missing, program.description(), {}, message));
  EXPECT_EQ(message, "cannot create `" + missing + "`: no such file or directory");
}
