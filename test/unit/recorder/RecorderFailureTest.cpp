// What a recorder leaves behind when it, or its process, comes to grief.

#include "Hdf5Reading.h"
#include "RecorderFixture.h"

#include <csignal>
#include <fstream>
#include <iterator>
#include <numeric>

#include <sys/resource.h>
#include <sys/wait.h>

using namespace snn::recorder;
using snn::test::FakeProgram;
using snn::test::Hdf5File;

using RecorderFailureTest = snn::test::RecorderFixture;

// The writer is another process: within one, HDF5 would hand out the file it has open already.
TEST_F(RecorderFailureTest, FileIsReadableWhileItIsWritten) {
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
TEST_F(RecorderFailureTest, KilledProcessLeavesAReadableFile) {
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

TEST_F(RecorderFailureTest, DiskThatFillsUpStopsTheRunAndKeepsWhatWasSaved) {
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
TEST_F(RecorderFailureTest, DiskThatFillsUpBetweenSavesIsNoticed) {
  FakeProgram program(0.1, 1000000);
  uint32_t n = program.population("N", 1000);
  uint32_t record = program.recordSpikes("spikes of N", n, 0, 1000);
  int status = 0;
  EXPECT_EQ(fillDisk(program, record, path(), 1e-9, status), "");
  EXPECT_EQ(status, 0);
  EXPECT_EQ(Hdf5File(path()).text("/", "status"), "failed");
}

TEST_F(RecorderFailureTest, FileThatCannotEvenBeginIsNotLeftBehind) {
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
