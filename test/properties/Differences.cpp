#include "Differences.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <sstream>

using namespace snn;
using test::Result;
using test::Spike;
using test::Trace;

using SpikePair = std::pair<const Spike *, const Spike *>;

/// Where two lists part, each spike or null behind the end; both null if they do not.
static SpikePair part(const std::vector<Spike> &one, const std::vector<Spike> &other) {
  auto [first, second] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  return {first == one.end() ? nullptr : &*first, second == other.end() ? nullptr : &*second};
}

static std::string describe(const Spike *spike) {
  return spike ? "neuron " + std::to_string(spike->neuron) + " in step " + std::to_string(spike->step) : "none";
}

static bool isWithin(double one, double other, double limit) {
  if (!std::isfinite(one) || !std::isfinite(other))
    return false;
  return limit == 0 ? std::bit_cast<uint64_t>(one) == std::bit_cast<uint64_t>(other) : std::abs(one - other) <= limit;
}

static std::string compare(const std::string &name, const Trace &one, const Trace &other, double tolerance,
                           uint64_t end) {
  if (one.steps != other.steps || one.width != other.width)
    return name + ": samples of other steps or neurons";
  double largest = 0;
  for (double value : one.values)
    largest = std::max(largest, std::abs(value));
  for (size_t k = 0; k < one.values.size() && one.steps[k / one.width] < end; ++k)
    if (!isWithin(one.values[k], other.values[k], tolerance * largest)) {
      std::ostringstream text;
      text.precision(17);
      text << name << ": " << one.values[k] << " and " << other.values[k] << " in column " << k % one.width
           << " after step " << one.steps[k / one.width];
      return text.str();
    }
  return "";
}

uint64_t test::firstOtherSpike(const Result &one, const Result &other) {
  uint64_t first = std::numeric_limits<uint64_t>::max();
  for (const auto &[name, spikes] : one.spikeRecords) {
    auto [here, there] = part(spikes, other.spikeRecords.at(name));
    for (const Spike *spike : {here, there})
      if (spike)
        first = std::min(first, spike->step);
  }
  return first;
}

std::string test::firstDifference(const Result &one, const Result &other, double tolerance, uint64_t end) {
  for (const auto &[name, spikes] : one.spikeRecords) {
    auto [here, there] = part(spikes, other.spikeRecords.at(name));
    if ((here && here->step < end) || (there && there->step < end))
      return name + ": " + describe(here) + " and " + describe(there);
  }
  for (const auto &[name, trace] : one.traces)
    if (std::string difference = compare(name, trace, other.traces.at(name), tolerance, end); !difference.empty())
      return difference;
  return "";
}

std::string test::firstDifference(const Result &one, const Result &other) { return firstDifference(one, other, 0); }

Result test::joined(const Result &first, const Result &second) {
  Result result = first;
  for (auto &[name, spikes] : result.spikeRecords) {
    const std::vector<Spike> &later = second.spikeRecords.at(name);
    spikes.insert(spikes.end(), later.begin(), later.end());
  }
  for (auto &[name, trace] : result.traces) {
    const Trace &later = second.traces.at(name);
    trace.width = std::max(trace.width, later.width); // without a sample, it is not known
    trace.steps.insert(trace.steps.end(), later.steps.begin(), later.steps.end());
    trace.values.insert(trace.values.end(), later.values.begin(), later.values.end());
  }
  return result;
}

uint64_t test::spikesIn(const Result &result) {
  uint64_t count = 0;
  for (const auto &[name, spikes] : result.spikeRecords)
    count += spikes.size();
  return count;
}
