#include "NpyFile.h"

#include "Failure.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace snn::runtime {

NpyFile::NpyFile(const std::string &path) : NumberArray(path) {
  int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    fail(SNN_BAD_FILE, "`%s` cannot be opened: %s", path.c_str(), std::strerror(errno));
  struct stat status;
  if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    length = size_t(status.st_size);
    mapping = mmap(nullptr, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  close(descriptor);
  if (!mapping || mapping == MAP_FAILED) {
    mapping = nullptr;
    fail(SNN_BAD_FILE, "`%s` is empty or no regular file", path.c_str());
  }
  try {
    parseNpy(mapping, length);
  } catch (...) {
    munmap(mapping, length); // a destructor does not run for an object that was never finished
    throw;
  }
}

NpyFile::~NpyFile() { munmap(mapping, length); }

} // namespace snn::runtime
