// Compiles `.snn` text and runs it inside a test, from the source to the spikes through the interfaces every host uses.
//
// A failure at any stage throws `std::runtime_error` with what the user would have read, which GoogleTest reports.

#ifndef SNN_TEST_MODELS_SIMULATE_H
#define SNN_TEST_MODELS_SIMULATE_H

#include "frontend/Model.h"
#include "snn/snn.h"

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snn::test {

struct Spike {
  uint64_t step;   ///< in which the condition was met
  uint32_t neuron; ///< position in its population
  auto operator<=>(const Spike &) const = default;
};

/// Samples of one field record: `steps.size()` rows of `width` values in base units (ms, mV, pA, nS, pF).
struct Trace {
  std::vector<uint64_t> steps; ///< a row is the state after this step, so at time (step + 1) * dt
  uint32_t width = 0;
  std::vector<double> values;

  /// The value after `step`; throws if that step was not recorded.
  double at(uint64_t step, uint32_t column = 0) const;
  std::vector<double> row(uint64_t step) const;
};

/// Everything a run recorded, by the name of the record without its modifiers: "spikes of N", "V of N[:5]".
struct Result {
  std::map<std::string, std::vector<Spike>> spikeRecords;
  std::map<std::string, Trace> traces;
  snn_figures figures{};
  std::string ended; ///< why the experiment has ended the run before its time; empty: it has not

  const std::vector<Spike> &spikesOf(const std::string &population) const;
  const Trace &trace(const std::string &record) const;
};

/// What a test may replace in the experiment before it is compiled.
struct CompileSettings {
  std::optional<model::Precision> precision = {};
  std::optional<model::Method> method = {}; ///< as `method` in `simulate`
  std::string cpu = {};                     ///< an LLVM CPU name; empty: this machine
  std::filesystem::path folder = {};        ///< where data files are
  bool isShared = false;                    ///< through a shared object, as `snnc FILE compile` writes it, and not in memory
};

/// What a test may replace without compiling again.
struct RunSettings {
  std::optional<uint64_t> seed = {};
  uint32_t workers = 1;
  uint32_t chunkSteps = 0;                     ///< 0: the runtime chooses
  bool collect = true;                         ///< false: nobody listens, and the result has figures only
  std::map<std::string, double> settings = {}; ///< by the names of `snn_model::settings`, in base units
  uint64_t steps = 0;                          ///< 0: to the end of the duration
  std::filesystem::path resume = {}, save = {}; ///< checkpoints to begin from and to end with
  uint32_t copy = 0;    ///< of a batch: which draws it has
  bool redraws = false; ///< connections too
};

/// A compiled experiment (the last of the text), which may run any number of times.
class Program {
public:
  explicit Program(const std::string &source, const CompileSettings &settings = {});
  ~Program();

  Result run(const RunSettings &settings = {}) const;

  /// Copies that are built and advanced together, each with its settings; workers, chunks and steps are those of the first. No
  /// checkpoints.
  std::vector<Result> runTogether(const std::vector<RunSettings> &copies) const;

  const snn_model &model() const;

  /// Of all populations of the network, as written.
  uint64_t neurons() const;

private:
  struct Parts;
  std::unique_ptr<Parts> parts;
};

/// Compiles and runs once.
Result simulate(const std::string &source, const CompileSettings &settings = {}, const RunSettings &run = {});

/// The text of a file in the folder of examples, such as "coba.snn".
std::string example(const std::string &file);

} // namespace snn::test

#endif // SNN_TEST_MODELS_SIMULATE_H
