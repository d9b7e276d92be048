#include "NewFile.h"

#include "Hdf5.h"
#include "WriterLock.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace snn::recorder {

/// Renaming onto a symbolic link would replace the link; wanted is the file it stands for.
static std::string withoutLinks(const std::string &path) {
  std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), std::free);
  return real ? real.get() : path;
}

NewFile::NewFile(const std::string &wanted)
    : path(withoutLinks(wanted)), unfinished(path + "." + std::to_string(getpid()) + ".unfinished") {
  unlink(unfinished.c_str()); // of a process that had our number and was killed
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    return;
  if (!S_ISREG(status.st_mode))
    throw hdf5::Failure("it is not a regular file");
  if (status.st_size > 0 && H5Fis_hdf5(path.c_str()) <= 0)
    throw hdf5::Failure("it exists and is not an HDF5 file");
  requireFree();
}

void NewFile::requireFree() const {
  if (isBeingWritten(path))
    throw hdf5::Failure("another run is writing it");
}

NewFile::~NewFile() {
  if (!unfinished.empty())
    unlink(unfinished.c_str());
}

int NewFile::giveName(IfExists ifExists) {
  requireFree(); // one that has begun since
  bool mayReplace = ifExists == IfExists::Replace;
  if (renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, path.c_str(), mayReplace ? 0 : RENAME_NOREPLACE) != 0) {
    // Some file systems cannot promise to replace nothing.
    bool isRefused = mayReplace || (errno != EINVAL && errno != ENOSYS);
    if (isRefused || link(unfinished.c_str(), path.c_str()) != 0)
      return errno;
    unlink(unfinished.c_str());
  }
  unfinished.clear();
  return 0;
}

} // namespace snn::recorder
