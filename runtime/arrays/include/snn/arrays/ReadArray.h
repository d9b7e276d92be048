/* One array of a `.npz` or HDF5 file. A library of its own, libsnnArrays: the runtime opens it when a model loads such a file. */
#ifndef SNN_ARRAYS_READARRAY_H
#define SNN_ARRAYS_READARRAY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SNN_ARRAY_AXES 32

typedef struct snn_array {
  void *bytes;            /* to be freed with `free`; NULL after a failure */
  size_t length;
  uint8_t is_npy;         /* 1: the bytes are a .npy file, and nothing below counts */
  char kind;              /* 'i', 'u' or 'f' */
  uint32_t width;         /* bytes of one number, in the order of the machine */
  uint32_t rank;
  uint64_t shape[SNN_ARRAY_AXES];
  uint8_t of_edges;       /* 1: a SONATA group of edges: one row per edge, with the positions of source and target in their populations */
  char unit[64];          /* the attribute `units` or `unit`, or empty */
  char message[256];      /* after a failure: what is wrong, to stand behind the name of the file */
} snn_array;

/* Reads the array `data_set` of the file at `path`, "" for its only one. A group of an HDF5 file with `source_node_id` and
 * `target_node_id` counts as an array of both. Returns 1, or 0 with a message. Never throws. */
int snn_read_array(const char *path, const char *data_set, snn_array *array);

/* 1 if the HDF5 file at `path` has something called `name`; 0 if not, or if the file cannot be read. */
int snn_has_array(const char *path, const char *name);

#ifdef __cplusplus
}
#endif
#endif
