#include "WeightFile.h"

#include "ArchiveArray.h"
#include "Failure.h"
#include "Simulation.h"

#include <algorithm>
#include <numeric>

namespace snn::runtime {

std::string edgesGroup(const std::string &projection) { return "edges/" + projection; }

static uint32_t position(const NumberArray &ends, uint64_t entry) {
  int64_t index = ends.whole(entry);
  if (index < 0 || index >= int64_t(SNN_NONE))
    fail(SNN_BAD_FILE, "row %llu of `%s` has the neuron %lld", static_cast<unsigned long long>(entry / 2), ends.path.c_str(),
         static_cast<long long>(index));
  return uint32_t(index);
}

ListedWeights readWeightFile(const DataFiles &files, const std::string &path, const std::string &projection, const std::string &unit) {
  std::string group = edgesGroup(projection);
  LoadedArray ends = files.open(path + "\n" + group + "\n\n"), weights = files.open(path + "\n" + group + "/0/syn_weight\n" + unit + "\n");
  const std::vector<uint64_t> &shape = ends.array->shape();
  if (!ends.array->isWhole() || shape.size() != 2 || shape[1] != 2)
    fail(SNN_BAD_FILE, "`%s` is no list of edges: it has the shape %s", ends.array->path.c_str(), describeShape(shape).c_str());
  if (weights.array->shape() != std::vector<uint64_t>{shape[0]})
    fail(SNN_BAD_FILE, "`%s` has the shape %s, but `%s` has %llu rows", weights.array->path.c_str(),
         describeShape(weights.array->shape()).c_str(), ends.array->path.c_str(), static_cast<unsigned long long>(shape[0]));
  std::vector<uint64_t> order(shape[0]);
  std::iota(order.begin(), order.end(), 0);
  auto key = [&](uint64_t row) { return uint64_t(position(*ends.array, 2 * row + 1)) << 32 | position(*ends.array, 2 * row); };
  auto isBefore = [&](uint64_t a, uint64_t b) { return key(a) < key(b); };
  if (!std::is_sorted(order.begin(), order.end(), isBefore))
    std::stable_sort(order.begin(), order.end(), isBefore);
  ListedWeights listed{ends.array->path, {}, {}, {}};
  for (uint64_t row : order) {
    listed.pre.push_back(position(*ends.array, 2 * row));
    listed.post.push_back(position(*ends.array, 2 * row + 1));
    listed.weights.push_back(weights.number(row));
  }
  return listed;
}

/// Weights belong to the synapses that they were saved with.
static void requireSameEnds(const ListedWeights &listed, const char *projection, const std::vector<uint32_t> &pre,
                            const std::vector<uint32_t> &post) {
  if (listed.pre.size() != pre.size())
    fail(SNN_BAD_FILE, "`%s` has the shape (%zu, 2), but `%s` has %zu synapses and needs the shape (%zu, 2)", listed.file.c_str(),
         listed.pre.size(), projection, pre.size(), pre.size());
  for (size_t k = 0; k < pre.size(); ++k)
    if (listed.pre[k] != pre[k] || listed.post[k] != post[k])
      fail(SNN_BAD_FILE, "`%s` is of other connections than `%s` has: in order of target, then source, number %zu (from 0) goes from "
                         "neuron %u to neuron %u there, and from %u to %u here",
           listed.file.c_str(), projection, k, listed.pre[k], listed.post[k], pre[k], post[k]);
}

void Simulation::loadWeights(const std::string &path, uint32_t p) {
  const snn_projection &projection = model.projections[p];
  requireWeight(projection);
  ListedWeights listed = readWeightFile(dataFiles, path, projection.name, projection.weight_unit);
  uint64_t count = countSynapses(p);
  std::vector<uint32_t> pre(count), post(count);
  contactsOf(p, 0, pre, post);
  requireSameEnds(listed, projection.name, pre, post);
  // Where there is nothing to write, a file that says what is there already is no mistake.
  if ((!projection.amount_stored || projection.procedural) && weightsOf(p, 0, count) == listed.weights)
    return;
  requireWritable(p);
  setWeights(p, 0, listed.weights);
}

void Simulation::loadWeights(const char *path, const char *name) {
  if (name)
    return loadWeights(std::string(path), accessed(name));
  uint32_t loaded = 0;
  for (uint32_t p = 0; p < model.n_projections; ++p)
    if (isInArchive(dataFiles.whole(path), edgesGroup(model.projections[p].name))) {
      loadWeights(path, accessed(model.projections[p].name));
      ++loaded;
    }
  if (loaded == 0)
    fail(SNN_BAD_FILE, "`%s` has weights of none of the projections of `%s`", dataFiles.whole(path).c_str(), model.network);
}

void Simulation::loadDeclaredWeights() {
  for (uint32_t p = 0; p < model.n_projections; ++p)
    if (const char *path = model.projections[p].weights_file)
      loadWeights(std::string(path), p);
}

} // namespace snn::runtime
