#include "snn/recorder/Recorder.h"

#include "FileSentence.h"
#include "NewFile.h"
#include "SonataFile.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <new>
#include <optional>

namespace snn::recorder {

using Clock = std::chrono::steady_clock;

static const char *nameOf(Outcome outcome) {
  switch (outcome) {
  case Outcome::Complete:
    return "complete";
  case Outcome::Interrupted:
    return "interrupted";
  case Outcome::Failed:
    return "failed";
  }
  return "";
}

class Recorder::Implementation {
public:
  Implementation(std::string path, const std::vector<RunDescription> &runs, const RecorderOptions &options)
      : path(std::move(path)), runs(runs), options(options) {
    for (uint32_t copy = 0; copy < runs.size(); ++copy)
      copies.push_back({*this, copy});
  }

  /// The file gets its name when all is in it that does not grow: until then, what was there before is there, and from then
  /// on, a file that opens.
  void create() {
    runGuarded("create", [&] {
      NewFile begun(path);
      file.emplace(begun.unfinishedPath(), H5F_ACC_EXCL, runs, control);
      if (!control.error)
        control.error = begun.giveName(options.ifExists);
    });
    if (!message.empty())
      abandonSilently();
  }

  /// Does some of the recording, unless it has failed or ended. A failure ends it. Returns what a sink returns.
  template <typename Work> int attempt(Work work) {
    if (message.empty() && file) {
      runGuarded("write", work);
      if (!message.empty())
        abandon();
    }
    return !message.empty();
  }

  /// Keeps what goes wrong in `message`.
  template <typename Work> void runGuarded(const char *verb, Work work) {
    hdf5::Silence silence;
    try {
      work();
      if (control.error) // which HDF5 is not told
        throw hdf5::Failure("not written");
    } catch (const hdf5::Failure &failure) {
      message = fileSentence(verb, path, control.error, failure.what());
    } catch (const std::bad_alloc &) {
      message = fileSentence(verb, path, ENOMEM, "");
    }
  }

  void saveIfDue(uint32_t copy, uint64_t done) {
    file->advance(copy, done);
    Clock::duration since = Clock::now() - lastSave;
    if (since >= std::chrono::seconds(1) || since * options.savingShare >= lastCost || options.savingShare >= 1)
      save();
  }

  void save() {
    Clock::time_point begin = Clock::now();
    file->save();
    lastSave = Clock::now();
    lastCost = lastSave - begin;
  }

  /// HDF5 would try again and again to write what it could not; it is told that it succeeded, and the file on disk stays as
  /// it was last saved.
  void abandon() {
    abandonSilently();
    hdf5::Silence silence;
    control.discard = false;
    control.error = 0;
    try {
      SonataFile::setOutcome(path, control, "failed", message);
    } catch (const hdf5::Failure &) {
      // Then it says `running`, which is what it was when it was last saved.
    }
  }

  void abandonSilently() {
    hdf5::Silence silence;
    control.discard = true;
    file.reset();
  }

  /// What a sink points to.
  struct CopyOfRun {
    Implementation &recorder;
    uint32_t copy;
  };

  std::string path;
  const std::vector<RunDescription> runs;
  std::vector<CopyOfRun> copies;
  RecorderOptions options;
  AtomicFileControl control;
  std::optional<SonataFile> file; ///< none: closed
  std::string message;            ///< empty: nothing has failed
  Clock::time_point lastSave = Clock::now();
  Clock::duration lastCost{};
};

std::unique_ptr<Recorder> Recorder::create(const std::string &path, const std::vector<RunDescription> &runs,
                                           const RecorderOptions &options, std::string &message) {
  auto implementation = std::make_unique<Implementation>(path, runs, options);
  implementation->create();
  if (!implementation->message.empty()) {
    message = implementation->message;
    return nullptr;
  }
  return std::unique_ptr<Recorder>(new Recorder(std::move(implementation)));
}

Recorder::Recorder(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}

Recorder::~Recorder() { close(Outcome::Interrupted); }

snn_sink Recorder::sink(uint32_t copy) {
  using CopyOfRun = Implementation::CopyOfRun;
  snn_sink sink{};
  sink.user = &implementation_->copies[copy];
  sink.spikes = [](void *user, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    CopyOfRun &own = *static_cast<CopyOfRun *>(user);
    Implementation &self = own.recorder;
    return self.attempt([&] { self.file->appendSpikes(own.copy, record, n, step, neuron); });
  };
  sink.samples = [](void *user, uint32_t record, uint64_t n, const uint64_t *step, uint32_t, uint8_t type,
                    const void *values) {
    CopyOfRun &own = *static_cast<CopyOfRun *>(user);
    Implementation &self = own.recorder;
    return self.attempt([&] { self.file->appendSamples(own.copy, record, n, step, type, values); });
  };
  sink.progress = [](void *user, uint64_t done, uint64_t) {
    CopyOfRun &own = *static_cast<CopyOfRun *>(user);
    Implementation &self = own.recorder;
    return self.attempt([&] { self.saveIfDue(own.copy, done); });
  };
  return sink;
}

bool Recorder::writeStatistics(uint32_t copy, const std::vector<FiringStatistics> &firing, const std::vector<CountSummary> &counts) {
  return implementation_->attempt([&] { implementation_->file->writeStatistics(copy, firing, counts); }) == 0;
}

bool Recorder::close(Outcome outcome, std::string_view why) {
  Implementation &self = *implementation_;
  self.attempt([&] {
    self.save();
    self.file->close(nameOf(outcome), why);
    self.file.reset();
  });
  return !failed();
}

bool Recorder::failed() const { return !implementation_->message.empty(); }

const std::string &Recorder::message() const { return implementation_->message; }

} // namespace snn::recorder

snn::recorder::Recorder *snn_create_recorder(const std::string &path,
                                             const std::vector<snn::recorder::RunDescription> &runs,
                                             const snn::recorder::RecorderOptions &options, std::string &message) {
  return snn::recorder::Recorder::create(path, runs, options, message).release();
}
