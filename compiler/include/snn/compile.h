/* The compiler for a host that has a network as text: what `snnc FILE run` does up to the program in memory.
 *
 * This is libsnn-compile, which links LLVM and MLIR and contains the model library; libsnn, which runs the program, needs
 * neither. Calls may come from several threads at a time.
 */
#ifndef SNN_COMPILE_H
#define SNN_COMPILE_H

#include "snn/snn.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct snn_compile_options {
  const char *name;       /* of the text, in messages; NULL: "host.snn" */
  const char *experiment; /* which `simulate` of several: the name of its network, or its position from 1; NULL: the only one */
  const char *cpu;        /* an LLVM CPU name such as "x86-64-v3"; NULL: this machine */
  double dt;              /* of a text without `simulate`: length of a step in ms; 0: 0.1 */
  enum snn_type precision; /* of such a text: SNN_F32, the default, or SNN_F64 */
} snn_compile_options;

/* Compiles `text` into a program in memory, which the caller closes by `snn_program_close`. `options` may be NULL.
 *
 * What is wrong with the text fails with SNN_WRONG_VALUE, and `snn_compile_diagnostics` has the same messages that `snnc`
 * prints, with positions and underlined source. Everything else fails with SNN_WRONG_USE. */
SNN_API snn_status snn_compile(const char *text, const snn_compile_options *options, snn_program **program);

/* Errors and warnings of this thread's last `snn_compile`, as text of several lines; "" if there are none. Never NULL. */
SNN_API const char *snn_compile_diagnostics(void);

#ifdef __cplusplus
}
#endif
#endif
