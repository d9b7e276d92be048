#include "DataElement.h"

#include "Failure.h"

namespace snn::runtime {

[[noreturn]] static void failForShape(const LoadedArray &loaded, const std::string &needed) {
  fail(SNN_BAD_FILE, "`%s` has the shape %s, but %s", loaded.array->path.c_str(),
       describeShape(loaded.array->shape()).c_str(), needed.c_str());
}

static double ofNeuron(const LoadedArray &loaded, const snn_population &population, uint64_t size, uint64_t neuron) {
  const std::vector<uint64_t> &shape = loaded.array->shape();
  if (shape.size() != 1 || shape[0] != size)
    failForShape(loaded, "`" + std::string(population.name) + "` has " + std::to_string(size) +
                             " neurons and needs the shape " + describeShape({size}));
  return loaded.number(neuron);
}

/// One number per listed pair, one per pair of `one_to_one`, or a matrix of sources and targets.
static double ofSynapse(const LoadedArray &loaded, const PlannedProjection &projection, const DataRequest &request) {
  const std::vector<uint64_t> &shape = loaded.array->shape();
  uint64_t sources = projection.source.size(), targets = projection.target.size();
  uint64_t row = request.first - projection.source.begin, column = request.second - projection.target.begin;
  if (shape.size() == 2 && shape[0] == sources && shape[1] == targets)
    return loaded.number(row * targets + column);
  std::string matrix = describeShape({sources, targets}) + " of sources and targets";
  std::string name = "`" + std::string(projection.declared->name) + "` needs the shape ";
  if (projection.declared->rule == SNN_PAIRS) {
    if (shape.size() == 1 && shape[0] == projection.listedPairs)
      return loaded.number(request.element);
    failForShape(loaded, name + describeShape({projection.listedPairs}) + " of its pairs, or " + matrix);
  }
  if (projection.declared->rule == SNN_ONE_TO_ONE) {
    if (shape.size() == 1 && shape[0] == sources)
      return loaded.number(row);
    failForShape(loaded, name + describeShape({sources}) + " of its pairs, or " + matrix);
  }
  failForShape(loaded, name + matrix);
}

double dataNumber(const LoadedArray &loaded, const DataRequest &request, const snn_model &model, const Plan &plan) {
  auto population = [&](uint32_t p) { return ofNeuron(loaded, model.populations[p], plan.sizes[p], request.first); };
  switch (request.of) {
  case SNN_DATA_OF_NEURON:
    return population(request.owner);
  case SNN_DATA_OF_SOURCE:
    return population(model.projections[request.owner].source);
  case SNN_DATA_OF_TARGET:
    return population(model.projections[request.owner].target);
  case SNN_DATA_OF_SYNAPSE:
    return ofSynapse(loaded, plan.projections[request.owner], request);
  default:
    if (loaded.array->shape() != loaded.shape)
      failForShape(loaded, "the table has the shape " + describeShape(loaded.shape));
    return loaded.number(request.first);
  }
}

} // namespace snn::runtime
