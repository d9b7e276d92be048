// Measures one model in one process: compiles it, runs it once to warm up and to count its spikes, then once more
// without anybody listening, and prints what it found as one line of JSON.
//
//     Measure FILE.snn [NAME=VALUE ...]     settings, with values in base units, and `seed`

#include "../models/Simulate.h"

#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>

using namespace snn::test;

static std::string readFile(const char *path) {
  std::ifstream stream(path);
  if (!stream)
    throw std::runtime_error(std::string("cannot read ") + path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

static void measure(const char *path, const RunSettings &settings) {
  const Program program(readFile(path));

  const Result warm = program.run(settings);
  size_t spikes = 0;
  for (const auto &[name, record] : warm.spikeRecords)
    spikes += record.size();

  RunSettings unheard = settings;
  unheard.collect = false;
  const snn_figures figures = program.run(unheard).figures;

  std::printf("{\"spikes\": %zu, \"neurons\": %llu, \"steps\": %llu, \"synapses\": %llu, \"events\": %llu, "
              "\"bytes\": %llu, \"row_bytes\": %llu, \"build\": %.9g, \"loop\": %.9g, \"cpu\": %.9g}\n",
              spikes, (unsigned long long)program.neurons(), (unsigned long long)figures.steps,
              (unsigned long long)figures.synapses, (unsigned long long)figures.events,
              (unsigned long long)figures.bytes, (unsigned long long)figures.row_bytes, figures.build_seconds,
              figures.loop_seconds, figures.loop_thread_seconds);
}

int main(int count, char **arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: Measure FILE.snn [NAME=VALUE ...]\n");
    return 2;
  }
  try {
    RunSettings settings;
    for (int k = 2; k < count; ++k) {
      const std::string argument = arguments[k];
      const size_t equals = argument.rfind('=');
      const std::string name = argument.substr(0, equals), value = argument.substr(equals + 1);
      if (name == "seed")
        settings.seed = std::stoull(value);
      else
        settings.settings[name] = std::stod(value);
    }
    measure(arguments[1], settings);
    return 0;
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
