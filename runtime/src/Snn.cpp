// snn/snn.h, call by call.

#include "CheckpointReader.h"
#include "Handles.h"

using snn::runtime::fail;
using snn::runtime::array;
using snn::runtime::guard;
using snn::runtime::required;
using snn::runtime::Simulation;
using snn::runtime::threadMessage;

std::string &snn::runtime::threadMessage() {
  thread_local std::string message;
  return message;
}

/// Runs `call` with what stands behind the handle.
template <typename Handle, typename Call> static snn_status with(Handle *handle, Call call) {
  if (!handle)
    return guard(threadMessage(), []() -> snn_status { fail(SNN_WRONG_USE, "the simulation is a null pointer"); });
  return guard(handle->message, [&] {
    call(handle->simulation);
    return SNN_OK;
  });
}

const char *snn_message(const snn_simulation *simulation) {
  return (simulation ? simulation->message : threadMessage()).c_str();
}

// ---- Life

snn_status snn_create(const snn_model *model, const snn_options *options, snn_simulation **simulation) {
  return guard(threadMessage(), [&] {
    if (!model || !simulation)
      fail(SNN_WRONG_USE, "a simulation needs a model and a place to put it");
    *simulation = new snn_simulation(*model, options ? *options : snn_options{});
    return SNN_OK;
  });
}

void snn_destroy(snn_simulation *simulation) { delete simulation; }

snn_status snn_build(snn_simulation *simulation) {
  return with(simulation, [](Simulation &s) { s.build(); });
}

snn_status snn_reset(snn_simulation *simulation) {
  return with(simulation, [](Simulation &s) { s.reset(); });
}

// ---- Settings

snn_status snn_set(snn_simulation *simulation, const char *name, double value, const char *unit) {
  return with(simulation, [&](Simulation &s) { s.set(name, value, unit); });
}

snn_status snn_get(const snn_simulation *simulation, const char *name, double *value, const char *unit) {
  return with(simulation, [&](const Simulation &s) { required(value, "the place of the value") = s.get(name, unit); });
}

snn_status snn_set_at(snn_simulation *simulation, uint32_t setting, double value) {
  return with(simulation, [&](Simulation &s) { s.set(setting, value); });
}

double snn_get_at(const snn_simulation *simulation, uint32_t setting) {
  return simulation ? simulation->simulation.setting(setting) : 0;
}

snn_status snn_set_seed(snn_simulation *simulation, uint64_t seed) {
  return with(simulation, [&](Simulation &s) { s.setSeed(seed); });
}

snn_status snn_set_copy(snn_simulation *simulation, uint32_t copy, int redraw) {
  return with(simulation, [&](Simulation &s) { s.setCopy(copy, redraw != 0); });
}

snn_status snn_set_folder(snn_simulation *simulation, const char *folder) {
  return with(simulation, [&](Simulation &s) { s.setFolder(folder); });
}

// ---- Stepping

/// Runs, and says so if a sink has stopped it.
static snn_status advance(snn_simulation &handle, uint64_t steps, const snn_sink *sink) {
  snn_status status = handle.simulation.advance(steps, sink ? *sink : snn_sink{});
  if (status == SNN_STOPPED)
    handle.message = "stopped after step " + std::to_string(handle.simulation.step());
  if (status == SNN_ENDED)
    handle.message = handle.simulation.whyEnded();
  return status;
}

snn_status snn_advance(snn_simulation *simulation, uint64_t steps, const snn_sink *sink) {
  if (!simulation)
    return with(simulation, [](Simulation &) {});
  return guard(simulation->message, [&] { return advance(*simulation, steps, sink); });
}

snn_status snn_run(snn_simulation *simulation, double duration, const char *unit, const snn_sink *sink) {
  if (!simulation)
    return with(simulation, [](Simulation &) {});
  return guard(simulation->message,
               [&] { return advance(*simulation, simulation->simulation.stepsIn(duration, unit), sink); });
}

const char *snn_why_ended(const snn_simulation *simulation) {
  if (!simulation)
    return "";
  simulation->why = simulation->simulation.whyEnded();
  return simulation->why.c_str();
}

uint64_t snn_step(const snn_simulation *simulation) { return simulation ? simulation->simulation.step() : 0; }

uint64_t snn_total_steps(const snn_simulation *simulation) {
  return simulation ? simulation->simulation.totalSteps() : 0;
}

// ---- States and spikes

snn_status snn_view_field(snn_simulation *simulation, const char *name, snn_view *view) {
  return with(simulation, [&](Simulation &s) { required(view, "the place of the view") = s.view(name); });
}

snn_status snn_read(const snn_simulation *simulation, const char *name, uint64_t first, uint64_t n, double *values,
                    const char *unit) {
  return with(simulation, [&](const Simulation &s) { s.read(name, first, array(values, n, "the array"), unit); });
}

snn_status snn_write(snn_simulation *simulation, const char *name, uint64_t first, uint64_t n, const double *values,
                     const char *unit) {
  return with(simulation, [&](Simulation &s) { s.write(name, first, array(values, n, "the array"), unit); });
}

snn_status snn_get_connections(snn_simulation *simulation, const char *projection, snn_connections *connections) {
  return with(simulation, [&](Simulation &s) {
    required(connections, "the place of the description") = s.connections(projection);
  });
}

snn_status snn_read_contacts(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n, uint32_t *pre,
                             uint32_t *post) {
  return with(simulation, [&](Simulation &s) {
    s.readContacts(projection, first, std::span(pre, pre ? n : 0), std::span(post, post ? n : 0));
  });
}

snn_status snn_read_delays(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n, double *delays,
                           const char *unit) {
  return with(simulation, [&](Simulation &s) { s.readDelays(projection, first, array(delays, n, "the array"), unit); });
}

snn_status snn_read_weights(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n, double *weights,
                            const char *unit) {
  return with(simulation, [&](Simulation &s) { s.readWeights(projection, first, array(weights, n, "the array"), unit); });
}

snn_status snn_write_weights(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n,
                             const double *weights, const char *unit) {
  return with(simulation, [&](Simulation &s) { s.writeWeights(projection, first, array(weights, n, "the array"), unit); });
}

snn_status snn_load_weights(snn_simulation *simulation, const char *path, const char *projection) {
  return with(simulation, [&](Simulation &s) { s.loadWeights(&required(path, "the name of the file"), projection); });
}

snn_status snn_inject_spikes(snn_simulation *simulation, const char *population, uint64_t step, uint64_t n,
                             const uint32_t *neurons) {
  return with(simulation, [&](Simulation &s) { s.inject(population, step, array(neurons, n, "the list of neurons")); });
}

snn_status snn_keep_spikes(snn_simulation *simulation, const char *population) {
  return with(simulation, [&](Simulation &s) { s.keepSpikes(population); });
}

snn_status snn_take_spikes(snn_simulation *simulation, const char *population, uint64_t *n, const uint64_t **steps,
                           const uint32_t **neurons) {
  return with(simulation, [&](Simulation &s) {
    required(n, "the place of the number");
    const auto &taken = s.takeSpikes(population);
    *n = taken.steps.size();
    if (steps)
      *steps = taken.steps.data();
    if (neurons)
      *neurons = taken.neurons.data();
  });
}

// ---- Checkpoints

snn_status snn_save(snn_simulation *simulation, const char *path) {
  return with(simulation, [&](Simulation &s) { s.save(&required(path, "the name of the file")); });
}

int snn_is_checkpoint(const char *path) { return path && snn::runtime::isCheckpoint(path); }

snn_status snn_restore(snn_simulation *simulation, const char *path) {
  return with(simulation, [&](Simulation &s) { s.restore(std::string(&required(path, "the name of the file"))); });
}

// ---- Figures

snn_status snn_get_fault(const snn_simulation *simulation, snn_fault *fault) {
  return with(simulation, [&](const Simulation &s) { required(fault, "the place of the fault") = s.fault(); });
}

void snn_get_figures(const snn_simulation *simulation, snn_figures *figures) {
  if (simulation && figures)
    *figures = simulation->simulation.figures();
}

snn_status snn_get_phases(const snn_simulation *simulation, snn_phases *phases) {
  return with(simulation, [&](const Simulation &s) { required(phases, "the place of the phases") = s.phases(); });
}

snn_status snn_get_population_profile(const snn_simulation *simulation, uint32_t population,
                                      snn_population_profile *profile) {
  return with(simulation, [&](const Simulation &s) {
    required(profile, "the place of the profile") = s.populationProfile(population);
  });
}

snn_status snn_get_projection_profile(const snn_simulation *simulation, uint32_t projection,
                                      snn_projection_profile *profile) {
  return with(simulation, [&](const Simulation &s) {
    required(profile, "the place of the profile") = s.projectionProfile(projection);
  });
}
