// Writes what an experiment records to an HDF5 file in SONATA's layout while the simulation runs (docs/output.md).

#ifndef SNN_RECORDER_RECORDER_H
#define SNN_RECORDER_RECORDER_H

#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include <memory>
#include <string>
#include <string_view>

namespace snn::recorder {

/// What to do about a file that is there already. Only an empty file or one of HDF5 is replaced, and only once the new one
/// has begun.
enum class IfExists { Fail, Replace };

/// How a run ended, as the file's attribute `status` says it.
enum class Outcome { Complete, Interrupted, Failed };

struct RecorderOptions {
  IfExists ifExists = IfExists::Fail;
  /// Share of wall time that saving may take. What has been recorded is saved at the first chunk border at which that share
  /// allows it, and once a second in any case; 1 saves at every chunk border.
  double savingShare = 0.02;
};

/// One file being written. It can be opened by any HDF5 reader at any time, also after the process has been killed; it
/// then holds everything up to the last chunk border at which it was saved.
///
/// A host that opens the library only when it records calls nothing but `snn_create_recorder` and the virtual functions.
///
/// No function throws. A failure to write is kept: the sink stops the run, `failed` is true, `message` says why in one
/// sentence that names the file, and the file keeps what had been saved.
class Recorder {
public:
  /// Creates the file and everything in it that does not grow, for the copies of a network: one description each, at least one.
  /// Returns null and sets `message` if that cannot be done;
  /// a file that exists is an error unless `options` say otherwise.
  static std::unique_ptr<Recorder> create(const std::string &path, const std::vector<RunDescription> &runs,
                                          const RecorderOptions &options, std::string &message);
  static std::unique_ptr<Recorder> create(const std::string &path, const RunDescription &run, const RecorderOptions &options,
                                          std::string &message) {
    return create(path, std::vector<RunDescription>{run}, options, message);
  }

  /// Closes the file as interrupted if `close` has not been called.
  virtual ~Recorder();
  Recorder(const Recorder &) = delete;
  Recorder &operator=(const Recorder &) = delete;

  /// To be handed to `snn_advance`, alone or in a `SinkChain`; valid as long as this object.
  virtual snn_sink sink(uint32_t copy = 0);

  /// Saves what is left, writes the outcome (and, if the run failed, the sentence that says why) and closes the file.
  /// False if that, or anything before it, failed. Further calls do nothing.
  virtual bool close(Outcome outcome, std::string_view why = {});

  virtual bool failed() const;
  virtual const std::string &message() const;

private:
  class Implementation;
  explicit Recorder(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

} // namespace snn::recorder

/// `Recorder::create`; the caller owns what is returned.
extern "C" snn::recorder::Recorder *snn_create_recorder(const std::string &path,
                                                        const std::vector<snn::recorder::RunDescription> &runs,
                                                        const snn::recorder::RecorderOptions &options,
                                                        std::string &message);

#endif // SNN_RECORDER_RECORDER_H
