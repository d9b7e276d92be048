/* Compiles a network from text, and shows what the compiler says of one that is wrong. */

#include <snn/compile.h>

#include <stdio.h>

static const char *const right = "network One {\n"
                                 "    population N = LIFRef[3] { tau = 10 ms;  R = 1 Mohm;  V_th = 10 mV }\n"
                                 "}\n";
static const char *const wrong = "network One {\n"
                                 "    population N = LIFRef[3] { tau = 10 mV }\n"
                                 "}\n";

int main(void) {
  snn_program *program;
  if (snn_compile(wrong, NULL, &program) != SNN_OK)
    printf("%s", snn_compile_diagnostics());

  if (snn_compile(right, NULL, &program) != SNN_OK) {
    fprintf(stderr, "%s\n%s", snn_message(NULL), snn_compile_diagnostics());
    return 1;
  }
  snn_simulation *simulation;
  const double current[3] = {5, 15, 25};
  uint64_t spikes;
  const uint32_t *neurons;
  unsigned counts[3] = {0, 0, 0};
  if (snn_create(snn_program_model(program), NULL, &simulation))
    return 1;
  if (snn_build(simulation) || snn_write(simulation, "N.I", 0, 3, current, "nA") || snn_keep_spikes(simulation, "N") ||
      snn_run(simulation, 1, "s", NULL) || snn_take_spikes(simulation, "N", &spikes, NULL, &neurons)) {
    fprintf(stderr, "%s\n", snn_message(simulation));
    return 1;
  }
  for (uint64_t k = 0; k < spikes; ++k)
    ++counts[neurons[k]];
  for (int n = 0; n < 3; ++n)
    printf("%2.0f nA: %u Hz\n", current[n], counts[n]);
  snn_destroy(simulation);
  snn_program_close(program);
  return 0;
}
