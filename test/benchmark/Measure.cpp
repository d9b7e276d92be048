// Measures one model in one process: compiles it, runs it once to warm up and to count its spikes, then once more
// without anybody listening, and prints what it found as one line of JSON.
//
//     Measure FILE.snn [NAME=VALUE ...]     settings, with values in base units, `seed`, and `copies`, that advance together

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

/// What several copies took together; they run one after the other.
static snn_figures sumOf(const std::vector<Result> &copies) {
  snn_figures sum = copies.front().figures;
  for (size_t c = 1; c < copies.size(); ++c) {
    const snn_figures &figures = copies[c].figures;
    sum.events += figures.events;
    sum.bytes += figures.bytes;
    sum.row_bytes += figures.row_bytes;
    sum.loop_seconds += figures.loop_seconds;
    sum.loop_thread_seconds += figures.loop_thread_seconds;
  }
  return sum;
}

static void measure(const char *path, const RunSettings &settings, uint32_t copies) {
  const Program program(readFile(path));

  std::vector<RunSettings> all(copies, settings);
  for (uint32_t c = 0; c < copies; ++c)
    all[c].copy = c;
  const std::vector<Result> warm = program.runTogether(all);
  size_t spikes = 0;
  for (const Result &copy : warm)
    for (const auto &[name, record] : copy.spikeRecords)
      spikes += record.size();

  for (RunSettings &unheard : all)
    unheard.collect = false;
  const snn_figures figures = sumOf(program.runTogether(all));

  std::printf("{\"spikes\": %zu, \"neurons\": %llu, \"steps\": %llu, \"synapses\": %llu, \"events\": %llu, "
              "\"bytes\": %llu, \"row_bytes\": %llu, \"build\": %.9g, \"loop\": %.9g, \"cpu\": %.9g}\n",
              spikes, (unsigned long long)program.neurons() * copies, (unsigned long long)figures.steps,
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
    uint32_t copies = 1;
    for (int k = 2; k < count; ++k) {
      const std::string argument = arguments[k];
      const size_t equals = argument.rfind('=');
      const std::string name = argument.substr(0, equals), value = argument.substr(equals + 1);
      if (name == "seed")
        settings.seed = std::stoull(value);
      else if (name == "copies")
        copies = uint32_t(std::stoul(value));
      else
        settings.settings[name] = std::stod(value);
    }
    measure(arguments[1], settings, copies);
    return 0;
  } catch (const std::exception &failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
