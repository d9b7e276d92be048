#include "snn/recorder/WeightFile.h"

#include "FileSentence.h"
#include "Hdf5.h"
#include "NewFile.h"

#include <algorithm>
#include <new>
#include <numeric>

namespace snn::recorder {

using hdf5::Handle;

/// Synapses that are in memory at a time: reading a part goes through all synapses of the targets that it lies in.
static constexpr uint64_t partAtMost = uint64_t(1) << 24;
static constexpr uint64_t chunkRows = 65536;

/// The columns of one population of edges, while they grow.
class Edges {
public:
  Edges(hid_t parent, const SavedWeights &saved)
      : group(hdf5::createGroup(parent, saved.projection)), attributes(hdf5::createGroup(group, "0")),
        shape{.width = 0, .chunkRows = std::clamp<uint64_t>(saved.count, 1, chunkRows), .chunkWidth = 0},
        source(group, "source_node_id", H5T_NATIVE_UINT64, shape), target(group, "target_node_id", H5T_NATIVE_UINT64, shape),
        index(group, "edge_group_index", H5T_NATIVE_UINT64, shape), delay(attributes, "delay", H5T_NATIVE_DOUBLE, shape) {
    hdf5::setAttribute(source.dataSet(), "node_population", saved.source);
    hdf5::setAttribute(target.dataSet(), "node_population", saved.target);
    hdf5::setAttribute(delay.dataSet(), "units", "ms");
    if (saved.hasWeights) {
      weight = hdf5::GrowingArray(attributes, "syn_weight", H5T_NATIVE_DOUBLE, shape);
      hdf5::setAttribute(weight.dataSet(), "units", saved.unit);
    }
    // All edges are of one type and one group, number 0, which is what an array is full of that has never been written.
    hdf5::createArray(group, "edge_type_id", H5T_NATIVE_UINT64, saved.count);
    hdf5::createArray(group, "edge_group_id", H5T_NATIVE_UINT64, saved.count);
  }

  void append(const SavedWeights &saved, const SynapseReaders &readers) {
    for (uint64_t first = 0; first < saved.count; first += partAtMost)
      appendPart(saved, readers, first, std::min(partAtMost, saved.count - first));
  }

private:
  void appendPart(const SavedWeights &saved, const SynapseReaders &readers, uint64_t first, uint64_t n) {
    auto require = [&](snn_status status) {
      if (status != SNN_OK)
        throw hdf5::Failure(readers.message(saved.simulation));
    };
    const char *name = saved.projection.c_str();
    std::vector<uint32_t> pre(n), post(n);
    std::vector<double> values(n);
    require(readers.contacts(saved.simulation, name, first, n, pre.data(), post.data()));
    std::vector<uint64_t> column(pre.begin(), pre.end());
    source.append(n, column.data());
    column.assign(post.begin(), post.end());
    target.append(n, column.data());
    std::iota(column.begin(), column.end(), first);
    index.append(n, column.data());
    require(readers.delays(saved.simulation, name, first, n, values.data(), "ms"));
    delay.append(n, values.data());
    if (!saved.hasWeights)
      return;
    require(readers.weights(saved.simulation, name, first, n, values.data(), saved.unit.c_str()));
    weight.append(n, values.data());
  }

  Handle group, attributes;
  hdf5::GrowingArray::Shape shape;
  hdf5::GrowingArray source, target, index, delay, weight;
};

static void writeCopy(hid_t parent, const SavedCopy &copy, const SynapseReaders &readers) {
  Handle edges = hdf5::createGroup(parent, "edges");
  for (const SavedWeights &saved : copy.projections)
    Edges(edges, saved).append(saved, readers);
}

static void writeFile(hid_t file, const std::vector<SavedCopy> &copies, const SynapseReaders &readers) {
  const RunDescription &run = *copies.front().run;
  hdf5::setAttribute(file, "magic", H5T_STD_U32LE, std::vector<uint32_t>{0x0A7A});
  hdf5::setAttribute(file, "version", H5T_STD_U32LE, std::vector<uint32_t>{0, 1});
  hdf5::setAttribute(file, "snnc_version", run.version);
  hdf5::setAttribute(file, "network", run.model->network);
  hdf5::setAttribute(file, "seed", run.seed);
  hdf5::setAttribute(file, "time", copies.front().time);
  if (copies.size() == 1)
    return writeCopy(file, copies.front(), readers);
  hdf5::setAttribute(file, "copies", static_cast<uint64_t>(copies.size()));
  for (const SavedCopy &copy : copies) {
    Handle group = hdf5::createGroup(file, "copy" + std::to_string(copy.run->copy));
    hdf5::setAttribute(group, "settings", copy.run->copyText());
    hdf5::setAttribute(group, "time", copy.time);
    writeCopy(group, copy, readers);
  }
}

/// Does `work`; false with a sentence if it fails.
template <typename Work> static bool attempt(const std::string &path, std::string &message, Work work) {
  hdf5::Silence silence;
  int error = 0;
  try {
    error = work();
    if (!error)
      return true;
    message = fileSentence("write", path, error, "");
  } catch (const hdf5::Failure &failure) {
    message = fileSentence("write", path, 0, failure.what());
  } catch (const std::bad_alloc &) {
    message = fileSentence("write", path, ENOMEM, "");
  }
  return false;
}

} // namespace snn::recorder

using namespace snn::recorder;

bool snn_check_weight_file(const std::string &path, std::string &message) {
  return attempt(path, message, [&] {
    NewFile whetherPossible(path);
    return 0;
  });
}

bool snn_save_weight_file(const std::string &path, const std::vector<SavedCopy> &copies, const SynapseReaders &readers,
                          std::string &message) {
  return attempt(path, message, [&] {
    NewFile begun(path);
    {
      hdf5::Handle file(H5Fcreate(begun.unfinishedPath().c_str(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
      writeFile(file, copies, readers);
      hdf5::checked(H5Fflush(file, H5F_SCOPE_LOCAL)); // closing would not say that the disk is full
    }
    return begun.giveName(IfExists::Replace);
  });
}
