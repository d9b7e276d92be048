// The layout of a file of results: SONATA (Dai et al. 2020, doi:10.1371/journal.pcbi.1007696), as docs/output.md has it.

#ifndef SNN_RECORDER_SONATAFILE_H
#define SNN_RECORDER_SONATAFILE_H

#include "AtomicFile.h"
#include "Hdf5.h"

#include "snn/recorder/RunDescription.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace snn::recorder {

/// Everything here throws `hdf5::Failure`.
class SonataFile {
public:
  /// Makes every group, attribute and data set, and saves them.
  SonataFile(const std::string &path, unsigned createFlags, const std::vector<RunDescription> &runs, AtomicFileControl &control);

  /// What a sink receives, of one record. It is gathered here until `save`, or until it is half a megabyte.
  void appendSpikes(uint32_t copy, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron);
  void appendSamples(uint32_t copy, uint32_t record, uint64_t n, const uint64_t *step, uint8_t type, const void *values);
  /// The copy has run so many steps.
  void advance(uint32_t copy, uint64_t stepsDone) { copies_[copy].stepsDone = stepsDone; }

  /// Makes what was appended part of the file.
  void save();

  /// Writes how the run ended and closes the file, which cannot be used any more.
  void close(std::string_view status, std::string_view why);

  /// Writes the outcome into a file that had to be abandoned.
  static void setOutcome(const std::string &path, AtomicFileControl &control, std::string_view status,
                         std::string_view why);

private:
  struct Spikes {
    hdf5::GrowingArray timestamps, nodeIds;
    std::vector<double> newTimestamps;
    std::vector<uint64_t> newNodeIds;
  };
  struct Report {
    hdf5::GrowingArray data;
    hdf5::Handle nodeIds, indexPointers, elementIds, time;
    uint64_t firstStep = 0, stepsBetween = 1; ///< in steps done
    uint32_t width = 0;
    double scale = 1;
    const snn_record *declared = nullptr;
    std::vector<double> newDoubles; ///< one of the two, by the program's precision
    std::vector<float> newSingles;
  };

  /// The results of one copy of the network.
  struct Copy {
    const RunDescription &run;
    hdf5::Handle simulated; ///< attribute
    uint64_t stepsDone = 0;
    std::vector<std::variant<Spikes, Report>> records;
  };

  Spikes makeSpikes(hid_t parent, const std::string &name, const snn_record &record);
  Report makeReport(hid_t parent, const std::string &name, const snn_record &record, const RunDescription &run);
  hdf5::Handle makeCopyGroup(const RunDescription &run);
  void linkFirstReport(hid_t populationGroup, const std::string &variable);
  void makeRecords(hid_t parent, Copy &copy);
  void writeMappings();
  void writeMapping(Report &report, const RunDescription &run);
  void writeTime(const Report &report);
  void write(Spikes &spikes);
  void write(Report &report);
  void writeNew();
  void gathered(uint64_t bytes);

  const RunDescription &run_; ///< of the first copy
  hdf5::Handle access_, file_, simulated_;
  std::vector<Copy> copies_;
  uint64_t gatheredBytes_ = 0;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_SONATAFILE_H
