// A simulation from the first setting to the last step: what stands behind the handle of snn/snn.h.

#ifndef SNN_RUNTIME_SIMULATION_H
#define SNN_RUNTIME_SIMULATION_H

#include "Barrier.h"
#include "CheckpointContents.h"
#include "DataFiles.h"
#include "Diagnosis.h"
#include "EdgeList.h"
#include "Plan.h"
#include "Sampler.h"
#include "ServiceFailure.h"
#include "WorkerMemory.h"
#include "WorkerThreads.h"

#include "snn/snn.h"

#include <memory>
#include <string>
#include <vector>

namespace snn::runtime {

/// Every function may throw a `Failure` or `std::bad_alloc`; see snn/snn.h for what they mean.
class Simulation {
public:
  Simulation(const snn_model &model, const snn_options &options);
  Simulation(const Simulation &) = delete;
  Simulation &operator=(const Simulation &) = delete;

  void set(uint32_t setting, double value);
  void setSeed(uint64_t seed);
  void setFolder(const char *folder);
  void build();
  /// SNN_OK or SNN_STOPPED.
  snn_status advance(uint64_t steps, const snn_sink &sink);
  /// Between two calls of `advance` only.
  void save(const std::string &path);
  /// Leaves the simulation as it is unless all of the file can be used.
  void restore(const std::string &path);
  void restore(const CheckpointReader &file);
  double read(uint32_t population, uint32_t field, uint32_t neuron) const;

  uint64_t step() const { return stepsDone; }
  uint64_t totalSteps() const;
  /// Throws a `Failure` unless a state has ended the run.
  snn_fault fault() const;
  double setting(uint32_t index) const { return index < settings.size() ? settings[index] : 0; }
  snn_figures figures() const;

private:
  friend struct Services; // what generated code calls, through `snn_state::runtime`

  enum class Stage { Setting, Built, Failed };
  void requireSettingStage(const char *what) const;
  void requireStanding(const char *what) const;

  // Building, in order.
  void readEdges();
  void prepare();
  void checkMemory() const;
  void buildWorkers();
  void chooseDelays();
  void makeChunkBuffers();
  uint64_t defaultChunkSteps() const;
  void clear();

  // Running.
  void runChunk(uint64_t steps);
  void record(snn_worker &worker, uint64_t step);
  void noteFailure(snn_worker &worker, uint32_t population, uint64_t step);
  Diagnosis firstFailure();
  bool deliver(const snn_sink &sink, uint64_t end);
  bool deliverSpikes(const snn_sink &sink, uint32_t record, uint64_t end);
  bool deliverAllSpikes(const snn_sink &sink, uint64_t end);

  // Saving and restoring.
  const std::vector<uint64_t> &connectivity();
  CheckpointContents describe();

  const snn_model &model;
  const snn_options options;
  Stage stage = Stage::Setting;
  std::vector<double> settings;
  DataFiles dataFiles;
  ServiceFailure serviceFailure;

  Plan plan{};
  std::vector<std::unique_ptr<EdgeList>> edges; ///< per projection; null unless it is SNN_PAIRS
  std::vector<double> uniforms, amounts, delays;
  snn_state state{};

  std::unique_ptr<WorkerThreads> threads;
  std::unique_ptr<Barrier> barrier;
  std::vector<std::unique_ptr<WorkerMemory>> workers;
  std::vector<snn_worker *> workerPointers;
  std::vector<Diagnosis> diagnoses; ///< per worker: of its failure, if it has flagged one
  Diagnosis failure; ///< that ended the run, if one has
  std::vector<Sampler> samplers;
  SpikeMerge merge;

  std::vector<uint64_t> connectivitySums; ///< by projection; empty: not asked for yet

  uint64_t chunkSteps = 0, stepsDone = 0;
  uint64_t stepsRun = 0; ///< by this simulation, without those before a checkpoint
  bool isAdvancing = false;
  double buildSeconds = 0, loopSeconds = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SIMULATION_H
