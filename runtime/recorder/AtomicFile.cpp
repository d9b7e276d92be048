#include "AtomicFile.h"

#include "Superblock.h"
#include "WriterLock.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace snn::recorder {
namespace {

struct DriverInfo {
  AtomicFileControl *control;
};

/// HDF5 sees the base and owns the life of the object through `openFile` and `closeFile`.
struct AtomicFile : H5FD_t {
  AtomicFile(int descriptor, AtomicFileControl &control, uint64_t size)
      : H5FD_t{}, descriptor(descriptor), control(control), fileSize(size) {}

  int descriptor;
  AtomicFileControl &control;
  uint64_t fileSize;               ///< of the file on disk
  haddr_t allocated = 0;           ///< HDF5's end of allocation
  std::vector<unsigned char> head; ///< grows until the first flush, then has `control.headSize` bytes
  uint64_t dirtyBegin = UINT64_MAX, dirtyEnd = 0;

  void fail() {
    if (!control.error)
      control.error = errno;
    control.discard = true;
  }
  void writeTail(uint64_t address, const unsigned char *bytes, size_t size);
  void writeHead(uint64_t address, const unsigned char *bytes, size_t size);
  void extendTo(uint64_t size);
  void commit();
};

} // namespace

void AtomicFile::writeTail(uint64_t address, const unsigned char *bytes, size_t size) {
  while (size && !control.discard) {
    ssize_t written = pwrite(descriptor, bytes, size, static_cast<off_t>(address));
    if (written < 0) {
      if (errno != EINTR)
        fail();
      continue;
    }
    bytes += written;
    address += written;
    size -= written;
    fileSize = std::max(fileSize, address);
  }
}

void AtomicFile::writeHead(uint64_t address, const unsigned char *bytes, size_t size) {
  if (head.size() < address + size)
    head.resize(address + size);
  std::memcpy(head.data() + address, bytes, size);
  dirtyBegin = std::min(dirtyBegin, address);
  dirtyEnd = std::max<uint64_t>(dirtyEnd, address + size);
}

void AtomicFile::extendTo(uint64_t size) {
  if (fileSize >= size || control.discard)
    return;
  if (ftruncate(descriptor, static_cast<off_t>(size)) != 0)
    return fail();
  fileSize = size;
}

void AtomicFile::commit() {
  if (dirtyBegin >= dirtyEnd)
    return;
  if (head.size() >= superblockSize && dirtyBegin < superblockSize) {
    markAsClosed(head.data());
    dirtyEnd = std::max<uint64_t>(dirtyEnd, superblockSize);
  }
  extendTo(allocated); // the superblock is about to say that the file is this long
  writeTail(dirtyBegin, head.data() + dirtyBegin, dirtyEnd - dirtyBegin);
  dirtyBegin = UINT64_MAX;
  dirtyEnd = 0;
  if (!control.headSize)
    control.headSize = head.size();
}

static H5FD_t *openFile(const char *name, unsigned flags, hid_t access, haddr_t) {
  const auto *info = static_cast<const DriverInfo *>(H5Pget_driver_info(access));
  if (!info)
    return nullptr;
  AtomicFileControl &control = *info->control;
  int mode = O_RDWR | O_CLOEXEC;
  if (flags & H5F_ACC_CREAT)
    mode |= O_CREAT;
  if (flags & H5F_ACC_EXCL)
    mode |= O_EXCL;
  if (flags & H5F_ACC_TRUNC)
    mode |= O_TRUNC;
  int descriptor = open(name, mode, 0666);
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) != 0) {
    control.error = errno;
    if (descriptor >= 0)
      close(descriptor);
    return nullptr;
  }
  control.isOpened = true;
  markAsWritten(descriptor);
  auto *file = new (std::nothrow) AtomicFile(descriptor, control, status.st_size);
  if (!file)
    return nullptr;
  file->head.resize(control.headSize);
  if (control.headSize && pread(descriptor, file->head.data(), control.headSize, 0) != ssize_t(control.headSize)) {
    file->fail();
    close(descriptor);
    delete file;
    return nullptr;
  }
  return file;
}

static herr_t closeFile(H5FD_t *base) {
  auto *file = static_cast<AtomicFile *>(base);
  file->commit();
  // Only now: before the commit, the old head may still refer to what HDF5 has given back.
  bool isLonger = file->fileSize > file->allocated && !file->control.discard;
  if (isLonger && ftruncate(file->descriptor, static_cast<off_t>(file->allocated)) != 0)
    file->fail();
  if (close(file->descriptor) != 0)
    file->fail();
  delete file;
  return 0;
}

static herr_t queryFeatures(const H5FD_t *, unsigned long *features) {
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DATA_SIEVE |
              H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

static haddr_t endOfAllocation(const H5FD_t *file, H5FD_mem_t) {
  return static_cast<const AtomicFile *>(file)->allocated;
}

static herr_t setEndOfAllocation(H5FD_t *file, H5FD_mem_t, haddr_t address) {
  static_cast<AtomicFile *>(file)->allocated = address;
  return 0;
}

static haddr_t endOfFile(const H5FD_t *base, H5FD_mem_t) {
  const auto *file = static_cast<const AtomicFile *>(base);
  return std::max<haddr_t>(file->fileSize, file->head.size());
}

static herr_t readBytes(H5FD_t *base, H5FD_mem_t, hid_t, haddr_t address, size_t size, void *buffer) {
  auto *file = static_cast<AtomicFile *>(base);
  auto *bytes = static_cast<unsigned char *>(buffer);
  if (address < file->head.size()) {
    size_t part = std::min<size_t>(size, file->head.size() - address);
    std::memcpy(bytes, file->head.data() + address, part);
    bytes += part;
    address += part;
    size -= part;
  }
  while (size) {
    ssize_t got = pread(file->descriptor, bytes, size, static_cast<off_t>(address));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return file->fail(), -1;
    if (got == 0) { // beyond the end: allocated, never written
      std::memset(bytes, 0, size);
      break;
    }
    bytes += got;
    address += got;
    size -= got;
  }
  return 0;
}

static herr_t writeBytes(H5FD_t *base, H5FD_mem_t, hid_t, haddr_t address, size_t size, const void *buffer) {
  auto *file = static_cast<AtomicFile *>(base);
  const auto *bytes = static_cast<const unsigned char *>(buffer);
  uint64_t headEnd = file->control.headSize ? file->control.headSize : UINT64_MAX;
  if (address < headEnd) {
    size_t part = std::min<uint64_t>(size, headEnd - address);
    file->writeHead(address, bytes, part);
    bytes += part;
    address += part;
    size -= part;
  }
  file->writeTail(address, bytes, size);
  return 0;
}

/// HDF5 calls this last, when every change of the flush has been handed to `writeBytes`.
static herr_t flushFile(H5FD_t *file, hid_t, hbool_t) {
  static_cast<AtomicFile *>(file)->commit();
  return 0;
}

/// The file is made longer by a commit and shorter when it is closed.
static herr_t truncateFile(H5FD_t *, hid_t, hbool_t) { return 0; }

static H5FD_class_t makeClass() {
  H5FD_class_t driver{};
#if H5FD_CLASS_VERSION
  driver.version = H5FD_CLASS_VERSION;
  driver.value = 600; // 256 to 511 are for registered drivers, from 512 anybody's
#endif
  driver.name = "snn_atomic";
  driver.maxaddr = INT64_MAX;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = openFile;
  driver.close = closeFile;
  driver.query = queryFeatures;
  driver.get_eoa = endOfAllocation;
  driver.set_eoa = setEndOfAllocation;
  driver.get_eof = endOfFile;
  driver.read = readBytes;
  driver.write = writeBytes;
  driver.flush = flushFile;
  driver.truncate = truncateFile;
  constexpr H5FD_mem_t freeLists[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(freeLists), std::end(freeLists), driver.fl_map);
  return driver;
}

hid_t atomicFileCreation() {
  hid_t creation = H5Pcreate(H5P_FILE_CREATE);
  if (H5Pset_file_space_strategy(creation, H5F_FSPACE_STRATEGY_PAGE, /*persist=*/false, /*threshold=*/1) < 0 ||
      H5Pset_file_space_page_size(creation, 4096) < 0 || H5Pset_attr_phase_change(creation, 32, 0) < 0) {
    H5Pclose(creation);
    return -1;
  }
  return creation;
}

hid_t atomicFileAccess(AtomicFileControl &control) {
  static const H5FD_class_t driver = makeClass();
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  hid_t identifier = H5FDregister(&driver);
  DriverInfo info{&control};
  if (access < 0 || identifier < 0 || H5Pset_driver(access, identifier, &info) < 0 ||
      // The chunk index of this format appends in place; the older one splits nodes, which an old head could not follow.
      H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110) < 0) {
    H5Pclose(access);
    return -1;
  }
  H5Idec_ref(identifier); // the properties hold it now
  return access;
}

} // namespace snn::recorder
