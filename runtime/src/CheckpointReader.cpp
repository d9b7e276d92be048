#include "CheckpointReader.h"

#include "ContentHash.h"
#include "Failure.h"
#include "FileDescriptor.h"

#include <algorithm>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>

namespace snn::runtime {

namespace {
class File : public ByteSource {
public:
  explicit File(const std::string &path) : path(path), descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status;
    if (!descriptor.isOpen() || fstat(descriptor, &status) != 0)
      failToRead(lastReason());
    if (!S_ISREG(status.st_mode))
      failToRead("it is not a regular file");
    length = uint64_t(status.st_size);
  }
  uint64_t size() const override { return length; }

  void read(uint64_t offset, std::span<std::byte> bytes) const override {
    while (!bytes.empty()) {
      ssize_t got = pread(descriptor, bytes.data(), bytes.size(), off_t(offset));
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        failToRead(got < 0 ? lastReason() : "it has become shorter");
      offset += uint64_t(got);
      bytes = bytes.subspan(size_t(got));
    }
  }

private:
  [[noreturn]] void failToRead(const std::string &reason) const {
    fail(SNN_BAD_FILE, "cannot read the checkpoint `%s`: %s", path.c_str(), reason.c_str());
  }

  const std::string path;
  const FileDescriptor descriptor;
  uint64_t length = 0;
};
} // namespace

std::unique_ptr<ByteSource> openFile(const std::string &path) { return std::make_unique<File>(path); }

bool isCheckpoint(const std::string &path) {
  unsigned char begin[sizeof checkpointMagic];
  FileDescriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return descriptor.isOpen() && pread(descriptor, begin, sizeof begin, 0) == ssize_t(sizeof begin) &&
         std::memcmp(begin, checkpointMagic, sizeof begin) == 0;
}

CheckpointReader::CheckpointReader(const ByteSource &source, std::string name)
    : source(source), fileName(std::move(name)) {
  readTable(readHeader());
  for (const auto &[name, section] : sections)
    checkContents(section);
}

void CheckpointReader::failAsDamaged(const char *what) const {
  fail(SNN_BAD_FILE, "the checkpoint `%s` is damaged: %s", fileName.c_str(), what);
}

CheckpointHeader CheckpointReader::readHeader() const {
  CheckpointHeader header{};
  source.read(0, std::as_writable_bytes(std::span(&header, 1)).first(std::min<uint64_t>(source.size(), sizeof header)));
  if (std::memcmp(header.magic, checkpointMagic, sizeof header.magic) != 0)
    fail(SNN_BAD_FILE, "`%s` is not a checkpoint", fileName.c_str());
  if (source.size() < sizeof header)
    failAsDamaged("not even its header is whole");
  if (header.version != checkpointVersion)
    fail(SNN_BAD_FILE, "the checkpoint `%s` has format %u; this snnc reads format %u", fileName.c_str(), header.version,
         checkpointVersion);
  if (ContentHash::of(&header, offsetof(CheckpointHeader, headerHash)) != header.headerHash)
    failAsDamaged("its header is not as it was written");
  if (header.fileBytes != source.size())
    fail(SNN_BAD_FILE, "the checkpoint `%s` is damaged: it has %llu of its %llu bytes", fileName.c_str(),
         static_cast<unsigned long long>(source.size()), static_cast<unsigned long long>(header.fileBytes));
  return header;
}

void CheckpointReader::readTable(const CheckpointHeader &header) {
  uint64_t bytes = uint64_t(header.sections) * sizeof(CheckpointSection);
  if (header.tableOffset > source.size() || bytes > source.size() - header.tableOffset)
    failAsDamaged("its table lies outside");
  std::vector<CheckpointSection> table(header.sections);
  source.read(header.tableOffset, std::as_writable_bytes(std::span(table)));
  if (ContentHash::of(table.data(), bytes) != header.tableHash)
    failAsDamaged("its table is not as it was written");
  for (const CheckpointSection &section : table) {
    if (section.offset > source.size() || section.bytes > source.size() - section.offset)
      failAsDamaged("a section lies outside");
    uint32_t kind = uint32_t(section.name.kind);
    if (kind >= optionalSections)
      continue;
    if (kind < uint32_t(SectionKind::About) || kind > uint32_t(SectionKind::SpikeCounts))
      fail(SNN_BAD_FILE, "the checkpoint `%s` has something that this snnc does not know (a section of kind %u)",
           fileName.c_str(), kind);
    if (!sections.emplace(section.name, section).second)
      failAsDamaged("it has a section twice");
  }
}

void CheckpointReader::checkContents(const CheckpointSection &section) const {
  ContentHash hash;
  std::vector<std::byte> part(std::min<uint64_t>(section.bytes, uint64_t(1) << 20));
  for (uint64_t done = 0; done < section.bytes;) {
    auto next = std::span(part).first(std::min<uint64_t>(part.size(), section.bytes - done));
    source.read(section.offset + done, next);
    hash.add(next.data(), next.size());
    done += next.size();
  }
  if (hash.value() != section.hash)
    failAsDamaged("its contents are not as they were written");
}

const CheckpointSection &CheckpointReader::find(SectionName section) const {
  auto found = sections.find(section);
  if (found == sections.end())
    failAsDamaged("a section is missing");
  return found->second;
}

void CheckpointReader::read(SectionName name, uint64_t offset, std::span<std::byte> to) const {
  const CheckpointSection &section = find(name);
  if (offset > section.bytes || to.size() > section.bytes - offset)
    failAsDamaged("a section is too short");
  source.read(section.offset + offset, to);
}

std::vector<std::byte> CheckpointReader::contents(SectionName section) const {
  std::vector<std::byte> bytes(this->bytes(section));
  read(section, 0, bytes);
  return bytes;
}

} // namespace snn::runtime
