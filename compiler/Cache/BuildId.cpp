#include "compiler/Cache/BuildId.h"

#include "llvm/ADT/ScopeExit.h"

#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <unistd.h>

namespace snn {

/// Notes and the headers that say where they are stand at the beginning of a library.
static constexpr size_t beginning = 8192;

template <typename T> static bool readAt(llvm::StringRef bytes, uint64_t offset, T &value) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof value)
    return false;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return true;
}

/// The build id among the notes in [begin, end) of the file.
static llvm::StringRef findInNotes(llvm::StringRef bytes, uint64_t begin, uint64_t end) {
  Elf64_Nhdr note;
  for (uint64_t at = begin; at < end && readAt(bytes, at, note);) {
    uint64_t name = at + sizeof note, content = name + (uint64_t(note.n_namesz) + 3) / 4 * 4;
    if (note.n_type == NT_GNU_BUILD_ID && bytes.substr(name, note.n_namesz) == llvm::StringRef("GNU\0", 4))
      return bytes.substr(content, note.n_descsz);
    at = content + (uint64_t(note.n_descsz) + 3) / 4 * 4;
  }
  return {};
}

static llvm::StringRef findBuildId(llvm::StringRef bytes) {
  Elf64_Ehdr header;
  if (!readAt(bytes, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return {};
  Elf64_Phdr part;
  for (unsigned k = 0; k < header.e_phnum; ++k)
    if (readAt(bytes, header.e_phoff + k * sizeof part, part) && part.p_type == PT_NOTE && part.p_offset < bytes.size())
      if (llvm::StringRef id = findInNotes(bytes, part.p_offset, part.p_offset + part.p_filesz); !id.empty())
        return id;
  return {};
}

std::string buildIdOf(llvm::StringRef path) {
  int file = open(path.str().c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return {};
  llvm::scope_exit closeFile([&] { close(file); });
  char bytes[beginning];
  ssize_t count = pread(file, bytes, sizeof bytes, 0);
  return count < 0 ? std::string() : findBuildId({bytes, static_cast<size_t>(count)}).str();
}

} // namespace snn
