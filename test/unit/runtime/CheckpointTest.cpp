// Files of checkpoints: written whole or not at all, believed only when they are whole and fit.

#include "CheckpointFormat.h"
#include "ContentHash.h"
#include "LifNetwork.h"
#include "Sanitizers.h"
#include "TestSimulation.h"

#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn::test;
using namespace snn::runtime;

namespace fs = std::filesystem;

namespace {

/// 500 neurons with drawn weights and delays, in a folder of the test's own.
class Checkpoint : public testing::Test {
protected:
  Checkpoint()
      : folder(fs::temp_directory_path() / ("snn-checkpoints-" + std::to_string(getpid()))), file(folder / "saved") {
    fs::create_directories(folder);
    makeNetwork(network);
  }
  ~Checkpoint() override { fs::remove_all(folder); }

  static void makeNetwork(LifNetwork &network, double weight = 0.02) {
    network.add({.name = "N", .V0 = [](uint32_t i) { return -60 + 9.9 * ((37 * i) % 101) / 101.0; }}, 500);
    network.add({.source = {0, 0, 500},
                 .target = {0, 0, 500},
                 .rule = SNN_FIXED_OUTDEGREE,
                 .number = 40,
                 .weight = weight,
                 .weightDeviation = 0.01,
                 .delay = 1.5,
                 .delayDeviation = 0.5});
    network.recordSpikes({0, 0, 500});
    network.finish();
  }

  /// A simulation of 300 steps, saved.
  SimulationPointer save() {
    SimulationPointer simulation = build(network);
    EXPECT_EQ(snn_advance(simulation.get(), 300, nullptr), SNN_OK);
    EXPECT_EQ(snn_save(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
    return simulation;
  }

  std::string bytes() const {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void write(const std::string &content) const { std::ofstream(file, std::ios::binary) << content; }

  std::string refusal() {
    SimulationPointer simulation = build(network);
    if (snn_restore(simulation.get(), file.c_str()) == SNN_OK)
      return "restored";
    std::string message = snn_message(simulation.get());
    // It can be used as if nothing had been tried.
    EXPECT_EQ(snn_step(simulation.get()), 0u);
    EXPECT_EQ(snn_advance(simulation.get(), 1, nullptr), SNN_OK) << snn_message(simulation.get());
    size_t name = message.find(file.string());
    return name == std::string::npos ? message : message.replace(name, file.string().size(), "FILE");
  }

  /// Changes the file and makes all hashes right again, as the writer of a file that makes no sense would.
  void forge(const std::function<void(CheckpointSection *table, std::string &file)> &change) {
    std::string content = bytes();
    CheckpointHeader header;
    std::memcpy(&header, content.data(), sizeof header);
    auto *table = reinterpret_cast<CheckpointSection *>(content.data() + header.tableOffset);
    change(table, content);
    for (uint32_t s = 0; s < header.sections; ++s)
      if (table[s].offset <= content.size() && table[s].bytes <= content.size() - table[s].offset)
        table[s].hash = ContentHash::of(content.data() + table[s].offset, table[s].bytes);
    header.tableHash = ContentHash::of(table, header.sections * sizeof *table);
    header.headerHash = ContentHash::of(&header, offsetof(CheckpointHeader, headerHash));
    std::memcpy(content.data(), &header, sizeof header);
    write(content);
  }

  static CheckpointSection &section(CheckpointSection *table, SectionName name) {
    while (table->name != name)
      ++table;
    return *table;
  }

  const fs::path folder, file;
  LifNetwork network;
};

} // namespace

TEST_F(Checkpoint, MayBeRestoredAgainAndAgain) {
  SimulationPointer simulation = save();
  Recording first, second, third;
  snn_sink sink = first.sink();
  ASSERT_EQ(snn_advance(simulation.get(), 500, &sink), SNN_OK);
  EXPECT_GT(first.spikes[0].size(), 500u);
  for (Recording *again : {&second, &third}) {
    ASSERT_EQ(snn_restore(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
    EXPECT_EQ(snn_step(simulation.get()), 300u);
    sink = again->sink();
    ASSERT_EQ(snn_advance(simulation.get(), 500, &sink), SNN_OK);
    EXPECT_TRUE(*again == first);
  }
}

TEST_F(Checkpoint, OfTheFirstStepHoldsInitialValues) {
  SimulationPointer simulation = build(network);
  ASSERT_EQ(snn_save(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
  ASSERT_EQ(snn_advance(simulation.get(), 100, nullptr), SNN_OK);
  ASSERT_EQ(snn_restore(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
  EXPECT_EQ(snn_step(simulation.get()), 0u);
  EXPECT_EQ(read(simulation, "N.V", 3), -60 + 9.9 * ((37 * 3) % 101) / 101.0);
}

TEST_F(Checkpoint, BringsBackARunThatHasFailed) {
  SimulationPointer simulation = save();
  network.onStep = [](snn_state &, snn_worker &worker, uint64_t step) {
    if (step == 350)
      static_cast<double *>(worker.fields[LifNetwork::V])[3] = NAN;
  };
  EXPECT_EQ(snn_advance(simulation.get(), 500, nullptr), SNN_NOT_FINITE);
  EXPECT_EQ(snn_save(simulation.get(), (folder / "broken").c_str()), SNN_WRONG_USE);
  EXPECT_STREQ(snn_message(simulation.get()), "a run that has failed cannot be saved");
  network.onStep = nullptr;
  ASSERT_EQ(snn_restore(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
  EXPECT_EQ(snn_advance(simulation.get(), 500, nullptr), SNN_OK) << snn_message(simulation.get());
}

TEST_F(Checkpoint, IsTakenOnlyBetweenCallsOfABuiltSimulation) {
  SimulationPointer simulation = create(network);
  EXPECT_EQ(snn_save(simulation.get(), file.c_str()), SNN_WRONG_USE);
  EXPECT_STREQ(snn_message(simulation.get()), "the network has to be built before it is saved");
  EXPECT_EQ(snn_restore(simulation.get(), file.c_str()), SNN_WRONG_USE);
  EXPECT_STREQ(snn_message(simulation.get()), "the network has to be built before it is restored");
  ASSERT_EQ(snn_build(simulation.get()), SNN_OK);
  EXPECT_EQ(snn_save(simulation.get(), nullptr), SNN_WRONG_USE);
  struct Call {
    snn_simulation *simulation;
    const char *path;
    snn_status status;
  } call{simulation.get(), file.c_str(), SNN_OK};
  snn_sink sink{};
  sink.user = &call;
  sink.progress = [](void *user, uint64_t, uint64_t) {
    auto *call = static_cast<Call *>(user);
    call->status = snn_save(call->simulation, call->path);
    return 0;
  };
  EXPECT_EQ(snn_advance(simulation.get(), 10, &sink), SNN_OK);
  EXPECT_EQ(call.status, SNN_WRONG_USE);
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(Checkpoint, ThatIsCutShortIsRefused) {
  save();
  const std::string whole = bytes();
  for (size_t length : {size_t(0), size_t(5), size_t(8), size_t(47), size_t(48), whole.size() / 2, whole.size() - 1}) {
    write(whole.substr(0, length));
    std::string expected = "the checkpoint `FILE` is damaged: it has " + std::to_string(length) + " of its " +
                           std::to_string(whole.size()) + " bytes";
    EXPECT_EQ(refusal(), length < 8    ? "`FILE` is not a checkpoint"
                         : length < 48 ? "the checkpoint `FILE` is damaged: not even its header is whole"
                                       : expected);
  }
}

TEST_F(Checkpoint, WithAWrongBitAnywhereIsRefused) {
  save();
  const std::string whole = bytes();
  for (size_t at = 0; at < whole.size(); at += 1 + whole.size() / 300) {
    std::string wrong = whole;
    wrong[at] = char(wrong[at] ^ 0x10);
    write(wrong);
    std::string message = refusal();
    // Bytes that fill up to the start of a section belong to none.
    if (message != "restored")
      EXPECT_TRUE(message.starts_with("the checkpoint `FILE` ") || message == "`FILE` is not a checkpoint") << message;
    else
      EXPECT_EQ(whole[at], 0) << at;
  }
}

TEST_F(Checkpoint, OfAnotherKindIsRefused) {
  write("what was there before, and longer than the header of a checkpoint is");
  EXPECT_EQ(refusal(), "`FILE` is not a checkpoint");
  fs::remove(file);
  EXPECT_EQ(refusal(), "cannot read the checkpoint `FILE`: no such file or directory");
  fs::create_directory(file);
  EXPECT_EQ(refusal(), "cannot read the checkpoint `FILE`: it is not a regular file");
}

TEST_F(Checkpoint, OfALaterFormatIsRefused) {
  save();
  std::string content = bytes();
  content[offsetof(CheckpointHeader, version)] = 3;
  write(content);
  EXPECT_EQ(refusal(), "the checkpoint `FILE` has format 3; this snnc reads format 2");
}

TEST_F(Checkpoint, OfOtherSynapsesIsRefused) {
  LifNetwork other;
  makeNetwork(other, 0.03);
  SimulationPointer simulation = build(other);
  ASSERT_EQ(snn_save(simulation.get(), file.c_str()), SNN_OK);
  EXPECT_EQ(refusal(), "the checkpoint `FILE` does not fit: the synapses of `N -> N` are not those it was saved with");
}

TEST_F(Checkpoint, OfAnotherRunIsRefused) {
  auto expect = [&](const std::function<void(snn_simulation *)> &change, const std::string &message) {
    SimulationPointer simulation = create(network);
    change(simulation.get());
    ASSERT_EQ(snn_build(simulation.get()), SNN_OK) << snn_message(simulation.get());
    ASSERT_EQ(snn_save(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
    EXPECT_EQ(refusal(), message);
  };
  auto set = [&](const char *name, double value) {
    return [=, this](snn_simulation *simulation) { snn_set_at(simulation, network.setting(name), value); };
  };
  expect(set("dt", 0.05), "the checkpoint `FILE` does not fit: `dt` was 0.05 ms when it was saved and is 0.1 ms now");
  expect(set("N.size", 600),
         "the checkpoint `FILE` does not fit: `N` had 600 neurons when it was saved and has 500 now");
  expect([](snn_simulation *simulation) { snn_set_seed(simulation, 7); },
         "the checkpoint `FILE` does not fit: the seed was 7 when it was saved and is 42 now");
  expect(set("duration", 1000), "restored");
}

TEST_F(Checkpoint, ThatMakesNoSenseIsRefused) {
  const std::string damaged = "the checkpoint `FILE` is damaged: ";
  auto expect = [&](const std::function<void(CheckpointSection *, std::string &)> &change, const std::string &message) {
    save();
    forge(change);
    EXPECT_EQ(refusal(), message);
  };
  const SectionName about{SectionKind::About}, spikes{SectionKind::Spikes, 0},
      voltage{SectionKind::NeuronField, 0, LifNetwork::V};
  expect([](CheckpointSection *, std::string &) {}, "restored");
  expect([](CheckpointSection *table, std::string &) { table->offset = uint64_t(1) << 60; },
         damaged + "a section lies outside");
  expect([](CheckpointSection *table, std::string &) { table->bytes = UINT64_MAX; },
         damaged + "a section lies outside");
  expect([](CheckpointSection *table, std::string &) { table[1].name = table[2].name; },
         damaged + "it has a section twice");
  expect([&](CheckpointSection *table, std::string &) { section(table, spikes).name.index = 7; },
         damaged + "a section is missing");
  expect([&](CheckpointSection *table, std::string &) { section(table, voltage).bytes -= 8; },
         damaged + "a section has not the size it should have");
  expect([&](CheckpointSection *table, std::string &) { section(table, about).bytes -= 3; },
         damaged + "it ends too early");
  expect([&](CheckpointSection *table, std::string &content) { content[section(table, about).offset + 3] = 0x7f; },
         damaged + "it ends too early");
  expect([&](CheckpointSection *table, std::string &content) { content[section(table, spikes).offset + 5] = 1; },
         damaged + "it lists fewer spikes than it counts");
  expect(
      [&](CheckpointSection *table, std::string &content) {
        const CheckpointSection &lists = section(table, spikes);
        content[lists.offset + lists.bytes - 1] = 1; // a neuron beyond the population
      },
      damaged + "it lists a spike that cannot be");
  expect([&](CheckpointSection *table, std::string &) { section(table, voltage).name.kind = SectionKind(77); },
         "the checkpoint `FILE` has something that this snnc does not know (a section of kind 77)");
  // A later version may add what an earlier one need not understand.
  save();
  forge([](CheckpointSection *table, std::string &content) {
    CheckpointHeader header;
    std::memcpy(&header, content.data(), sizeof header);
    EXPECT_EQ(table[header.sections - 1].name.kind, SectionKind::Spikes);
    table[header.sections - 1].name.kind = SectionKind(optionalSections);
  });
  EXPECT_EQ(refusal(), damaged + "a section is missing");
}

TEST_F(Checkpoint, ReplacesOnlyACheckpoint) {
  write("notes");
  SimulationPointer simulation = build(network);
  EXPECT_EQ(snn_save(simulation.get(), file.c_str()), SNN_BAD_FILE);
  EXPECT_EQ(bytes(), "notes");
  EXPECT_EQ(snn_save(simulation.get(), "/dev/null"), SNN_BAD_FILE);
  EXPECT_STREQ(snn_message(simulation.get()), "cannot save to `/dev/null`: it is not a regular file");
  write("");
  EXPECT_EQ(snn_save(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
  EXPECT_EQ(snn_save(simulation.get(), file.c_str()), SNN_OK) << snn_message(simulation.get());
  // Through a link, the file it stands for is replaced.
  fs::create_symlink(file, folder / "link");
  EXPECT_EQ(snn_save(simulation.get(), (folder / "link").c_str()), SNN_OK) << snn_message(simulation.get());
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 2) << "something unfinished is left";
}

TEST_F(Checkpoint, ThatCannotBeWrittenLeavesTheOldOne) {
  SimulationPointer simulation = save();
  const std::string before = bytes();
  pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    rlimit limit{10000, 10000}; // as on a full disk
    setrlimit(RLIMIT_FSIZE, &limit);
    bool isRefused = snn_save(simulation.get(), file.c_str()) == SNN_BAD_FILE;
    std::string message = snn_message(simulation.get());
    _exit(isRefused && message == "cannot write the checkpoint `" + file.string() + "`: file too large" ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(bytes(), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "something unfinished is left";
  EXPECT_EQ(snn_save(simulation.get(), (folder / "nowhere" / "saved").c_str()), SNN_BAD_FILE);
}

TEST_F(Checkpoint, IsWholeWheneverTheProcessIsKilled) {
  save();
  const std::string first = bytes();
  for (unsigned attempt = 0; attempt < 30; ++attempt) {
    pid_t child = fork();
    if (child == 0) {
      SimulationPointer simulation = build(network);
      for (;;)
        if (snn_advance(simulation.get(), 1, nullptr) != SNN_OK || snn_save(simulation.get(), file.c_str()) != SNN_OK)
          _exit(1);
    }
    usleep(snn::test::slowdown * (2000 + attempt * 397 % 9000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    ASSERT_EQ(refusal(), "restored") << "attempt " << attempt;
  }
  EXPECT_NE(bytes(), first);
}
