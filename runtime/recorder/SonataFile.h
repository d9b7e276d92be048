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
  SonataFile(const std::string &path, unsigned createFlags, const RunDescription &run, AtomicFileControl &control);

  /// What a sink receives, of one record. It is gathered here until `save`, or until it is half a megabyte.
  void appendSpikes(uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron);
  void appendSamples(uint32_t record, uint64_t n, const uint64_t *step, uint8_t type, const void *values);

  /// Makes what was appended part of the file, which now covers `stepsDone` steps.
  void save(uint64_t stepsDone);

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
    uint32_t begin = 0, width = 0;
    double scale = 1;
    std::vector<double> newDoubles; ///< one of the two, by the program's precision
    std::vector<float> newSingles;
  };

  Spikes makeSpikes(hid_t parent, const std::string &name, const snn_record &record);
  Report makeReport(hid_t parent, const std::string &name, const snn_record &record);
  void linkFirstReport(hid_t populationGroup, const std::string &variable);
  void makeRecords();
  void writeMappings();
  void writeTime(const Report &report);
  void write(Spikes &spikes);
  void write(Report &report);
  void writeNew();
  void gathered(uint64_t bytes);

  const RunDescription &run_;
  hdf5::Handle access_, file_, simulated_;
  std::vector<std::variant<Spikes, Report>> records_;
  uint64_t gatheredBytes_ = 0;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_SONATAFILE_H
