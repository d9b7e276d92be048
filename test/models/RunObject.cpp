// A host without any compiler: opens a shared object that `snnc FILE compile` wrote and advances it.
//
//     RunObject FILE.so STEPS     prints the number of synaptic events

#include "snn/snn.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

int main(int count, char **arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: RunObject FILE.so STEPS\n");
    return 2;
  }
  void *object = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (!object) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  auto query = reinterpret_cast<decltype(&snn_query_model)>(dlsym(object, "snn_query_model"));
  if (!query) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  snn_simulation *simulation = nullptr;
  if (snn_create(query(), nullptr, &simulation) != SNN_OK) {
    std::fprintf(stderr, "%s\n", snn_message(nullptr));
    return 1;
  }
  if (snn_build(simulation) != SNN_OK ||
      snn_advance(simulation, std::strtoull(arguments[2], nullptr, 10), nullptr) != SNN_OK) {
    std::fprintf(stderr, "%s\n", snn_message(simulation));
    snn_destroy(simulation);
    return 1;
  }
  snn_figures figures;
  snn_get_figures(simulation, &figures);
  std::printf("%llu events\n", (unsigned long long)figures.events);
  snn_destroy(simulation);
  return 0;
}
