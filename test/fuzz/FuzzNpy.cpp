// Any bytes are an array whose every element can be read and taken for an edge, or a file that is refused with a sentence.

#include "EdgeList.h"
#include "Failure.h"
#include "NpyFile.h"
#include "NpyWriter.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace snn::runtime;

/// A file in memory that has a path.
static std::string pathOf(const uint8_t *data, size_t size) {
  static int descriptor = memfd_create("input.npy", 0);
  if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, data, size, 0) != ssize_t(size))
    std::abort();
  return "/proc/self/fd/" + std::to_string(descriptor);
}

/// How many elements are looked at: a shape such as (0, 2^60) is right, and so is one of millions of bytes.
static constexpr uint64_t most = 1 << 16;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  snn_projection declared{};
  declared.name = "A -> B";
  PlannedProjection planned{};
  planned.declared = &declared;
  planned.source = {0, 20};
  planned.target = {0, 20};
  volatile double sum = 0;
  try {
    NpyFile file(pathOf(data, size));
    for (uint64_t i = 0; i < file.count() && i < most; ++i)
      sum = sum + file.number(i) + double(file.whole(i));
    EdgeList edges(file, planned);
    for (uint64_t edge = 0; edge < edges.count() && edge < most; ++edge)
      sum = sum + edges.source(edge) + edges.target(edge);
  } catch (const Failure &) {
  }
  return 0;
}

/// Puts one whole file into the first folder of inputs.
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv) {
  for (int i = 1; i < *argc; ++i)
    if ((*argv)[i][0] != '-') {
      std::string whole = snn::test::writeNpy("edges", {"<i4", "(3, 2)"}, std::vector<int32_t>{0, 1, 5, 19, 3, 3});
      std::filesystem::copy(whole, (*argv)[i] + std::string("/edges.npy"));
      break;
    }
  return 0;
}
