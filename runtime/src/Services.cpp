#include "Services.h"

#include "DataElement.h"
#include "Distributions.h"
#include "MatrixExponential.h"
#include "Simulation.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <new>

namespace snn::runtime {

static Simulation &simulationOf(const snn_state *state) { return *static_cast<Simulation *>(state->runtime); }

void Services::barrier(snn_state *state, snn_worker *) { simulationOf(state).barrier->wait(); }

void Services::record(snn_state *state, snn_worker *worker, uint64_t step) {
  simulationOf(state).record(*worker, step);
}

void Services::supply(snn_state *state, snn_worker *worker, uint64_t step) { simulationOf(state).supply(*worker, step); }

void Services::fail(snn_state *state, snn_worker *worker, uint32_t population, uint64_t step) {
  simulationOf(state).noteFailure(*worker, population, step);
}

static std::string describe(const DrawRequest &request) {
  static constexpr const char *names[] = {"normal", "uniform", "lognormal", "exponential", "truncated_normal",
                                          "gamma",  "weibull", "beta"};
  static constexpr int counts[] = {2, 2, 2, 1, 4, 2, 2, 2};
  if (request.distribution >= std::size(names))
    return "an unknown distribution";
  std::string text = names[request.distribution];
  char number[64];
  auto append = [&](const char *before, double value) {
    std::snprintf(number, sizeof number, "%s%.6g", before, value);
    text += number;
  };
  for (int i = 0; i < counts[request.distribution]; ++i)
    append(i == 0 ? "(" : ", ", request.parameters[i]);
  text += ")";
  if (request.modifiers & SNN_AT_LEAST)
    append(" at least ", request.parameters[4]);
  if (request.modifiers & SNN_AT_MOST)
    append(" at most ", request.parameters[5]);
  return text;
}

double Services::draw(const snn_state *state, uint32_t distribution, uint32_t modifiers, uint32_t stream,
                      uint64_t element, const double *parameters) {
  DrawRequest request{distribution, modifiers, stream, element, parameters};
  double number = drawNumber(state->seed, request);
  if (std::isnan(number))
    try {
      std::string message = "no number can be drawn from `" + describe(request) + "` (base units ms, mV, pA)";
      simulationOf(state).serviceFailure.note(SNN_WRONG_VALUE, message.c_str());
    } catch (const std::bad_alloc &) {
      simulationOf(state).serviceFailure.note(SNN_NO_MEMORY, "out of memory");
    }
  return number;
}

double Services::data(const snn_state *state, const char *array, uint32_t of, uint32_t owner, uint64_t first, uint64_t second,
                      uint64_t element) {
  Simulation &simulation = simulationOf(state);
  try {
    return dataNumber(simulation.dataFiles.find(array), {of, owner, first, second, element}, simulation.model, simulation.plan);
  } catch (const Failure &failure) {
    simulation.serviceFailure.note(failure.status, failure.what());
  } catch (const std::bad_alloc &) {
    simulation.serviceFailure.note(SNN_NO_MEMORY, "out of memory");
  }
  return std::numeric_limits<double>::quiet_NaN();
}

uint64_t Services::regenerate(snn_state *state, snn_worker *worker, uint32_t projection, uint64_t block, uint64_t row) {
  Simulation &simulation = simulationOf(state);
  try {
    return simulation.workers[worker->index]->regenerate(projection, block, row);
  } catch (const Failure &failure) {
    simulation.serviceFailure.note(failure.status, failure.what());
  } catch (const std::bad_alloc &) {
    simulation.serviceFailure.note(SNN_NO_MEMORY, "out of memory");
  }
  return 0;
}

void Services::install(snn_state &state, Simulation &simulation) {
  state.runtime = &simulation;
  state.barrier = barrier;
  state.record = record;
  state.propagator = propagator;
  state.draw = draw;
  state.data = data;
  state.regenerate = regenerate;
  state.supply = supply;
  state.fail = fail;
}

} // namespace snn::runtime
