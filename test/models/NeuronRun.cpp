#include "NeuronRun.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace snn::test {

std::string sourceOf(const NeuronRun &run) {
  std::ostringstream source;
  source << run.definition << "\nnetwork One {\n    population N = " << run.population << "\n}\n"
         << "simulate One {\n    dt " << run.dt << " ms\n    duration " << double(run.steps) * run.dt << " ms\n"
         << "    N.I = " << run.drive << "\n    record spikes of N\n";
  std::set<std::string> variables;
  for (const Sample &sample : run.samples)
    if (variables.insert(sample.variable).second)
      source << "    record " << sample.variable << " of N every " << run.dt << " ms\n";
  source << "}\n";
  return source.str();
}

void expectRun(const NeuronRun &run, model::Precision precision) {
  SCOPED_TRACE(run.name);
  const bool isDouble = precision == model::Precision::F64;
  const Result result = simulate(sourceOf(run), {.precision = precision});

  const std::vector<Spike> &spikes = result.spikesOf("N");
  ASSERT_FALSE(spikes.empty());
  const double slack = isDouble ? 0 : run.singleSlack;
  EXPECT_NEAR(double(spikes.size()), double(run.spikes), isDouble ? 0 : 1);
  EXPECT_NEAR(double(spikes.front().step), double(run.first), slack);
  if (spikes.size() == run.spikes) {
    EXPECT_NEAR(double(spikes.back().step), double(run.last), slack);
  }

  for (const Sample &sample : run.samples) {
    // Twelve digits are given; rounding adds up over thousands of steps.
    const double tolerance = isDouble ? 1e-9 * std::max(1.0, std::abs(sample.value)) : sample.singleTolerance;
    EXPECT_NEAR(result.trace(sample.variable + " of N").at(sample.step), sample.value, tolerance)
        << "`" << sample.variable << "` after step " << sample.step;
  }
}

} // namespace snn::test
