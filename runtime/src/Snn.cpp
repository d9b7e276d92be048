// The C border: every call ends in a status, and nothing is thrown across.

#include "CheckpointReader.h"
#include "Simulation.h"

#include <new>

using snn::runtime::Failure;
using snn::runtime::Simulation;

struct snn_simulation {
  snn_simulation(const snn_model &model, const snn_options &options) : simulation(model, options) {}

  Simulation simulation;
  mutable std::string message;
};

static std::string &createMessage() {
  thread_local std::string message;
  return message;
}

/// Runs `call` and puts what goes wrong into `message`.
template <typename Call> static snn_status guard(std::string &message, Call call) {
  try {
    return call();
  } catch (const Failure &failure) {
    message = failure.what();
    return failure.status;
  } catch (const std::bad_alloc &) {
    message = "out of memory";
    return SNN_NO_MEMORY;
  } catch (const std::exception &error) {
    message = error.what();
    return SNN_WRONG_USE;
  }
}

snn_status snn_create(const snn_model *model, const snn_options *options, snn_simulation **simulation) {
  return guard(createMessage(), [&] {
    if (!model || !simulation)
      snn::runtime::fail(SNN_WRONG_USE, "a simulation needs a model and a place to put it");
    *simulation = new snn_simulation(*model, options ? *options : snn_options{});
    return SNN_OK;
  });
}

void snn_destroy(snn_simulation *simulation) { delete simulation; }

snn_status snn_set(snn_simulation *simulation, uint32_t setting, double value) {
  return guard(simulation->message, [&] { return simulation->simulation.set(setting, value), SNN_OK; });
}

snn_status snn_set_seed(snn_simulation *simulation, uint64_t seed) {
  return guard(simulation->message, [&] { return simulation->simulation.setSeed(seed), SNN_OK; });
}

snn_status snn_set_folder(snn_simulation *simulation, const char *folder) {
  return guard(simulation->message, [&] { return simulation->simulation.setFolder(folder), SNN_OK; });
}

snn_status snn_build(snn_simulation *simulation) {
  return guard(simulation->message, [&] { return simulation->simulation.build(), SNN_OK; });
}

snn_status snn_advance(snn_simulation *simulation, uint64_t steps, const snn_sink *sink) {
  return guard(simulation->message, [&] {
    snn_status status = simulation->simulation.advance(steps, sink ? *sink : snn_sink{});
    if (status == SNN_STOPPED)
      simulation->message = "stopped after step " + std::to_string(simulation->simulation.step());
    return status;
  });
}

snn_status snn_save(snn_simulation *simulation, const char *path) {
  return guard(simulation->message, [&] {
    if (!path)
      snn::runtime::fail(SNN_WRONG_USE, "a checkpoint needs the name of a file");
    return simulation->simulation.save(path), SNN_OK;
  });
}

int snn_is_checkpoint(const char *path) { return path && snn::runtime::isCheckpoint(path); }

snn_status snn_restore(snn_simulation *simulation, const char *path) {
  return guard(simulation->message, [&] {
    if (!path)
      snn::runtime::fail(SNN_WRONG_USE, "a checkpoint needs the name of a file");
    return simulation->simulation.restore(std::string(path)), SNN_OK;
  });
}

snn_status snn_read(const snn_simulation *simulation, uint32_t population, uint32_t field, uint32_t neuron,
                    double *value) {
  return guard(simulation->message, [&] {
    *value = simulation->simulation.read(population, field, neuron);
    return SNN_OK;
  });
}

snn_status snn_get_fault(const snn_simulation *simulation, snn_fault *fault) {
  return guard(simulation->message, [&] { return *fault = simulation->simulation.fault(), SNN_OK; });
}

uint64_t snn_step(const snn_simulation *simulation) { return simulation->simulation.step(); }

uint64_t snn_total_steps(const snn_simulation *simulation) { return simulation->simulation.totalSteps(); }

double snn_setting_value(const snn_simulation *simulation, uint32_t setting) {
  return simulation->simulation.setting(setting);
}

void snn_get_figures(const snn_simulation *simulation, snn_figures *figures) {
  *figures = simulation->simulation.figures();
}

const char *snn_message(const snn_simulation *simulation) { return simulation->message.c_str(); }

const char *snn_create_message(void) { return createMessage().c_str(); }
