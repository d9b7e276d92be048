/* Runs a network that was compiled ahead of time, for two strengths of inhibition, and prints its rates. */

#include "balanced.h"

#include <stdio.h>

static int fail(const snn_simulation *simulation) {
  fprintf(stderr, "%s\n", snn_message(simulation));
  return 1;
}

/* Spikes since the last call, per neuron and second. */
static snn_status rate(snn_simulation *simulation, const char *group, double neurons, double seconds, double *result) {
  uint64_t spikes;
  snn_status status = snn_take_spikes(simulation, group, &spikes, NULL, NULL);
  if (status == SNN_OK)
    *result = (double)spikes / neurons / seconds;
  return status;
}

int main(void) {
  for (int strong = 0; strong <= 1; ++strong) {
    snn_simulation *simulation;
    if (snn_create(snn_query_Balanced(), NULL, &simulation))
      return fail(NULL);
    Balanced_parameters parameters = Balanced_defaults();
    parameters.g_I *= strong ? 1.5 : 1;

    double excitatory, inhibitory;
    if (Balanced_set(simulation, &parameters) || snn_build(simulation) || snn_keep_spikes(simulation, "E") ||
        snn_keep_spikes(simulation, "I") || snn_run(simulation, 1, "s", NULL) ||
        rate(simulation, "E", 3200, 1, &excitatory) || rate(simulation, "I", 800, 1, &inhibitory))
      return fail(simulation);
    printf("g_I = %g nS: E %.1f Hz, I %.1f Hz\n", parameters.g_I, excitatory, inhibitory);
    snn_destroy(simulation);
  }
  return 0;
}
