// Edge lists in the format of `pairs(load("edges.npy"))`, and a folder of their own for them.

#ifndef SNN_TEST_MODELS_EDGEFILE_H
#define SNN_TEST_MODELS_EDGEFILE_H

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace snn::test {

/// A folder that is removed with everything in it at the end of the test.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::filesystem::path &path() const { return folder; }

private:
  std::filesystem::path folder;
};

/// Pairs of source and target, counted from 0 within their groups.
using Edges = std::vector<std::pair<int64_t, int64_t>>;

/// Writes an (n, 2) array of 64-bit integers in NumPy's format.
void writeEdges(const std::filesystem::path &path, const Edges &edges);

} // namespace snn::test

#endif // SNN_TEST_MODELS_EDGEFILE_H
