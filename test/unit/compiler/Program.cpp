#include "Program.h"

#include "llvm/Support/raw_ostream.h"

#include <stdexcept>

namespace snn::test {

Program::Program(const std::string &source, const std::string &cpu) {
  Diagnostics diagnostics(sources);
  checked = loadText("test.snn", source, sources, diagnostics);
  if (!checked.model) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    diagnostics.print(stream);
    throw std::runtime_error(text);
  }
  CompileOptions options;
  options.cpu = cpu;
  options.verifyEach = true;
  compiler.reset(snn_create_compiler());
  auto loaded = compiler->load(*checked.model, *checked.model->experiments.back(), diagnostics, options);
  if (!loaded)
    throw std::runtime_error(llvm::toString(loaded.takeError()));
  program = std::move(*loaded);
}

std::vector<std::pair<uint64_t, uint32_t>> Program::spikes(uint64_t seed) const {
  snn_simulation *made = nullptr;
  if (snn_create(&model(), nullptr, &made) != SNN_OK)
    throw std::runtime_error(snn_create_message());
  std::unique_ptr<snn_simulation, decltype(&snn_destroy)> simulation(made, snn_destroy);
  std::vector<std::pair<uint64_t, uint32_t>> result;
  snn_sink sink{};
  sink.user = &result;
  sink.spikes = [](void *user, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
    for (uint64_t k = 0; record == 0 && k < n; ++k)
      static_cast<decltype(result) *>(user)->emplace_back(step[k], neuron[k]);
    return 0;
  };
  if (snn_set_seed(made, seed) != SNN_OK || snn_build(made) != SNN_OK || snn_advance(made, 0, &sink) != SNN_OK)
    throw std::runtime_error(snn_message(made));
  return result;
}

} // namespace snn::test
