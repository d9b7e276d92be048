#include "FakeProgram.h"
#include "Hdf5Reading.h"

#include "snn/recorder/Recorder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <numeric>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn::recorder;
using snn::test::FakeProgram;
using snn::test::Hdf5File;

namespace {

/// A fresh folder for each test.
class RecorderTest : public testing::Test {
protected:
  RecorderTest() {
    folder_ = std::filesystem::temp_directory_path() /
              ("snn-recorder-" + std::to_string(getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  ~RecorderTest() override {
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    std::filesystem::remove_all(folder_);
  }

  std::string path(const char *name = "out.h5") const { return folder_ / name; }

  std::unique_ptr<Recorder> create(FakeProgram &program, const RecorderOptions &options = {}) {
    std::string message;
    auto recorder = Recorder::create(path(), program.description(), options, message);
    EXPECT_TRUE(recorder) << message;
    return recorder;
  }

private:
  std::filesystem::path folder_;
};

} // namespace

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

TEST_F(RecorderTest, FileIsReadableWhileItIsWritten) {
  FakeProgram program;
  uint32_t n = program.population("N", 10);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 10);
  auto recorder = create(program, {.savingShare = 1});
  snn_sink sink = recorder->sink();
  for (uint64_t k = 0; k < 20; ++k) {
    uint32_t neuron = k % 10;
    sink.spikes(sink.user, record, 1, &k, &neuron);
    sink.progress(sink.user, k + 1, 1000);
    // Another process: in one process, HDF5 would hand out the file it has open.
    pid_t reader = fork();
    if (reader == 0) {
      H5close();
      Hdf5File file(path());
      bool good = file.isOpen() && file.text("/", "status") == "running" &&
                  file.numbers("/spikes/N/node_ids").size() == k + 1;
      _exit(good ? 0 : 1);
    }
    int status = 0;
    waitpid(reader, &status, 0);
    ASSERT_EQ(status, 0) << "after chunk " << k;
  }
}
