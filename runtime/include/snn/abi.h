/* What generated code looks like to the runtime, and the runtime to generated code.
 *
 * A compiled program exports one function, under two names, and imports none: everything it needs reaches it through the
 * `snn_state` below. It never allocates, does no I/O and cannot throw. Plain C, self-contained, versioned: JIT and
 * ahead-of-time objects are the same thing.
 *
 * Base units everywhere: ms, mV, pA, and so nS, pF, GOhm, 1/ms. Steps are 64-bit integers, synapses are counted in 64
 * bits, neurons of one population in 32.
 *
 * Who owns what. A population's neurons are divided into contiguous shares, one per worker. A worker owns its share: the
 * state, every synapse that ends there, and the list of spikes emitted there. It reads the spike lists of the others
 * and writes nothing of theirs, so there is no atomic operation and no order to depend on.
 */
#ifndef SNN_ABI_H
#define SNN_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SNN_ABI_VERSION 7u
#define SNN_NONE 0xffffffffu      /* "no such index" */
#define SNN_NEVER UINT64_MAX      /* "no such step" */
#define SNN_LANES 64u             /* every field of a share is padded to a multiple of this many elements, 64-byte aligned */
#define SNN_BLOCK_TARGETS 65536u  /* targets of one block of rows: a target is 16 bits */

/* ---- The read-only description of a program ------------------------------------------------------------------- */

enum snn_type { SNN_F32 = 0, SNN_F64 = 1, SNN_U16 = 2, SNN_U32 = 3 };

enum snn_field_kind {
  SNN_STATE = 0,     /* evolves; saved in checkpoints */
  SNN_PARAMETER = 1, /* one value per neuron, set by `initialise` */
  SNN_CONSTANT = 2,  /* derived from per-neuron parameters by `initialise` */
  SNN_HOLD = 3,      /* remaining refractory steps, SNN_U16 */
  SNN_ARRIVALS = 4,  /* events of this step are added here; the step consumes and zeroes it */
  SNN_TAP = 5,       /* a value as it was used in the step, kept because it is recorded */
  SNN_EXTERNAL = 6,  /* an input that the host writes between chunks; zero until it does. One called `given` counts the spikes that
                        the neuron is given, by `snn_spike_times` or `snn_inject_spikes` */
  SNN_HISTORY = 7,   /* a value of each of the last steps, in `snn_state::histories` */
  SNN_SUPPLIED = 8   /* taken from data by `supply` before the steps in which it changes; no part of a checkpoint */
};

/* A number of the network or the experiment that may change without compiling again. */
typedef struct snn_setting {
  const char *name;  /* "N.tau", "N.size", "E -> N.weight", "dt" */
  const char *unit;  /* as the author wrote it; "" for a number */
  double scale;      /* size of that unit in base units */
  double value;      /* default, in base units */
  uint8_t live;      /* 1: `prepare` is all that depends on it, so it may change while the simulation runs */
  const char *documentation; /* of what it sets, from the author's `##` comment; "" without one */
  uint8_t connects;  /* 1: which synapses there are, or their delays and amounts, depend on it */
} snn_setting;

/* One array over the neurons of a population. */
typedef struct snn_field {
  const char *name;
  const char *unit;
  double scale;
  uint8_t type; /* enum snn_type */
  uint8_t kind; /* enum snn_field_kind */
  const char *documentation; /* as of a setting */
} snn_field;

typedef struct snn_population {
  const char *name;
  const char *model;
  uint32_t size;          /* setting */
  uint32_t n_fields;
  const snn_field *fields; /* populations that share a body share this table */
  uint32_t first_field;   /* `snn_worker::fields[first_field + k]` is the array of `fields[k]` */
  uint32_t n_uniforms;
  uint32_t first_uniform; /* `snn_state::uniforms[first_uniform + k]` */
  uint32_t spikes_per_step; /* a neuron emits at most this many spikes in one step; 0: it never spikes */
  uint8_t anonymous;      /* a private source made for one projection: left out of summaries */
} snn_population;

/* A named range of neurons, for summaries and records. */
typedef struct snn_group {
  const char *name;
  uint32_t population;
  uint32_t begin, end; /* settings */
} snn_group;

enum snn_rule {
  SNN_ONE_TO_ONE = 0,
  SNN_ALL_TO_ALL = 1,
  SNN_BERNOULLI = 2,
  SNN_FIXED_INDEGREE = 3,
  SNN_FIXED_OUTDEGREE = 4,
  SNN_FIXED_TOTAL = 5,
  SNN_PAIRS = 6,
  SNN_PAIR_BERNOULLI = 7 /* every pair has a probability of its own, `contact_probabilities` */
};

/* What the states of a projection's synapses are kept for. */
enum snn_alignment {
  SNN_POST = 0,      /* each target: they are fields of its population */
  SNN_PRE = 1,       /* each source, in `snn_block::fields` */
  SNN_CONNECTION = 2 /* each synapse, in `snn_block::fields` */
};

/* Whether what a projection joins is joined the other way round as well, as by gap junctions. */
enum snn_mirror {
  SNN_ONE_WAY = 0,
  SNN_BOTH_WAYS = 1, /* within one range of neurons: every pair that the rule draws, once, is joined both ways */
  SNN_REVERSED = 2   /* the contacts are those of the projection `mirrored`, source and target exchanged */
};

/* How the amount that an event adds follows from the weight of its synapse. */
enum snn_weight_form {
  SNN_NO_WEIGHT = 0,     /* there is no weight */
  SNN_WEIGHT_ITSELF = 1, /* the amount is the weight */
  SNN_WEIGHT_SCALED = 2, /* the weight times an amount per weight, which `snn_model::synapses` computes */
  SNN_WEIGHT_HIDDEN = 3  /* it is no multiple of the weight, which therefore cannot be told from it */
};

typedef struct snn_projection {
  const char *name;
  uint32_t source, target;                 /* populations */
  uint32_t source_begin, source_end;       /* settings */
  uint32_t target_begin, target_end;       /* settings */
  uint8_t rule;                            /* enum snn_rule */
  uint8_t autapses, multapses;
  uint8_t amount_stored;                   /* 0: every event adds `snn_state::amounts[p]`; 1: one amount per synapse */
  uint8_t delay_stored;                    /* 0: every synapse has `snn_state::delays[p]`; 1: one delay per synapse */
  uint32_t number;                         /* setting: probability, degree or total; SNN_NONE where the rule has none */
  const char *path;                        /* edge file of SNN_PAIRS as for `data`, else NULL */
  uint32_t stream;                         /* of the random numbers that draw the contacts */
  uint32_t target_field;                   /* field of the target population that events are added to; unless aligned
                                              SNN_POST, what the synapses put out is summed there in every step */
  uint8_t alignment;                       /* enum snn_alignment */
  uint32_t n_fields;                       /* of one element: with SNN_POST, of one synapse */
  const snn_field *fields;
  uint8_t plastic;                         /* 1: the stored amounts change while the network runs */
  uint8_t responsive;                      /* 1: `run` needs `snn_block::incoming`, since spikes of the targets act on synapses */
  uint8_t mirror;                          /* enum snn_mirror */
  uint32_t mirrored;                       /* with SNN_REVERSED, the projection whose contacts, amounts and names these are */
  uint8_t procedural;                      /* 1: rows are drawn again for every spike, by `regenerate`, and never stored */
  uint32_t n_source_values, n_target_values; /* of SNN_PAIR_BERNOULLI: what `contact_values` computes of a neuron */
  uint8_t weight_form;                     /* enum snn_weight_form */
  const char *weight_unit;                 /* the author's; "" for a number */
  double weight_scale;                     /* size of that unit in base units */
  const char *weights_file;                /* whose weights replace the drawn ones when the network is built; else NULL */
  uint8_t dendritic;                       /* 1: what the target does acts on the synapses after twice the delay */
  uint32_t total;                          /* 0, or the amounts of the synapses onto each target are scaled to a sum: `synapses` computes
                                              it for the target, for the index total - 1 */
  /* Of SNN_PAIR_BERNOULLI. 0, or how many coordinates neurons have (um); pairs farther apart than `reach` have probability 0. These are positions
   * among the values of the source, those of `target_coordinate` among the values of the target. A period of 0: the coordinate does not
   * go round. */
  uint32_t axes;
  uint32_t reach;
  uint32_t source_coordinate[3], target_coordinate[3], period[3];
} snn_projection;

enum snn_record_kind {
  SNN_RECORD_SPIKES = 0,
  SNN_RECORD_FIELD = 1,   /* a value per neuron */
  SNN_RECORD_WEIGHTS = 2, /* a value per synapse */
  SNN_RECORD_MEAN = 3,    /* the mean of a field over the neurons */
  SNN_RECORD_RATE = 4,    /* spikes per neuron and ms, from one sample to the next */
  SNN_RECORD_SYNAPSES = 5 /* a field of a projection: a value per synapse, or per source if it is aligned SNN_PRE */
};

typedef struct snn_record {
  const char *name;    /* "spikes of N", "V of N[:5]", "mean V of N", "rate of N" */
  const char *variable; /* "V", "mean V", "rate"; "" for spikes */
  uint8_t kind;
  uint32_t population;
  uint32_t begin, end; /* settings; of weights and synapses: synapses of the projection in order of target, then source, or its sources.
                          An end of 2^53 means all of them, and is replaced by their number when the network is built */
  uint32_t field;      /* of the population; of synapses, of the projection; SNN_NONE for spikes, rates and weights */
  uint32_t every;      /* setting, ms; SNN_NONE: every step */
  uint32_t from;       /* setting, ms; SNN_NONE: from the start */
  uint32_t until;      /* setting, ms; SNN_NONE: to the end */
  uint32_t stride;     /* every so many neurons of the range, from its first on; 1: all */
  uint32_t projection; /* of weights and synapses, else SNN_NONE */
  const char *unit;    /* of weights and synapses, else "" */
  double scale;        /* size of that unit in base units */
} snn_record;

/* At a time, before the step that begins then, the amounts of a projection are computed anew: by `snn_model::synapses` for the index
 * n_projections + (position of the change), which finds the amounts as they are in `amount` and leaves the new ones there. */
typedef struct snn_change {
  uint32_t projection;
  uint32_t time; /* setting, ms */
} snn_change;

/* What ends a run: spikes per neuron and ms, counted over the last `window`, that are beyond a limit. It is tested after each ms of
 * model time (after each step, if that is longer), once a window has passed. */
typedef struct snn_stop {
  const char *name; /* of the group: "E" */
  uint32_t population;
  uint32_t begin, end;     /* settings */
  uint32_t window, limit;  /* settings: ms, 1/ms */
  uint8_t below;           /* 1: a rate below the limit ends the run; 0: one above it */
  uint8_t inclusive;       /* 1: so does the limit itself */
} snn_stop;

/* Spikes that a range of neurons is given: in the step that begins round(time / dt) steps after the start, a field of the neuron counts
 * them, and it is zero in all others. */
typedef struct snn_spike_times {
  uint32_t population;
  uint32_t begin, end; /* settings */
  uint32_t field;      /* of the population, SNN_EXTERNAL */
  const char *data;    /* an array of neurons, counted from `begin`, and times, or a pair of such arrays, as `snn_state::data` names it;
                          NULL: `times` */
  uint32_t n_times;
  const double *times; /* ms, of every neuron of the range */
} snn_spike_times;

/* The value between two samples of a series. */
enum snn_between {
  SNN_PREVIOUS = 0, /* the sample before */
  SNN_LINEAR = 1    /* on the straight line from one to the next */
};

/* The value of a series behind its last sample. */
enum snn_beyond {
  SNN_HOLD_LAST = 0, /* the last sample */
  SNN_NOTHING = 1,   /* zero */
  SNN_REPEAT = 2     /* the series begins anew, `every` behind its last sample */
};

/* An array over time that a field follows. Sample j is the value at j times `every`; a step has the value of its beginning. */
typedef struct snn_series {
  const char *drive;     /* what it is for: "N.I" */
  uint32_t population;
  uint32_t begin, end;   /* settings: the neurons that the columns of the array belong to */
  uint32_t field;        /* of the population, SNN_SUPPLIED */
  const char *array;     /* as for `data` */
  uint32_t every;        /* setting, ms; SNN_NONE: one number per neuron for the whole run */
  uint8_t between;       /* enum snn_between */
  uint8_t beyond;        /* enum snn_beyond */
} snn_series;

struct snn_state;
struct snn_worker;

typedef struct snn_model {
  uint32_t abi_version;
  const char *network;
  uint8_t precision;   /* SNN_F32 or SNN_F64: type of states and of stored amounts */
  uint32_t n_settings;
  const snn_setting *settings;
  uint32_t dt, duration; /* settings, ms */
  uint64_t seed;         /* default */
  uint64_t fingerprint;  /* of what the program computes, whatever its settings and records: equal programs continue each
                            other's checkpoints; 0: not known */
  uint32_t n_populations;
  const snn_population *populations;
  uint32_t n_fields, n_uniforms; /* over all populations */
  uint32_t n_groups;
  const snn_group *groups;
  uint32_t n_projections;
  const snn_projection *projections;
  uint32_t n_records;
  const snn_record *records;

  /* Computes `uniforms`, `amounts` and `delays` from the settings and `dt`. Called whenever a setting changes. Returns 0, or
   * 1 + the index of a population whose refractory time has more steps than a counter holds. */
  uint32_t (*prepare)(struct snn_state *);

  /* Sets per-neuron parameters, derived constants and initial states of this worker's neurons of one population,
   * padding included (a padding neuron copies the last real one). */
  void (*initialise)(struct snn_state *, struct snn_worker *, uint32_t population);

  /* Amounts and delays (ms) of n synapses of one projection (or amounts after one change); a null array is not wanted. For the index
   * n_projections + n_changes + p it is the amounts per weight of projection p, if that is SNN_WEIGHT_SCALED. `pre` and `post` are positions in
   * the populations, `element` names the synapse to the random number generator. */
  void (*synapses)(const struct snn_state *, uint32_t projection, uint64_t n, const uint32_t *pre, const uint32_t *post,
                   const uint64_t *element, double *amount, double *delay);

  /* Sets parameters, derived constants and initial states of the elements of one block of rows, of a projection that is
   * not aligned SNN_POST. `element` names its synapses, in the order of the rows. Padding stays zero. */
  void (*initialise_synapses)(struct snn_state *, struct snn_worker *, uint32_t projection, uint32_t block,
                              const uint64_t *element);

  /* Of a projection with SNN_PAIR_BERNOULLI. What a probability takes from the source (end 0) or the target (end 1), for n neurons
   * given by their positions in the population: value v of neuron k is out[v * stride + k]. */
  void (*contact_values)(const struct snn_state *, uint32_t projection, uint32_t end, uint64_t n, const uint32_t *index,
                         double *out, uint64_t stride);
  /* The probabilities of contacts from one source to n targets, n a multiple of SNN_LANES, where value v of target k is
   * target[v * stride + k]. */
  void (*contact_probabilities)(const struct snn_state *, uint32_t projection, const double *source, uint64_t n,
                                const double *target, uint64_t stride, double *out);

  /* The time loop: steps [first, first + n) of this worker's share. */
  void (*run)(struct snn_state *, struct snn_worker *, uint64_t first, uint64_t n);

  uint8_t profiled;      /* 1: `run` adds to `snn_worker::profile`, which must then not be NULL */
  uint32_t n_changes;
  const snn_change *changes; /* in the order in which they are made */
  uint32_t n_stops;
  const snn_stop *stops; /* any of them ends the run */

  /* Elements of `snn_state::uniforms` that are numbers of steps: neurons look back at their population's histories by so many. */
  uint32_t n_look_backs;
  const uint32_t *look_backs;

  uint32_t n_spike_times;
  const snn_spike_times *spike_times;

  /* What the spikes in this worker's lists of step k, which is over, do to synapses that end on their neurons and to what these keep for
   * plasticity: for spikes that `run` has not emitted itself. May be NULL. */
  void (*react)(struct snn_state *, struct snn_worker *, uint64_t k);

  uint32_t n_series;
  const snn_series *series;
} snn_model;

/* ---- What the runtime holds for a running program --------------------------------------------------------------- */

/* This worker's neurons of one population: [begin, begin + count) of it; arrays have `padded` elements. */
typedef struct snn_share {
  uint32_t begin, count, padded;
} snn_share;

/* Spikes emitted by one worker's share of one population. Step k of a chunk that starts at step c has slot
 * k - c + history, and its spikes are index[first[slot]] .. index[first[slot + 1] - 1], ascending; a neuron that emits several
 * is listed as often. The runtime keeps the last `history` steps in front when a new chunk starts and sees to it that
 * `index` can hold every spike of the chunk. */
typedef struct snn_spikes {
  uint32_t *index; /* position in the population */
  uint64_t *first; /* [history + chunk steps + 1] */
} snn_spikes;

/* Synapses of one projection that end in one block of this worker's targets, by source. Source s (counted from the
 * projection's first source) has synapses start[s] .. start[s+1]-1. With one delay for all they are in the order in which they
 * were drawn; with stored delays they are sorted by delay (stable), and those with delay of min_delay + j steps are
 * start[s] + segment[s * (span + 1) + j] .. start[s] + segment[s * (span + 1) + j + 1], span = max_delay - min_delay + 1. */
typedef struct snn_block {
  uint32_t first_target; /* element of the target field (in this worker's share) that target 0 means */
  const uint64_t *start; /* [sources + 1] */
  const uint16_t *target;
  const void *amount;      /* f32 or f64 by precision; NULL if uniform */
  const uint32_t *segment; /* NULL if the delay is uniform */
  /* [n_fields of the projection], NULL without: arrays with one element per synapse, parallel to `target`, or per source.
   * Like the fields of a share they are padded to a multiple of SNN_LANES elements and 64-byte aligned. */
  void *const *fields;
  /* Of a responsive projection, else NULL: the synapses by target. Those that end on target t are incoming[incoming_start[t]] ..
   * incoming[incoming_start[t + 1] - 1], positions in the arrays above, in the order of the rows; t < n_targets. */
  const uint32_t *incoming_start;
  const uint32_t *incoming;
  const uint32_t *incoming_source; /* position of the source in its population, parallel to `incoming` */
  const uint16_t *incoming_delay;  /* steps, parallel to `incoming`; NULL if the delay is uniform */
  uint32_t n_targets;
} snn_block;

/* One field of kind SNN_HISTORY: the value of neuron i of the whole population after step k is
 * values[(k % snn_state::remembered) * stride + i]. */
typedef struct snn_history {
  void *values;
  uint64_t stride;
} snn_history;

typedef struct snn_rows {
  uint32_t source_begin, source_end; /* in the source population */
  uint32_t min_delay, max_delay;     /* steps, >= 1; equal if the delay is uniform; both 0: no synapse at all */
  uint32_t n_blocks;
  const snn_block *blocks;
} snn_rows;

/* Where the time of one worker goes, in ticks of the processor's time stamp counter. */
typedef struct snn_profile {
  uint64_t *arrive;    /* [n_projections] events that are due, and what synapses do that have states of their own */
  uint64_t *events;    /* [n_projections] events delivered; a number, not a time */
  uint64_t *integrate; /* [n_populations] the loop over the neurons, spikes included */
  uint64_t *spike;     /* [n_populations] of which reset and entry into the spike list */
  uint64_t record;     /* sampling of fields */
  uint64_t wait;       /* for other workers */
} snn_profile;

typedef struct snn_worker {
  uint32_t index;
  snn_share *shares;   /* [n_populations] */
  void **fields;       /* [n_fields] */
  snn_spikes *spikes;  /* [n_populations] */
  snn_rows *rows;      /* [n_projections] */
  uint64_t next_record; /* `record` is called after the first step k with k + 1 >= next_record; it sets the next */
  uint64_t events;     /* synaptic events delivered so far */
  uint64_t failed_step; /* first step in which a state stopped being finite or a spike count overflowed; SNN_NEVER: none */
  uint32_t failed_population;
  snn_profile *profile; /* NULL unless the program is profiled */
  uint64_t next_supply; /* `supply` is called in front of the first step k >= next_supply; it sets the next */
} snn_worker;

typedef struct snn_state {
  const snn_model *model;
  const double *settings; /* [n_settings], base units */
  double *uniforms;       /* [n_uniforms] */
  double *amounts;        /* [n_projections] */
  double *delays;         /* [n_projections], ms */
  double dt;              /* ms */
  uint64_t seed;
  uint64_t chunk_first;   /* first step of the chunk being run */
  uint32_t history;       /* steps of spikes kept from before the chunk: the longest delay */
  uint32_t epoch;         /* workers meet after every step k with (k + 1) % epoch == 0; at most the shortest delay */
  uint32_t n_workers;
  snn_worker **workers;
  void *runtime;          /* the runtime's own */

  /* Services. `barrier` is called only if n_workers > 1. */
  void (*barrier)(struct snn_state *, snn_worker *);
  void (*record)(struct snn_state *, snn_worker *, uint64_t step);
  /* P = exp(A) and Q = sum over k of A^k/(k+1)!, row-major n x n. */
  void (*propagator)(uint32_t n, const double *A, double *P, double *Q);
  /* One random number. `distribution` is an enum snn_distribution, `modifiers` a set of snn_modifier bits; parameters are
   * p0..p3, lower bound, upper bound. */
  double (*draw)(const struct snn_state *, uint32_t distribution, uint32_t modifiers, uint32_t stream, uint64_t element,
                 const double *parameters);
  /* A number of an array in a file, which `array` names in four lines: path, data set (or nothing), unit of its numbers unless the
   * file says one (or nothing) and, for a table, its shape. `of` is an enum snn_data_of. */
  double (*data)(const struct snn_state *, const char *array, uint32_t of, uint32_t owner, uint64_t first, uint64_t second,
                 uint64_t element);
  /* Called once by a worker whose `failed_step` is SNN_NEVER, in the step in which a state of its share of the population stops
   * being finite or a spike count overflows. Notes the step, the population and the neuron; the chunk runs on. */
  void (*fail)(struct snn_state *, snn_worker *, uint32_t population, uint64_t step);

  uint32_t remembered;          /* steps in a history: more than the longest delay, or look back, and an epoch together */
  const snn_history *histories; /* [n_fields], NULL where the program has none */

  /* Draws a row of a procedural projection into the arrays of the block, in the order in which it would be stored. Returns the
   * number of its synapses. */
  uint64_t (*regenerate)(struct snn_state *, snn_worker *, uint32_t projection, uint64_t block, uint64_t row);
  /* Puts what the series of the program have for a step into the fields of this worker's share. */
  void (*supply)(struct snn_state *, snn_worker *, uint64_t step);
} snn_state;

/* Whose number of an array is wanted. */
enum snn_data_of {
  SNN_DATA_OF_NEURON = 0,  /* neuron `first` of population `owner` */
  SNN_DATA_OF_SOURCE = 1,  /* neuron `first` of the source population of projection `owner` */
  SNN_DATA_OF_TARGET = 2,  /* neuron `first` of its target population */
  SNN_DATA_OF_SYNAPSE = 3, /* synapse `element` of projection `owner`, from neuron `first` to neuron `second` */
  SNN_DATA_OF_TABLE = 4    /* number `first` in the order of the array */
};

enum snn_distribution {
  SNN_NORMAL = 0,          /* mean, standard deviation */
  SNN_UNIFORM = 1,         /* low, high */
  SNN_LOGNORMAL = 2,       /* mean and standard deviation of the number itself, not of its logarithm */
  SNN_EXPONENTIAL = 3,     /* mean */
  SNN_TRUNCATED_NORMAL = 4, /* mean, standard deviation, low, high */
  SNN_GAMMA = 5,            /* mean, standard deviation */
  SNN_WEIBULL = 6,          /* scale, shape: scale * (-log U)^(1 / shape) */
  SNN_BETA = 7              /* alpha, beta */
};

enum snn_modifier { SNN_AT_LEAST = 1, SNN_AT_MOST = 2, SNN_KEEPING_SIGN = 4, SNN_CLIP = 8 };

/* Random numbers inside the time loop: Philox 4x32-10 (Salmon et al. 2011, doi:10.1145/2063384.2063405) with key
 * (seed low, seed high) and counter (element low, element high ^ step high, step low, stream); a draw outside the loop
 * has the number of its attempt in place of the step. */

/* What a program exports: its description, as `snn_query_model` for those who open a shared object, and as
 * `snn_query_NETWORK` for those who link one. The first name is weak, so that several programs can be linked together. */
const snn_model *snn_query_model(void);

#ifdef __cplusplus
}
#endif
#endif
