// A simulation from the first setting to the last step: what stands behind the handle of snn/snn.h.

#ifndef SNN_RUNTIME_SIMULATION_H
#define SNN_RUNTIME_SIMULATION_H

#include "Barrier.h"
#include "CheckpointContents.h"
#include "DataFiles.h"
#include "Diagnosis.h"
#include "EdgeList.h"
#include "GivenSpikes.h"
#include "HistoryMemory.h"
#include "InjectedSpikes.h"
#include "KeptSpikes.h"
#include "Plan.h"
#include "RateSeries.h"
#include "Sampler.h"
#include "ServiceFailure.h"
#include "StateMemory.h"
#include "StopRule.h"
#include "TimeSeries.h"
#include "WorkerMemory.h"
#include "WorkerThreads.h"

#include "snn/snn.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace snn::runtime {

/// What a simulation is about to allocate, in bytes; an estimate.
struct MemoryNeed {
  double rows = 0, rest = 0, synapses = 0;
  double regenerable = 0; ///< of `rows`, what contacts take that could be drawn again for every spike
};

/// Every function may throw a `Failure` or `std::bad_alloc`; see snn/snn.h for what they mean.
class Simulation {
public:
  Simulation(const snn_model &model, const snn_options &options);
  Simulation(const Simulation &) = delete;
  Simulation &operator=(const Simulation &) = delete;

  void set(uint32_t setting, double value);
  void set(const char *name, double value, const char *unit);
  double get(const char *name, const char *unit) const;
  void setSeed(uint64_t seed);
  void setFolder(const char *folder);
  /// Draws initial values and noise, and if `redraws` the connections too, as copy `copy` of a batch; 0: as without one.
  void setCopy(uint32_t copy, bool redraws);
  void build();

  /// The parts of `build`, for several copies at once: what the settings come to, the memory it takes, and the rest, with the
  /// rows of `lender` if it `sharesConnections`.
  void requireUnbuilt() const { requireSettingStage("building"); }
  void planBuild();
  MemoryNeed memoryNeed() const;
  /// Says before anything large is allocated that it would not fit.
  void requireMemory() const;
  bool sharesConnections(const Simulation &other) const;
  void construct(const Simulation *lender, std::shared_ptr<WorkerThreads> team);
  void finishBuild(double seconds);
  bool ownsRows() const { return !borrowsRows; }
  void clear();
  /// SNN_OK, SNN_STOPPED or SNN_ENDED.
  snn_status advance(uint64_t steps, const snn_sink &sink);

  /// The parts of `advance`, for several copies at once: from `beginAdvance`, which says where it ends, to `endAdvance`, chunks are
  /// run and handed over in turn.
  uint64_t beginAdvance(uint64_t steps);
  void runNextChunk(uint64_t end);
  /// True if the sink asks to stop. Throws the `Failure` of the chunk.
  bool handOver(const snn_sink &sink, uint64_t end);
  void endAdvance() { isAdvancing = false; }
  /// Has one of the experiment's conditions been met at the end of the last chunk?
  bool hasEnded() const;
  /// The condition that has, in a sentence; empty: none.
  std::string whyEnded() const;
  /// Between two calls of `advance` only.
  void save(const std::string &path);
  /// Leaves the simulation as it is unless all of the file can be used.
  void restore(const std::string &path);
  void restore(const CheckpointReader &file);
  /// A duration in steps; it is a multiple of one.
  uint64_t stepsIn(double duration, const char *unit) const;
  void reset();

  snn_view view(const char *name) const;
  void read(const char *name, uint64_t first, std::span<double> values, const char *unit) const;
  void write(const char *name, uint64_t first, std::span<const double> values, const char *unit);

  /// Of the synapses of a projection in the order of snn.h; see there.
  snn_connections connections(const char *projection);
  /// An empty span is not wanted; the others are equally long.
  void readContacts(const char *projection, uint64_t first, std::span<uint32_t> pre, std::span<uint32_t> post);
  void readDelays(const char *projection, uint64_t first, std::span<double> delays, const char *unit);
  void readWeights(const char *projection, uint64_t first, std::span<double> weights, const char *unit);
  void writeWeights(const char *projection, uint64_t first, std::span<const double> weights, const char *unit);
  /// A null projection: all whose weights are in the file.
  void loadWeights(const char *path, const char *projection);

  void inject(const char *population, uint64_t step, std::span<const uint32_t> neurons);
  void keepSpikes(const char *population);
  const KeptSpikes::Taken &takeSpikes(const char *population);

  uint64_t step() const { return stepsDone; }
  uint64_t totalSteps() const;
  /// Throws a `Failure` unless a state has ended the run.
  snn_fault fault() const;
  double setting(uint32_t index) const { return index < settings.size() ? settings[index] : 0; }
  snn_figures figures() const;
  snn_phases phases() const;
  snn_population_profile populationProfile(uint32_t population) const;
  snn_projection_profile projectionProfile(uint32_t projection) const;

private:
  friend struct Services; // what generated code calls, through `snn_state::runtime`

  enum class Stage { Setting, Built, Failed };
  void requireSettingStage(const char *what) const;
  void requireBuilt(const char *what) const;
  void requireStanding(const char *what) const;

  // Building, in order.
  std::vector<const EdgeList *> readEdges();
  std::vector<const EdgeList *> edgeLists() const;
  void prepare();
  double expectedSynapses(uint32_t projection) const;
  void buildWorkers(const Simulation *lender);
  /// Lets every worker do its task; throws what went wrong in one of them.
  void runTasks(const std::function<void(uint32_t)> &task);
  void chooseDelays();
  void makeHistories();
  void countRecordedWeights();
  void makeChunkBuffers();
  void openSeries();
  uint64_t defaultChunkSteps() const;

  // Running.
  void runChunk(uint64_t steps);
  uint64_t nextChunkSteps(uint64_t end) const;
  void makeChanges();
  void runSteps(uint64_t first, uint64_t n);
  snn_view viewOf(const NamedField &found) const;
  void record(snn_worker &worker, uint64_t step);
  void supply(snn_worker &worker, uint64_t step);
  void noteFailure(snn_worker &worker, uint32_t population, uint64_t step);
  Diagnosis firstFailure();
  bool deliver(const snn_sink &sink, uint64_t end);
  bool deliverSpikes(const snn_sink &sink, uint32_t record, uint64_t end);
  bool deliverSamples(const snn_sink &sink, uint32_t record, Sampler &sampler, uint64_t end);
  bool deliverRates(const snn_sink &sink, uint32_t record, RateSeries &series, uint64_t end);
  bool deliverAllSpikes(const snn_sink &sink, uint64_t end);

  // Connections and weights.
  uint32_t accessed(const char *projection);
  void requireWeight(const snn_projection &projection) const;
  void requireWritable(uint32_t projection) const;
  uint64_t countSynapses(uint32_t projection) const;
  void contactsOf(uint32_t projection, uint64_t first, std::span<uint32_t> pre, std::span<uint32_t> post) const;
  std::vector<double> amountsPerWeight(uint32_t projection, std::span<const uint32_t> pre, std::span<const uint32_t> post) const;
  std::vector<double> weightsOf(uint32_t projection, uint64_t first, uint64_t n) const;
  void setWeights(uint32_t projection, uint64_t first, std::span<const double> weights);
  void makeWritable(uint32_t projection);
  void forgetWritten(uint32_t projection);
  void loadWeights(const std::string &path, uint32_t projection);
  void loadDeclaredWeights();

  // Profile.
  void requireProfile() const;
  double secondsPerTick() const;
  template <typename Ticks> double meanSeconds(Ticks ofWorker) const;

  // Saving and restoring.
  const std::vector<uint64_t> &connectivity();
  CheckpointContents describe();
  std::vector<SpikeCounts *> spikeCounts();
  void restoreCounts(const CheckpointContents &saved, const CheckpointReader &file);

  const snn_model &model;
  const snn_options options;
  Stage stage = Stage::Setting;
  std::vector<double> settings;
  DataFiles dataFiles;
  ServiceFailure serviceFailure;

  Plan plan{};
  std::vector<std::unique_ptr<EdgeList>> edges; ///< per projection; null unless it is SNN_PAIRS
  std::vector<double> uniforms, amounts, delays;
  bool settingsChanged = false; ///< since `prepare`
  snn_state state{};
  snn_state connecting{}; ///< `state` with the seed of the connections
  uint64_t seed;
  uint32_t copy = 0; ///< of a batch
  bool redraws = false, borrowsRows = false;
  std::unique_ptr<StateMemory> states;
  std::unique_ptr<HistoryMemory> histories; ///< null where the program has none

  std::shared_ptr<WorkerThreads> threads; ///< copies of a batch that run one after the other have the same
  std::unique_ptr<Barrier> barrier;
  std::vector<std::unique_ptr<WorkerMemory>> workers;
  std::vector<snn_worker *> workerPointers;
  std::vector<Diagnosis> diagnoses; ///< per worker: of its failure, if it has flagged one
  Diagnosis failure; ///< that ended the run, if one has
  std::vector<Sampler> samplers;
  std::vector<RateSeries> series; ///< of the records of rates, in their order
  std::vector<StopRule> stopRules;
  std::vector<TimeSeries> timeSeries; ///< of `snn_model::series`
  SpikeMerge merge;
  InjectedSpikes injected;
  GivenSpikes given;
  std::vector<KeptSpikes> kept;

  std::vector<uint64_t> connectivitySums; ///< by projection; empty: not asked for yet
  std::vector<bool> hasWritten; ///< by projection: the host has written weights that nothing else would change

  uint64_t chunkSteps = 0, stepsDone = 0;
  uint64_t chunkRun = 0; ///< steps that have been run and not yet handed over
  uint64_t stepsRun = 0; ///< by this simulation, without those before a checkpoint
  bool isAdvancing = false;
  double buildSeconds = 0, loopSeconds = 0, handOverSeconds = 0;
  uint64_t loopTicks = 0, stepsLooped = 0; ///< in the time of `loopSeconds`
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SIMULATION_H
