#include "ArchiveArray.h"

#include "Failure.h"

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <dlfcn.h>
#include <strings.h>

namespace snn::runtime {

bool isArchive(const std::string &path) {
  for (std::string_view end : {".npz", ".h5", ".hdf5"})
    if (path.size() > end.size() && strcasecmp(path.c_str() + path.size() - end.size(), end.data()) == 0)
      return true;
  return false;
}

/// The folder of the file that this code is in, be it a program or a library.
static std::filesystem::path ownFolder() {
  Dl_info self;
  static char anchor;
  std::filesystem::path file = dladdr(&anchor, &self) && self.dli_fname ? self.dli_fname : "";
  // A program that was found by PATH is called what the user typed.
  if (!file.has_parent_path())
    file = std::filesystem::read_symlink("/proc/self/exe");
  return file.parent_path();
}

/// HDF5 takes longer to load than a small network to run, so its library stays closed until it is needed. It lies where the
/// code of the runtime does, or in `lib` beside that folder.
static void *openReader() {
  std::string reason;
  for (const char *relative : {".", "../lib"}) {
    std::filesystem::path path = ownFolder() / relative / "libsnnArrays.so";
    if (void *library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL))
      return library;
    reason = dlerror();
  }
  fail(SNN_BAD_FILE, "`.npz` and HDF5 files are read by `libsnnArrays.so`, which cannot be opened: %s", reason.c_str());
}

template <typename Function> static Function functionOfReader(const char *name) {
  static void *const library = openReader();
  void *function = dlsym(library, name);
  if (!function)
    fail(SNN_BAD_FILE, "`libsnnArrays.so` is of another version: %s", dlerror());
  return reinterpret_cast<Function>(function);
}

bool isInArchive(const std::string &path, const std::string &name) {
  return functionOfReader<decltype(&snn_has_array)>("snn_has_array")(path.c_str(), name.c_str());
}

ArchiveArray::ArchiveArray(const std::string &path, const std::string &dataSet)
    : NumberArray(dataSet.empty() ? path : path + ": " + dataSet) {
  if (!functionOfReader<decltype(&snn_read_array)>("snn_read_array")(path.c_str(), dataSet.c_str(), &array))
    fail(SNN_BAD_FILE, "`%s` %s", this->path.c_str(), array.message);
  try {
    if (array.is_npy) {
      parseNpy(array.bytes, array.length);
      return;
    }
    kind = array.kind;
    width = array.width;
    dimensions.assign(array.shape, array.shape + array.rank);
    countElements();
    values = static_cast<const unsigned char *>(array.bytes);
    unitText = array.unit;
    countsInPopulations = array.of_edges;
  } catch (...) {
    std::free(array.bytes);
    throw;
  }
}

ArchiveArray::~ArchiveArray() { std::free(array.bytes); }

} // namespace snn::runtime
