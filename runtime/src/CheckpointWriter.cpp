#include "CheckpointWriter.h"

#include "CheckpointReader.h"
#include "Failure.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>

namespace snn::runtime {

static constexpr size_t gatheredAtMost = size_t(1) << 20;

/// Renaming onto a symbolic link would replace the link; wanted is the file it stands for.
static std::string withoutLinks(const std::string &path) {
  std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), std::free);
  return real ? real.get() : path;
}

/// What is there is replaced only if that is what somebody meant.
static void checkReplaceable(const std::string &path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0)
    return;
  if (!S_ISREG(status.st_mode))
    fail(SNN_BAD_FILE, "cannot save to `%s`: it is not a regular file", path.c_str());
  if (status.st_size > 0 && !isCheckpoint(path))
    fail(SNN_BAD_FILE, "cannot save to `%s`: it exists and is not a checkpoint", path.c_str());
}

CheckpointWriter::CheckpointWriter(const std::string &wanted) : name(wanted), path(withoutLinks(wanted)) {
  checkReplaceable(name);
  for (unsigned attempt = 0; !descriptor.isOpen() && attempt < 100; ++attempt) {
    unfinished = path + "." + std::to_string(getpid()) + "-" + std::to_string(attempt) + ".unfinished";
    descriptor = FileDescriptor(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!descriptor.isOpen() && errno != EEXIST)
      break;
  }
  if (!descriptor.isOpen())
    failToWrite();
  gathered.reserve(gatheredAtMost);
  CheckpointHeader unknown{};
  put(&unknown, sizeof unknown);
}

CheckpointWriter::~CheckpointWriter() {
  if (descriptor.isOpen())
    unlink(unfinished.c_str());
}

void CheckpointWriter::failToWrite() const {
  fail(SNN_BAD_FILE, "cannot write the checkpoint `%s`: %s", name.c_str(), lastReason().c_str());
}

void CheckpointWriter::flush() {
  for (size_t done = 0; done < gathered.size();) {
    ssize_t written = ::write(descriptor, gathered.data() + done, gathered.size() - done);
    if (written < 0 && errno != EINTR)
      failToWrite();
    done += size_t(std::max<ssize_t>(written, 0));
  }
  gathered.clear();
}

void CheckpointWriter::put(const void *bytes, size_t size) {
  const char *from = static_cast<const char *>(bytes);
  length += size;
  while (size > 0) {
    size_t part = std::min(size, gatheredAtMost - gathered.size());
    gathered.insert(gathered.end(), from, from + part);
    from += part;
    size -= part;
    if (gathered.size() == gatheredAtMost)
      flush();
  }
}

void CheckpointWriter::begin(SectionName name) {
  endSection();
  static constexpr char zeros[8] = {};
  put(zeros, -length % sizeof zeros);
  table.push_back({name, 0, length, 0, 0});
  hash.emplace();
}

void CheckpointWriter::write(const void *bytes, size_t size) {
  hash->add(bytes, size);
  put(bytes, size);
}

void CheckpointWriter::endSection() {
  if (!hash)
    return;
  table.back().bytes = length - table.back().offset;
  table.back().hash = hash->value();
  hash.reset();
}

void CheckpointWriter::commit() {
  endSection();
  CheckpointHeader header{};
  std::memcpy(header.magic, checkpointMagic, sizeof header.magic);
  header.version = checkpointVersion;
  header.sections = uint32_t(table.size());
  header.tableOffset = length;
  header.tableHash = ContentHash::of(table.data(), table.size() * sizeof table[0]);
  put(table.data(), table.size() * sizeof table[0]);
  header.fileBytes = length;
  header.headerHash = ContentHash::of(&header, offsetof(CheckpointHeader, headerHash));
  flush();
  if (pwrite(descriptor, &header, sizeof header, 0) != ssize_t(sizeof header) || fsync(descriptor) != 0)
    failToWrite();
  if (!descriptor.close() || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    int reason = errno;
    unlink(unfinished.c_str());
    errno = reason;
    failToWrite();
  }
  // The new name survives a power failure too, where the file system lets a folder be written out.
  std::string folder = path.substr(0, path.rfind('/') + 1);
  FileDescriptor directory(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.isOpen())
    fsync(directory);
}

} // namespace snn::runtime
