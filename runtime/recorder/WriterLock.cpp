#include "WriterLock.h"

#include <fcntl.h>
#include <unistd.h>

namespace snn::recorder {

/// A lock of one byte far behind the end. HDF5 locks whole files for readers (`flock`), who may come while we write; a lock of an open
/// file description is another thing to Linux, and it needs nobody to clean up after a kill.
static struct flock mark(short type) {
  struct flock lock = {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = off_t(1) << 62;
  lock.l_len = 1;
  return lock;
}

void markAsWritten(int descriptor) {
  struct flock lock = mark(F_WRLCK);
  (void)fcntl(descriptor, F_OFD_SETLK, &lock); // where a file system has no locks, runs are not told of each other
}

bool isBeingWritten(const std::string &path) {
  int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return false;
  struct flock lock = mark(F_RDLCK);
  bool isMarked = fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close(descriptor);
  return isMarked;
}

} // namespace snn::recorder
