// Reads a checkpoint file that may be anything: nothing in it is believed before it has been checked.

#ifndef SNN_RUNTIME_CHECKPOINTREADER_H
#define SNN_RUNTIME_CHECKPOINTREADER_H

#include "CheckpointFormat.h"

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace snn::runtime {

/// Where the bytes are.
class ByteSource {
public:
  virtual ~ByteSource() = default;
  virtual uint64_t size() const = 0;
  /// Copies [offset, offset + bytes.size()). Throws a `Failure` if they cannot be had.
  virtual void read(uint64_t offset, std::span<std::byte> bytes) const = 0;
};

/// A file on disk. Throws a `Failure` (SNN_BAD_FILE) if it cannot be opened or is no file.
std::unique_ptr<ByteSource> openFile(const std::string &path);

/// Does the file begin like a checkpoint?
bool isCheckpoint(const std::string &path);

/// Every function throws a `Failure` (SNN_BAD_FILE) whose sentence names the file.
class CheckpointReader {
public:
  /// Checks the header, the table and the bytes of every section. `name` stands for the file in messages; `source` must
  /// outlive the reader.
  CheckpointReader(const ByteSource &source, std::string name);

  /// Bytes of a section; throws if there is none.
  uint64_t bytes(SectionName section) const { return find(section).bytes; }

  /// Copies a part of a section.
  void read(SectionName section, uint64_t offset, std::span<std::byte> to) const;

  /// The whole of a small section.
  std::vector<std::byte> contents(SectionName section) const;

  const std::string &name() const { return fileName; }

  /// Throws the sentence for a file whose bytes are as they were written but make no sense.
  [[noreturn]] void failAsDamaged(const char *what) const;

private:
  CheckpointHeader readHeader() const;
  void readTable(const CheckpointHeader &header);
  void checkContents(const CheckpointSection &section) const;
  const CheckpointSection &find(SectionName section) const;

  const ByteSource &source;
  const std::string fileName;
  std::map<SectionName, CheckpointSection> sections;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CHECKPOINTREADER_H
