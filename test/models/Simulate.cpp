#include "Simulate.h"

#include "compiler/Cache/SharedProgram.h"
#include "compiler/Compiler.h"
#include "frontend/Frontend.h"

#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace snn::test {

double Trace::at(uint64_t step, uint32_t column) const {
  auto found = std::lower_bound(steps.begin(), steps.end(), step);
  if (found == steps.end() || *found != step)
    throw std::runtime_error("step " + std::to_string(step) + " was not recorded");
  return values.at((found - steps.begin()) * width + column);
}

std::vector<double> Trace::row(uint64_t step) const {
  std::vector<double> result(width);
  for (uint32_t column = 0; column < width; ++column)
    result[column] = at(step, column);
  return result;
}

template <typename T> static const T &find(const std::map<std::string, T> &records, const std::string &name) {
  auto found = records.find(name);
  if (found != records.end())
    return found->second;
  std::string message = "no record `" + name + "`; there are";
  for (const auto &[other, value] : records)
    message += " `" + other + "`";
  throw std::runtime_error(message);
}

const std::vector<Spike> &Result::spikesOf(const std::string &population) const {
  return find(spikeRecords, "spikes of " + population);
}

const Trace &Result::trace(const std::string &record) const { return find(traces, record); }

namespace {

/// Where the sink puts what it is handed, by record.
struct Collection {
  explicit Collection(const snn_model &model) : spikes(model.n_records), traces(model.n_records) {}
  snn_sink sink();

  std::vector<std::vector<Spike>> spikes;
  std::vector<Trace> traces;
};

} // namespace

static int collectSpikes(void *user, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
  std::vector<Spike> &spikes = static_cast<Collection *>(user)->spikes[record];
  for (uint64_t k = 0; k < n; ++k)
    spikes.push_back({step[k], neuron[k]});
  return 0;
}

static int collectSamples(void *user, uint32_t record, uint64_t n, const uint64_t *step, uint32_t width, uint8_t type,
                          const void *values) {
  Trace &trace = static_cast<Collection *>(user)->traces[record];
  trace.width = width;
  trace.steps.insert(trace.steps.end(), step, step + n);
  for (uint64_t k = 0; k < n * width; ++k)
    trace.values.push_back(type == SNN_F64 ? static_cast<const double *>(values)[k]
                                           : static_cast<const float *>(values)[k]);
  return 0;
}

snn_sink Collection::sink() {
  snn_sink sink{};
  sink.user = this;
  sink.spikes = collectSpikes;
  sink.samples = collectSamples;
  return sink;
}

static void requireOk(snn_status status, const char *message) {
  if (status != SNN_OK && status != SNN_ENDED)
    throw std::runtime_error(message);
}

static uint32_t settingNamed(const snn_model &model, const std::string &name) {
  for (uint32_t k = 0; k < model.n_settings; ++k)
    if (name == model.settings[k].name)
      return k;
  throw std::runtime_error("no setting `" + name + "`");
}

static Result resultOf(const snn_simulation &simulation, const Collection &collection, const snn_model &model) {
  Result result;
  for (uint32_t k = 0; k < model.n_records; ++k) {
    if (model.records[k].kind == SNN_RECORD_SPIKES)
      result.spikeRecords[model.records[k].name] = collection.spikes[k];
    else
      result.traces[model.records[k].name] = collection.traces[k];
  }
  snn_get_figures(&simulation, &result.figures);
  result.ended = snn_why_ended(&simulation);
  return result;
}

struct Program::Parts {
  llvm::SourceMgr sources;
  FrontendResult checked;
  std::unique_ptr<Compiler> compiler;
  std::unique_ptr<LoadedProgram> program;
  std::string folder;

  /// Sets everything that must be known before a simulation is built.
  void configure(snn_simulation &simulation, const RunSettings &settings) const {
    auto require = [&](snn_status status) { requireOk(status, snn_message(&simulation)); };
    if (settings.seed)
      require(snn_set_seed(&simulation, *settings.seed));
    require(snn_set_copy(&simulation, settings.copy, settings.redraws));
    for (const auto &[name, value] : settings.settings)
      require(snn_set_at(&simulation, settingNamed(program->model(), name), value));
    if (!folder.empty())
      require(snn_set_folder(&simulation, folder.c_str()));
  }
};

/// Compiles to an object, links that into a shared object, and opens it. The file is gone when it is open.
static llvm::Expected<std::unique_ptr<LoadedProgram>>
loadFromSharedObject(Compiler &compiler, const model::Model &model, const model::Experiment &experiment,
                     Diagnostics &diagnostics, const CompileOptions &options) {
  llvm::Expected<CompiledObject> object = compiler.compile(model, experiment, diagnostics, options);
  if (!object)
    return object.takeError();
  llvm::SmallString<128> path;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile("snn", "so", path))
    return llvm::errorCodeToError(error);
  llvm::FileRemover remover(path);
  if (llvm::Error error = linkShared(path, object->bytes))
    return error;
  return loadShared(path.str().str(), object->origins, experiment, model::Structure(experiment));
}

Program::Program(const std::string &source, const CompileSettings &settings) : parts(std::make_unique<Parts>()) {
  parts->folder = settings.folder.string();
  Diagnostics diagnostics(parts->sources);
  parts->checked = loadText("test.snn", source, parts->sources, diagnostics);
  if (!parts->checked.model) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    diagnostics.print(stream);
    throw std::runtime_error(text);
  }

  if (parts->checked.model->experiments.empty())
    throw std::runtime_error("there is no experiment");
  model::Experiment &experiment = *parts->checked.model->experiments.back();
  experiment.precision = settings.precision.value_or(experiment.precision);
  experiment.integration.method = settings.method.value_or(experiment.integration.method);

  CompileOptions options;
  options.cpu = settings.cpu;
  parts->compiler.reset(snn_create_compiler());
  auto load = [&] {
    if (settings.isShared)
      return loadFromSharedObject(*parts->compiler, *parts->checked.model, experiment, diagnostics, options);
    return parts->compiler->load(*parts->checked.model, experiment, diagnostics, options);
  };
  llvm::Expected<std::unique_ptr<LoadedProgram>> program = load();
  if (!program) {
    std::string messages;
    llvm::raw_string_ostream stream(messages);
    diagnostics.print(stream);
    throw std::runtime_error(messages + llvm::toString(program.takeError()));
  }
  parts->program = std::move(*program);
}

Program::~Program() = default;

Result Program::run(const RunSettings &settings) const {
  const snn_model &model = parts->program->model();
  snn_options options{};
  options.workers = settings.workers;
  options.chunk_steps = settings.chunkSteps;
  snn_simulation *created = nullptr;
  requireOk(snn_create(&model, &options, &created), snn_message(nullptr));
  std::unique_ptr<snn_simulation, decltype(&snn_destroy)> simulation(created, snn_destroy);

  auto require = [&](snn_status status) { requireOk(status, snn_message(simulation.get())); };
  parts->configure(*simulation, settings);
  require(snn_build(simulation.get()));
  if (!settings.resume.empty())
    require(snn_restore(simulation.get(), settings.resume.c_str()));

  Collection collection(model);
  snn_sink sink = collection.sink();
  require(snn_advance(simulation.get(), settings.steps, settings.collect ? &sink : nullptr));
  if (!settings.save.empty())
    require(snn_save(simulation.get(), settings.save.c_str()));

  return resultOf(*simulation, settings.collect ? collection : Collection(model), model);
}

std::vector<Result> Program::runTogether(const std::vector<RunSettings> &copies) const {
  const snn_model &model = parts->program->model();
  snn_options options{};
  options.workers = copies.front().workers;
  options.chunk_steps = copies.front().chunkSteps;
  snn_batch *created = nullptr;
  requireOk(snn_create_batch(&model, &options, uint32_t(copies.size()), &created), snn_message(nullptr));
  std::unique_ptr<snn_batch, decltype(&snn_destroy_batch)> batch(created, snn_destroy_batch);
  std::vector<Collection> collections(copies.size(), Collection(model));
  std::vector<snn_sink> sinks;
  for (uint32_t c = 0; c < copies.size(); ++c) {
    parts->configure(*snn_batch_copy(created, c), copies[c]);
    sinks.push_back(collections[c].sink());
  }
  requireOk(snn_build_batch(created), snn_batch_message(created));
  bool collects = copies.front().collect;
  requireOk(snn_advance_batch(created, copies.front().steps, collects ? sinks.data() : nullptr),
            snn_batch_message(created));
  std::vector<Result> results;
  for (uint32_t c = 0; c < copies.size(); ++c)
    results.push_back(resultOf(*snn_batch_copy(created, c), collections[c], model));
  return results;
}

const snn_model &Program::model() const { return parts->program->model(); }

uint64_t Program::neurons() const {
  uint64_t sum = 0;
  for (const auto &population : parts->checked.model->experiments.back()->network->populations)
    sum += population->size;
  return sum;
}

Result simulate(const std::string &source, const CompileSettings &settings, const RunSettings &run) {
  return Program(source, settings).run(run);
}

std::string example(const std::string &file) {
  const std::filesystem::path path = std::filesystem::path(SNN_SOURCE_DIR) / "examples" / file;
  std::ifstream stream(path);
  if (!stream)
    throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

} // namespace snn::test
