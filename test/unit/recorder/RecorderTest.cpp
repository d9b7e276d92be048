#include "FakeProgram.h"
#include "Hdf5Reading.h"

#include "snn/recorder/Recorder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
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

// The writer is another process: within one, HDF5 would hand out the file it has open already.
TEST_F(RecorderTest, FileIsReadableWhileItIsWritten) {
  FakeProgram program;
  uint32_t n = program.population("N", 10);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 10);
  int go[2], done[2];
  ASSERT_EQ(pipe(go), 0);
  ASSERT_EQ(pipe(done), 0);
  pid_t writer = fork();
  if (writer == 0) {
    close(go[1]);
    std::string message;
    auto recorder = Recorder::create(path(), program.description(), {.savingShare = 1}, message);
    snn_sink sink = recorder->sink();
    uint64_t step;
    while (read(go[0], &step, sizeof step) == sizeof step) {
      uint32_t neuron = step % 10;
      sink.spikes(sink.user, record, 1, &step, &neuron);
      sink.progress(sink.user, step + 1, 1000);
      if (write(done[1], &step, sizeof step) != sizeof step)
        break;
    }
    _exit(recorder->close(Outcome::Complete) ? 0 : 1);
  }
  for (uint64_t step = 0; step < 20; ++step) {
    uint64_t answer;
    ASSERT_EQ(write(go[1], &step, sizeof step), ssize_t(sizeof step));
    ASSERT_EQ(read(done[0], &answer, sizeof answer), ssize_t(sizeof answer));
    Hdf5File file(path());
    ASSERT_TRUE(file.isOpen());
    EXPECT_EQ(file.text("/", "status"), "running");
    EXPECT_EQ(file.numbers("/spikes/N/node_ids").size(), step + 1);
  }
  close(go[1]);
  int status = 0;
  waitpid(writer, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(Hdf5File(path()).text("/", "status"), "complete");
}

// A child records without end and says through a pipe which chunks it has handed over; it is killed at moments that do not
// depend on what it is doing. Chunk c has one spike of neuron c % 100 in every step, and one sample of c in the first.
TEST_F(RecorderTest, KilledProcessLeavesAReadableFile) {
  constexpr uint64_t stepsPerChunk = 64;
  FakeProgram program(0.1, 1u << 30);
  uint32_t n = program.population("N", 100, {{"V", "mV", 1.0}});
  uint32_t spikes = program.recordSpikes("spikes of N", n, 0, 100);
  uint32_t trace = program.recordField("V of N[:1]", n, 0, 0, 1, 6.4);

  for (unsigned attempt = 0; attempt < 60; ++attempt) {
    std::string name = path(("killed-" + std::to_string(attempt) + ".h5").c_str());
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
      std::string message;
      auto recorder = Recorder::create(name, program.description(), {.savingShare = 1}, message);
      snn_sink sink = recorder->sink();
      for (uint64_t chunk = 0;; ++chunk) {
        std::vector<uint64_t> steps(stepsPerChunk);
        std::iota(steps.begin(), steps.end(), chunk * stepsPerChunk);
        std::vector<uint32_t> neurons(stepsPerChunk, chunk % 100);
        auto value = static_cast<float>(chunk);
        sink.spikes(sink.user, spikes, stepsPerChunk, steps.data(), neurons.data());
        sink.samples(sink.user, trace, 1, &steps.back(), 1, SNN_F32, &value);
        sink.progress(sink.user, (chunk + 1) * stepsPerChunk, 1u << 30);
        if (write(ends[1], &chunk, sizeof chunk) != sizeof chunk)
          _exit(1);
      }
    }
    close(ends[1]);
    uint64_t chunk = 0, handedOver = 0;
    while (handedOver < 20 + attempt * 7 && read(ends[0], &chunk, sizeof chunk) == sizeof chunk)
      handedOver = chunk + 1;
    usleep(attempt * 37 % 500);
    kill(child, SIGKILL);
    while (read(ends[0], &chunk, sizeof chunk) == sizeof chunk)
      handedOver = chunk + 1;
    close(ends[0]);
    waitpid(child, nullptr, 0);

    Hdf5File file(name);
    ASSERT_TRUE(file.isOpen()) << "attempt " << attempt;
    EXPECT_EQ(file.text("/", "status"), "running");
    std::vector<double> times = file.numbers("/spikes/N/timestamps"), ids = file.numbers("/spikes/N/node_ids");
    std::vector<double> samples = file.numbers("/report/N/V/data");
    uint64_t chunks = samples.size();
    EXPECT_GE(chunks, handedOver);
    EXPECT_LE(chunks, handedOver + 1);
    EXPECT_EQ(ids.size(), chunks * stepsPerChunk);
    ASSERT_EQ(times.size(), ids.size());
    for (size_t k = 0; k < times.size(); ++k) {
      ASSERT_EQ(times[k], static_cast<double>(k) * 0.1);
      ASSERT_EQ(ids[k], static_cast<double>(k / stepsPerChunk % 100));
    }
    for (uint64_t k = 0; k < chunks; ++k)
      ASSERT_EQ(samples[k], static_cast<double>(k));
    EXPECT_NEAR(file.number("/", "simulated"), static_cast<double>(chunks * stepsPerChunk) * 0.1, 1e-6);
    EXPECT_NEAR(file.numbers("/report/N/V/mapping/time")[1], static_cast<double>(chunks + 1) * 6.4, 1e-6);
  }
}

/// Records in another process until the file may not grow any more, as on a full disk. Returns what that process printed;
/// its exit status is 0 if the recorder did as it says.
static std::string fillDisk(FakeProgram &program, uint32_t record, const std::string &file, double savingShare, int &status) {
  std::string output = file + ".stderr";
  pid_t child = fork();
  if (child == 0) {
    if (!freopen(output.c_str(), "w", stderr))
      _exit(3);
    signal(SIGXFSZ, SIG_IGN);
    rlimit limit{1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::string message;
    auto recorder = Recorder::create(file, program.description(), {.savingShare = savingShare}, message);
    snn_sink sink = recorder->sink();
    int stop = 0;
    for (uint64_t k = 0; k < 1000000 && !stop; ++k) {
      std::vector<uint64_t> steps(100, k);
      std::vector<uint32_t> neurons(100);
      std::iota(neurons.begin(), neurons.end(), 0u);
      stop = sink.spikes(sink.user, record, 100, steps.data(), neurons.data());
      stop |= sink.progress(sink.user, k + 1, 1000000);
    }
    bool good = stop && recorder->failed() && recorder->message() == "cannot write `" + file + "`: file too large" &&
                sink.progress(sink.user, 1000000, 1000000) != 0 && !recorder->close(Outcome::Complete);
    recorder.reset();
    exit(good ? 0 : 1); // HDF5 closes what it thinks is still open, and complains if it cannot
  }
  waitpid(child, &status, 0);
  std::ifstream printed(output);
  return {std::istreambuf_iterator<char>(printed), {}};
}

TEST_F(RecorderTest, DiskThatFillsUpStopsTheRunAndKeepsWhatWasSaved) {
  FakeProgram program(0.1, 1000000);
  uint32_t n = program.population("N", 1000);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 1000);
  int status = 0;
  EXPECT_EQ(fillDisk(program, record, path(), 1, status), "");
  EXPECT_EQ(status, 0);

  Hdf5File file(path());
  ASSERT_TRUE(file.isOpen());
  EXPECT_EQ(file.text("/", "status"), "failed");
  EXPECT_EQ(file.text("/", "message"), "cannot write `" + path() + "`: file too large");
  std::vector<double> ids = file.numbers("/spikes/N/node_ids");
  EXPECT_EQ(ids.size(), file.numbers("/spikes/N/timestamps").size());
  EXPECT_GT(ids.size(), 50000u); // of the 65536 that fit into 1 MiB
  for (size_t k = 0; k < ids.size(); ++k)
    ASSERT_EQ(ids[k], static_cast<double>(k % 100));
}

// Here it is not a save that fails but data on their way out of HDF5's cache.
TEST_F(RecorderTest, DiskThatFillsUpBetweenSavesIsNoticed) {
  FakeProgram program(0.1, 1000000);
  uint32_t n = program.population("N", 1000);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 1000);
  int status = 0;
  EXPECT_EQ(fillDisk(program, record, path(), 1e-9, status), "");
  EXPECT_EQ(status, 0);
  EXPECT_EQ(Hdf5File(path()).text("/", "status"), "failed");
}

TEST_F(RecorderTest, FileThatCannotEvenBeginIsNotLeftBehind) {
  FakeProgram program;
  program.population("N", 10);
  pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    rlimit limit{100, 100};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::string message;
    bool made = Recorder::create(path(), program.description(), {}, message) != nullptr;
    _exit(!made && message == "cannot create `" + path() + "`: file too large" ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_FALSE(std::filesystem::exists(path()));
}
