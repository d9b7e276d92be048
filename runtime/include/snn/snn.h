/* What a host calls: build a simulation from a compiled program, run it, take what it records.
 *
 * Every call that can fail returns a `snn_status`; `snn_message` has the sentence. Several simulations may live in one
 * process, each used from one thread at a time. Quantities are in base units (ms, mV, pA; so nS, pF) unless said otherwise.
 */
#ifndef SNN_SNN_H
#define SNN_SNN_H

#include "snn/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum snn_status {
  SNN_OK = 0,
  SNN_STOPPED = 1,      /* a sink asked to stop; what was done so far is whole */
  SNN_WRONG_USE = 2,    /* an argument or the order of calls */
  SNN_WRONG_VALUE = 3,  /* a setting out of range, a size of zero, more targets than there are neurons, ... */
  SNN_NO_MEMORY = 4,    /* said before allocating, with the number */
  SNN_BAD_FILE = 5,     /* edges or data that cannot be read; a checkpoint that cannot be written or does not fit */
  SNN_NOT_FINITE = 6,   /* a state became NaN or infinite; the message has step, population, neuron and state */
  SNN_OVERFLOW = 7      /* more spikes of one neuron in one step than a queue holds */
} snn_status;

typedef struct snn_simulation snn_simulation;

/* Receives results while the simulation runs, once per chunk, on the thread that called `snn_advance`. Any function may be
 * NULL. A non-zero return stops the run after this chunk with SNN_STOPPED (nothing is lost). */
typedef struct snn_sink {
  void *user;
  /* Spikes of one spike record (index into `snn_model::records`), ordered by step, then neuron (its position in the
   * population). */
  int (*spikes)(void *user, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron);
  /* Samples of one field record: `n` times of `width` values each, row-major, in base units, `type` SNN_F32 or SNN_F64. The
   * time of a sample is step + 1 times dt: the state after the step. */
  int (*samples)(void *user, uint32_t record, uint64_t n, const uint64_t *step, uint32_t width, uint8_t type, const void *values);
  /* After each chunk: steps done and steps asked for, both counted from the start of the simulation. */
  int (*progress)(void *user, uint64_t done, uint64_t total);
  /* Spikes of one population, recorded or not, ordered by step, then neuron; only of populations that are not anonymous.
   * They are gathered only if somebody asks. */
  int (*all_spikes)(void *user, uint32_t population, uint64_t n, const uint64_t *step, const uint32_t *neuron);
} snn_sink;

typedef struct snn_options {
  uint32_t workers;    /* threads; 0 means 1 */
  uint32_t chunk_steps; /* 0: the runtime chooses a few ms of model time */
} snn_options;

/* Where a run ended with SNN_NOT_FINITE or SNN_OVERFLOW: the first step that is not whole, and what was found there. */
typedef struct snn_fault {
  uint64_t step;
  uint32_t population;
  uint32_t neuron, field; /* SNN_NONE: not known */
} snn_fault;

/* Figures of a simulation, for summaries and benchmarks. Times in seconds. */
typedef struct snn_figures {
  uint64_t synapses;
  uint64_t events, steps; /* by this simulation: not those before a checkpoint that it has restored */
  uint64_t bytes;       /* memory of states, rows and lists */
  uint64_t row_bytes;   /* of which rows of synapses */
  double build_seconds, loop_seconds;
  double loop_thread_seconds; /* CPU time of all workers */
} snn_figures;

/* Copies nothing: `model` must outlive the simulation. */
snn_status snn_create(const snn_model *model, const snn_options *options, snn_simulation **simulation);
void snn_destroy(snn_simulation *simulation);

/* Sets a run-time value before `snn_build`; `setting` indexes `snn_model::settings`, `value` is in base units. */
snn_status snn_set(snn_simulation *simulation, uint32_t setting, double value);
snn_status snn_set_seed(snn_simulation *simulation, uint64_t seed);

/* Folder that relative paths of data files start from; the default is the working directory. */
snn_status snn_set_folder(snn_simulation *simulation, const char *folder);

/* Allocates, draws connectivity and initial values. */
snn_status snn_build(snn_simulation *simulation);

/* Advances by `steps` (0: to the end of the duration), handing results to `sink` (may be NULL). */
snn_status snn_advance(snn_simulation *simulation, uint64_t steps, const snn_sink *sink);

/* Writes a checkpoint: all states and the spikes on their way after the last step. It takes the place of a checkpoint of that
 * name in one step, whole and on disk; any other file there is left alone (SNN_BAD_FILE). Not from inside a sink.
 *
 * A run that is restored goes on exactly, with any number of threads: bit for bit as if it had never stopped. */
snn_status snn_save(snn_simulation *simulation, const char *path);

/* 1 if the file begins like a checkpoint, so that `snn_save` would replace it; else 0. */
int snn_is_checkpoint(const char *path);

/* Puts a built simulation into the state that was saved, whatever it has done before, also after it has failed. The file must be
 * of the same program, settings and seed; only the duration and what is recorded may differ. Unless all of it can be used,
 * nothing has changed (SNN_BAD_FILE, and the message says what does not fit). */
snn_status snn_restore(snn_simulation *simulation, const char *path);

/* One element of a field (index into the population's fields) after the last step, in base units. */
snn_status snn_read(const snn_simulation *simulation, uint32_t population, uint32_t field, uint32_t neuron, double *value);

uint64_t snn_step(const snn_simulation *simulation);      /* steps done */
uint64_t snn_total_steps(const snn_simulation *simulation); /* round(duration / dt) */
double snn_setting_value(const snn_simulation *simulation, uint32_t setting); /* as in force */
snn_status snn_get_fault(const snn_simulation *simulation, snn_fault *fault); /* SNN_WRONG_USE: it has not failed so */
void snn_get_figures(const snn_simulation *simulation, snn_figures *figures);
const char *snn_message(const snn_simulation *simulation); /* of the last failure; never NULL */
const char *snn_create_message(void);                      /* of the last failed `snn_create` on this thread */

#ifdef __cplusplus
}
#endif
#endif
