// What a picture of a run shows, gathered while it runs. Its size depends on the picture, not on the length of the run.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTDATA_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTDATA_H

#include "snn/recorder/RunDescription.h"
#include "snn/snn.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snn::tool {

/// Steps [first, first + steps) in equal columns, each a whole number of steps or, in a long run, a bit less than a pixel.
struct TimeColumns {
  uint64_t first = 0, steps = 1;
  uint32_t columns = 1;

  /// Only of steps in the range.
  uint32_t column(uint64_t step) const { return static_cast<uint32_t>((step - first) * columns / steps); }
  /// First step of a column.
  uint64_t begin(uint32_t column) const { return first + (uint64_t{column} * steps + columns - 1) / columns; }
};

/// Consecutive neurons drawn in one colour: a group, or what belongs to none.
struct PlotBand {
  std::string name, population;
  uint32_t source = 0; ///< spike record that feeds it; the population, if nothing is recorded
  uint32_t populationIndex = 0, begin = 0, end = 0;
  uint32_t stride = 1; ///< every so many neurons have a row
  uint32_t rows = 0;
  std::vector<std::vector<bool>> marks; ///< [row][column]: a spike
  std::vector<uint64_t> counts;         ///< spikes of all neurons, by bin
};

struct PlotPoint {
  double time, value; ///< ms, unit of the author
};

struct PlotTrace {
  uint32_t neuron = 0, column = 0; ///< position in the population, in the record
  std::vector<PlotPoint> points;
};

/// Traces of one recorded variable.
struct PlotVariable {
  std::string population, variable, unit;
  uint32_t record = 0;
  double scale = 1;
  bool isSeries = false; ///< one curve for all neurons
  uint64_t samplesPerPoint = 1; ///< of more than one, the lowest and the highest are kept
  uint64_t samples = 0;         ///< received
  std::vector<PlotTrace> traces;
};

/// Shows what the experiment records; if it records nothing, the spikes of every population.
class PlotData {
public:
  explicit PlotData(const recorder::RunDescription &run);

  /// Valid as long as this object.
  snn_sink sink();

  bool showsSpikes() const { return !bands_.empty(); } ///< if there are any
  bool hasSpikes() const { return hasSpikes_; }
  bool showsOnePopulation() const;
  const std::vector<PlotBand> &bands() const { return bands_; }
  const std::vector<PlotVariable> &variables() const { return variables_; }
  const TimeColumns &time() const { return time_; }
  uint64_t binSteps() const { return binSteps_; } ///< of `PlotBand::counts`
  uint64_t stepsDone() const { return stepsDone_; }
  double dt() const { return run_.dt(); }
  std::string title() const { return run_.model->network; }
  std::string copyTitle() const { return run_.copyText(); }

private:
  void addBands(uint32_t source, uint32_t population, uint32_t begin, uint32_t end);
  void splitByGroups(uint32_t source, uint32_t population, uint32_t begin, uint32_t end);
  void addBand(const char *name, uint32_t source, uint32_t population, uint32_t begin, uint32_t end);
  void chooseStrides();
  void addVariable(uint32_t record, uint32_t tracesAtMost);
  static std::string nameOfRange(const snn_record &record);
  uint64_t firstShown() const;
  void addSpikes(uint32_t source, uint64_t n, const uint64_t *step, const uint32_t *neuron);
  void addSamples(PlotVariable &variable, uint64_t n, const uint64_t *step, uint32_t width, uint8_t type,
                  const void *values);

  const recorder::RunDescription run_;
  TimeColumns time_;
  uint64_t binSteps_ = 1, stepsDone_ = 0;
  bool hasSpikes_ = false;
  std::vector<PlotBand> bands_;
  std::vector<PlotVariable> variables_;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTDATA_H
