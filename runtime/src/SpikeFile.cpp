#include "SpikeFile.h"

#include "ArchiveArray.h"
#include "Failure.h"

#include <cmath>
#include <memory>
#include <sstream>

namespace snn::runtime {

namespace {
/// Where in a file spikes may be: one array, or two.
struct Place {
  std::string neurons;
  std::string times; ///< empty: both are in one array
};
} // namespace

static std::vector<Place> placesIn(const std::string &path, const std::string &dataSet) {
  if (!isArchive(path))
    return {{"", ""}};
  if (dataSet.empty())
    return {{"index", "time"}, {"", ""}};
  return {{dataSet, ""}, {dataSet + "/index", dataSet + "/time"}, {dataSet + "/node_ids", dataSet + "/timestamps"}};
}

SpikeFile::SpikeFile(DataFiles &files, const char *text) {
  std::istringstream lines(text);
  std::string path, dataSet, unit;
  std::getline(lines, path);
  std::getline(lines, dataSet);
  std::getline(lines, unit);
  auto find = [&](const std::string &name, const std::string &in) {
    return &files.find((path + "\n" + name + "\n" + in + "\n").c_str());
  };
  std::unique_ptr<Failure> first;
  for (const auto &[ofNeurons, ofTimes] : placesIn(path, dataSet)) {
    try {
      neurons = find(ofNeurons, ofTimes.empty() ? unit : "");
      times = ofTimes.empty() ? neurons : find(ofTimes, unit);
      requireShapes();
      return;
    } catch (const Failure &failure) {
      if (!first || neurons) // where there is an array, what is wrong with it is the better reason
        first = std::make_unique<Failure>(failure);
      if (neurons)
        break;
    }
  }
  fail(first->status, "%s; spikes are an array of rows (neuron, time), or two arrays `index` and `time`",
       first->what());
}

void SpikeFile::requireShapes() {
  const std::vector<uint64_t> &shape = times->array->shape();
  n = shape.empty() ? 0 : shape[0];
  if (!isPair()) {
    if (shape.size() != 2 || shape[1] != 2)
      fail(SNN_BAD_FILE, "`%s` has the shape %s", path().c_str(), describeShape(shape).c_str());
    return;
  }
  if (shape.size() != 1 || neurons->array->shape() != shape)
    fail(SNN_BAD_FILE, "`%s` has the shape %s and `%s` the shape %s", neurons->array->path.c_str(),
         describeShape(neurons->array->shape()).c_str(), path().c_str(), describeShape(shape).c_str());
}

uint32_t SpikeFile::neuron(uint64_t spike, uint32_t size, const char *group) const {
  double number = neurons->array->number(isPair() ? spike : 2 * spike);
  if (!(number >= 0 && number < size && number == std::floor(number)))
    fail(SNN_BAD_FILE, "spike %llu (from 0) of `%s` is of neuron %.10g, but `%s` has the neurons from 0 to %u",
         static_cast<unsigned long long>(spike), neurons->array->path.c_str(), number, group, size - 1);
  return uint32_t(number);
}

double SpikeFile::time(uint64_t spike) const {
  double time = times->number(isPair() ? spike : 2 * spike + 1);
  if (time < 0)
    fail(SNN_BAD_FILE, "spike %llu (from 0) of `%s` is at %.10g ms, before the start of the run",
         static_cast<unsigned long long>(spike), path().c_str(), time);
  return time;
}

} // namespace snn::runtime
