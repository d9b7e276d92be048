/* What a host calls: load a compiled network, set its values, build it, step it, and look at it.
 *
 *   snn_program *program;
 *   snn_simulation *simulation;
 *   snn_program_open("./libcoba.so", &program);                      (or link it, and use snn_query_Coba())
 *   snn_create(snn_program_model(program), NULL, &simulation);
 *   snn_set(simulation, "N.tau", 10, "ms");
 *   snn_build(simulation);
 *   snn_run(simulation, 100, "ms", NULL);
 *   snn_destroy(simulation);
 *   snn_program_close(program);
 *
 * Status and message. Every call that can fail returns an `snn_status`, and `snn_message` has the sentence that goes with the
 * last failure: of the simulation, or, for calls without one, of the calling thread. A call that fails changes nothing,
 * except that a run which meets a failure ends in the step before it.
 *
 * Units. A value that crosses this border as a double comes with the text of its unit ("mV", "nS/cm^2", "/ms"; "" or NULL for a
 * number), and any unit of the right dimension will do. Arrays that are shared without copying hold base units: ms, mV, pA,
 * and so nS, pF, Gohm, 1/ms; divided by `scale` they are in the author's unit.
 *
 * Names. A setting is called as in `snn_model::settings`: "N.tau", "size(N)", "E -> N.weight", "dt", and a `param` of the
 * network by its own name. An array is called "POPULATION.FIELD" ("N.V"); the name of a group in place of the population
 * means its part of it, and that of a projection a state of its synapse ("E -> N.g"), kept for the neurons it ends at.
 *
 * Threads. Several simulations may live in one process, also of one program, each used from one thread at a time; different
 * simulations need no lock. Worker threads are the simulation's own (`snn_options::workers`) and are asleep between
 * calls. Sinks are called on the thread that called `snn_advance` or `snn_run`, and may not call it again.
 *
 * Ownership and lifetimes. The caller owns programs and simulations. A simulation refers to the model, so the program outlives
 * it. Pointers that a call hands out say themselves how long they live.
 */
#ifndef SNN_SNN_H
#define SNN_SNN_H

#include "snn/abi.h"

#include <stddef.h>

#if defined(__GNUC__)
#define SNN_API __attribute__((visibility("default")))
#else
#define SNN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum snn_status {
  SNN_OK = 0,
  SNN_STOPPED = 1,      /* a sink asked to stop; what was done so far is whole */
  SNN_WRONG_USE = 2,    /* an argument, a name or the order of calls */
  SNN_WRONG_VALUE = 3,  /* a value out of range or of another dimension, a size of zero, ... */
  SNN_NO_MEMORY = 4,    /* said before allocating, with the number */
  SNN_BAD_FILE = 5,     /* a program, edges or data that cannot be read; a checkpoint that cannot be written or does not fit */
  SNN_NOT_FINITE = 6,   /* a state became NaN or infinite; the message has step, population, neuron and state */
  SNN_OVERFLOW = 7,     /* more spikes of one neuron in one step than a queue holds */
  SNN_ENDED = 8         /* a `stop when` of the experiment was met; what was done so far is whole, and the message says which */
} snn_status;

typedef struct snn_program snn_program;
typedef struct snn_simulation snn_simulation;

/* The sentence of the simulation's last failure, or with NULL of the last failed call of this thread that had no simulation.
 * Never NULL; valid until the next failure. */
SNN_API const char *snn_message(const snn_simulation *simulation);

/* ---- Programs ---------------------------------------------------------------------------------------------------- */

/* Opens a shared object that `snnc FILE compile` has written. A path without `/` is looked for as dlopen(3) does. */
SNN_API snn_status snn_program_open(const char *path, snn_program **program);

/* Makes a program of a model that something else keeps alive: closing it calls `release(owner)`, if there is one. */
SNN_API snn_status snn_program_adopt(const snn_model *model, void *owner, void (*release)(void *owner), snn_program **program);

/* For libraries beside this one: fails with `status`, and `message` as this thread's. */
SNN_API snn_status snn_refuse(snn_status status, const char *message);

/* The read-only description in abi.h: populations, settings, records. Lives as long as the program. */
SNN_API const snn_model *snn_program_model(const snn_program *program);

/* NULL is allowed. No simulation of the program may be left. */
SNN_API void snn_program_close(snn_program *program);

/* ---- Before the network is built --------------------------------------------------------------------------------------- */

typedef struct snn_options {
  uint32_t workers;     /* threads; 0 means 1; results do not depend on it */
  uint32_t chunk_steps; /* steps between two moments at which results are handed over; 0: a few ms of model time */
} snn_options;

/* `options` may be NULL. A linked program is passed as `snn_query_NAME()`. */
SNN_API snn_status snn_create(const snn_model *model, const snn_options *options, snn_simulation **simulation);

/* NULL is allowed. */
SNN_API void snn_destroy(snn_simulation *simulation);

/* Sets a value by name. Before `snn_build` every setting may be set; afterwards those with `snn_setting::live`, from the next
 * step on: parameters and weights that are one value for all, inputs driven by the experiment. */
SNN_API snn_status snn_set(snn_simulation *simulation, const char *name, double value, const char *unit);

/* A setting as in force, in `unit`. */
SNN_API snn_status snn_get(const snn_simulation *simulation, const char *name, double *value, const char *unit);

/* The same by position in `snn_model::settings` and in base units, for those who go through the table. */
SNN_API snn_status snn_set_at(snn_simulation *simulation, uint32_t setting, double value);
SNN_API double snn_get_at(const snn_simulation *simulation, uint32_t setting);

SNN_API snn_status snn_set_seed(snn_simulation *simulation, uint64_t seed);

/* Draws initial values, parameters and noise as copy `copy` of a batch does, and if `redraw` the connections too; copy 0 is the run
 * without a batch. */
SNN_API snn_status snn_set_copy(snn_simulation *simulation, uint32_t copy, int redraw);

/* Folder that relative paths of data files start from; the default is the working directory. */
SNN_API snn_status snn_set_folder(snn_simulation *simulation, const char *folder);

/* Allocates, draws connectivity and initial values. After a failure a value may be changed and the call repeated. */
SNN_API snn_status snn_build(snn_simulation *simulation);

/* ---- Stepping --------------------------------------------------------------------------------------------------------- */

/* Receives results while the simulation runs, once per chunk. Any function may be NULL. A non-zero return stops the run after
 * this chunk with SNN_STOPPED (nothing is lost). Arrays live until the function returns. */
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

/* Advances by a duration, which is a multiple of `dt`. `sink` may be NULL. */
SNN_API snn_status snn_run(snn_simulation *simulation, double duration, const char *unit, const snn_sink *sink);

/* Advances by `steps` (0: to the end of the experiment's duration). */
SNN_API snn_status snn_advance(snn_simulation *simulation, uint64_t steps, const snn_sink *sink);

/* Back to the state in which `snn_build` left it, with the settings now in force: the same connections, the same initial
 * values, step 0. Views stay valid; injected and kept spikes are forgotten. Also allowed after a failed run. */
SNN_API snn_status snn_reset(snn_simulation *simulation);

/* Which condition of the experiment has ended the run at this step, in a sentence; "" if none has. Valid until the next call. */
SNN_API const char *snn_why_ended(const snn_simulation *simulation);

SNN_API uint64_t snn_step(const snn_simulation *simulation);        /* steps done */
SNN_API uint64_t snn_total_steps(const snn_simulation *simulation); /* round(duration / dt) of the experiment */

/* ---- Batches ----------------------------------------------------------------------------------------------------------- */

/* Copies of one network that are built and advanced together. A copy is a simulation like any other, with settings, seed and
 * `snn_set_copy` of its own, and computes, bit for bit, what it would compute alone; what the batch saves is memory, since copies
 * whose settings and seeds give the same connections hold them once, and time. With at least as many copies as
 * `snn_options::workers` every worker runs whole copies; with fewer, all workers share each copy. */
typedef struct snn_batch snn_batch;

/* As `snn_message`, of the batch. */
SNN_API const char *snn_batch_message(const snn_batch *batch);

SNN_API snn_status snn_create_batch(const snn_model *model, const snn_options *options, uint32_t copies, snn_batch **batch);

/* NULL is allowed. Destroys the copies. */
SNN_API void snn_destroy_batch(snn_batch *batch);

SNN_API uint32_t snn_batch_copies(const snn_batch *batch);

/* Copy `copy`, to be set before and looked at after the batch is built; NULL if there is none. It belongs to the batch, which alone
 * builds, advances, resets and destroys it. */
SNN_API snn_simulation *snn_batch_copy(snn_batch *batch, uint32_t copy);

SNN_API snn_status snn_build_batch(snn_batch *batch);

/* Advances every copy by `steps` (0: to the end of the experiment's duration). `sinks` has one sink per copy, or is NULL. All copies
 * stop after the chunk in which one of the sinks asks for it; a copy that the experiment ends waits for the others, and
 * SNN_ENDED says that it has ended all of them. When a copy fails, the others have finished the chunk too. */
SNN_API snn_status snn_advance_batch(snn_batch *batch, uint64_t steps, const snn_sink *sinks);

/* `snn_reset` of every copy. */
SNN_API snn_status snn_reset_batch(snn_batch *batch);

/* ---- States, between steps --------------------------------------------------------------------------------------------- */

/* One value per neuron, where the program itself keeps it: neuron k of the population or group at
 * `(char *)values + k * stride`. Reading needs no call; what is written is seen by the next step. Valid until the simulation is
 * destroyed, and not to be touched while it runs. */
typedef struct snn_view {
  void *values;
  uint64_t count;
  size_t stride;    /* bytes from one neuron to the next */
  uint8_t type;     /* enum snn_type: float, double, uint16_t or uint32_t */
  uint8_t kind;     /* enum snn_field_kind */
  const char *unit; /* the author's; "" for a number */
  double scale;     /* size of that unit in base units: values[k] / scale is in `unit` */
} snn_view;

/* States, inputs that the experiment leaves to the host (`N.I = external`), and parameters that differ from neuron to
 * neuron. */
SNN_API snn_status snn_view_field(snn_simulation *simulation, const char *name, snn_view *view);

/* Copies `n` values from neuron `first` on, in `unit`. */
SNN_API snn_status snn_read(const snn_simulation *simulation, const char *name, uint64_t first, uint64_t n, double *values,
                            const char *unit);
SNN_API snn_status snn_write(snn_simulation *simulation, const char *name, uint64_t first, uint64_t n, const double *values,
                             const char *unit);

/* ---- Connections and their weights, between steps ------------------------------------------------------------------------ */

/* The synapses of a projection, which is called as in `snn_model::projections` ("EN" of `as EN`, else "E -> N"), are counted in order
 * of target, then source, then delay, then as they were drawn: however many threads there are, and as `record w of EN` and files
 * of weights count them. A part is read by going through the targets that it lies in, up to 65 536 at a time, so that many
 * small parts take long. In a batch every copy has weights of its own. */
typedef struct snn_connections {
  uint64_t count;        /* synapses; those that are drawn again for every spike are drawn to be counted, and to be read */
  uint32_t source, target; /* populations, indices into `snn_model::populations` */
  uint32_t source_begin, source_end; /* which of their neurons are joined */
  uint32_t target_begin, target_end;
  uint8_t weight_form;   /* enum snn_weight_form: whether there is a weight, and can be told */
  uint8_t writable;      /* 1: every synapse has a weight that can be written; else `snn_write_weights` says why not */
  const char *unit;      /* the author's; "" for a number */
  double scale;          /* size of that unit in base units */
} snn_connections;

SNN_API snn_status snn_get_connections(snn_simulation *simulation, const char *projection, snn_connections *connections);

/* The ends of `n` synapses from synapse `first` on, as positions in their populations. NULL: not wanted. */
SNN_API snn_status snn_read_contacts(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n,
                                     uint32_t *pre, uint32_t *post);

/* Their delays, which are whole steps. */
SNN_API snn_status snn_read_delays(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n,
                                   double *delays, const char *unit);

/* Their weights as they are now. */
SNN_API snn_status snn_read_weights(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n,
                                    double *weights, const char *unit);

/* What is written is what the next step finds; rules go on from there, and apply their bounds (`keep`) when they change it next.
 * Checkpoints have it, and `snn_reset` forgets it. SNN_WRONG_USE where there is nothing to write: all synapses have one weight,
 * which is a setting, or are drawn again for every spike. */
SNN_API snn_status snn_write_weights(snn_simulation *simulation, const char *projection, uint64_t first, uint64_t n,
                                     const double *weights, const char *unit);

/* Writes the weights that `save weights` or `--save-weights` has saved, docs/output.md; NULL: of every projection that the file and the network
 * have. The ends in the file must be those of the synapses (SNN_BAD_FILE), in any order. A relative path starts as in `snn_set_folder`. */
SNN_API snn_status snn_load_weights(snn_simulation *simulation, const char *path, const char *projection);

/* ---- Spikes in and out ------------------------------------------------------------------------------------------------- */

/* Lets neurons (positions in the population or group) spike in `step`, which has not been run yet: their targets receive the
 * spikes after the delay, plasticity rules act, and sinks see them. Neurons of a `source`, or of any model with an `input given: number`, get
 * the spikes there in that step, and their model says what follows. Of others the own states are not touched. A neuron that spikes in that
 * step by itself, or is listed twice, spikes as often as its model can in one step, at most. */
SNN_API snn_status snn_inject_spikes(snn_simulation *simulation, const char *population, uint64_t step, uint64_t n,
                                     const uint32_t *neurons);

/* From now on the spikes of a population or group are kept until they are taken. */
SNN_API snn_status snn_keep_spikes(snn_simulation *simulation, const char *population);

/* Hands over the kept spikes since the last call, ordered by step, then neuron (its position in the population or group). The
 * arrays live until the next call for the same name. */
SNN_API snn_status snn_take_spikes(snn_simulation *simulation, const char *population, uint64_t *n, const uint64_t **steps,
                                   const uint32_t **neurons);

/* ---- Checkpoints -------------------------------------------------------------------------------------------------------- */

/* Writes a checkpoint: all states and the spikes on their way after the last step. It takes the place of a checkpoint of that
 * name in one step, whole and on disk; any other file there is left alone (SNN_BAD_FILE). Neither from inside a sink, nor
 * while injected spikes wait for steps to come.
 *
 * A run that is restored goes on exactly, with any number of threads: bit for bit as if it had never stopped. */
SNN_API snn_status snn_save(snn_simulation *simulation, const char *path);

/* 1 if the file begins like a checkpoint, so that `snn_save` would replace it; else 0. */
SNN_API int snn_is_checkpoint(const char *path);

/* Puts a built simulation into the state that was saved, whatever it has done before, also after it has failed. The file must be
 * of the same program, settings and seed; only the duration and what is recorded may differ. Unless all of it can be used,
 * nothing has changed (SNN_BAD_FILE, and the message says what does not fit). Injected and kept spikes are forgotten. */
SNN_API snn_status snn_restore(snn_simulation *simulation, const char *path);

/* ---- Figures ------------------------------------------------------------------------------------------------------------ */

/* Where a run ended with SNN_NOT_FINITE or SNN_OVERFLOW: the first step that is not whole, and what was found there. */
typedef struct snn_fault {
  uint64_t step;
  uint32_t population;
  uint32_t neuron, field; /* SNN_NONE: not known */
} snn_fault;

/* SNN_WRONG_USE: it has not failed so. */
SNN_API snn_status snn_get_fault(const snn_simulation *simulation, snn_fault *fault);

/* For summaries and benchmarks. Times in seconds. */
typedef struct snn_figures {
  uint64_t synapses;
  uint64_t events, steps; /* by this simulation: not those before a checkpoint that it has restored */
  uint64_t bytes;       /* memory of states, rows and lists */
  uint64_t row_bytes;   /* of which rows of synapses */
  double build_seconds, loop_seconds;
  double loop_thread_seconds; /* CPU time of all workers */
} snn_figures;

/* Where the time of `snn_advance` went, in seconds: what the workers have spent on each phase, on average, so that all phases
 * add up to the total. */
typedef struct snn_phases {
  double arrive;    /* delivering events, and what synapses do that have states of their own */
  double integrate; /* the loops over neurons, without: */
  double spike;     /* reset and entry into the spike list */
  double record;    /* sampling of fields in the loop */
  double wait;      /* for other workers */
  double rest;      /* the loop over steps itself, and reading the clock */
  double hand_over; /* calls of the sink, between chunks */
  double total;     /* wall time */
} snn_phases;

typedef struct snn_population_profile {
  double integrate, spike;
  uint64_t neuron_steps, spikes;
} snn_population_profile;

typedef struct snn_projection_profile {
  double arrive;
  uint64_t events;
} snn_projection_profile;

SNN_API void snn_get_figures(const snn_simulation *simulation, snn_figures *figures);

/* Of all copies together: synapses and bytes that are in memory, events and steps that were computed, and the time that it took. */
SNN_API void snn_get_batch_figures(const snn_batch *batch, snn_figures *figures);

/* SNN_WRONG_USE unless the program was compiled with a profile (`snn_model::profiled`), or if there is no such index. */
SNN_API snn_status snn_get_phases(const snn_simulation *simulation, snn_phases *phases);
SNN_API snn_status snn_get_population_profile(const snn_simulation *simulation, uint32_t population,
                                              snn_population_profile *profile);
SNN_API snn_status snn_get_projection_profile(const snn_simulation *simulation, uint32_t projection,
                                              snn_projection_profile *profile);

#ifdef __cplusplus
}
#endif
#endif
