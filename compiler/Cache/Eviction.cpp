#include "compiler/Cache/Eviction.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

#include <chrono>
#include <vector>

namespace fs = llvm::sys::fs;

namespace snn {

namespace {

struct File {
  std::string path;
  uint64_t size;
  llvm::sys::TimePoint<> used;
};

} // namespace

static std::vector<File> filesIn(llvm::StringRef folder, llvm::StringRef middle) {
  std::vector<File> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error, /*follow_symlinks=*/false), end; !error && entry != end;
       entry.increment(error)) {
    if (!llvm::StringRef(entry->path()).contains(middle))
      continue;
    if (auto status = entry->status())
      files.push_back({entry->path(), status->getSize(), status->getLastModificationTime()});
  }
  return files;
}

static void removeAbandoned(llvm::StringRef folder) {
  // The linker appends to the name of a scratch file while it writes it.
  for (const File &file : filesIn(folder, scratchEnding))
    if (std::chrono::system_clock::now() - file.used > std::chrono::hours(1))
      fs::remove(file.path);
}

void evict(llvm::StringRef folder, uint64_t limit, llvm::StringRef spared) {
  removeAbandoned(folder);
  std::vector<File> programs = filesIn(folder, programEnding);
  uint64_t total = 0;
  for (const File &program : programs)
    total += program.size;
  llvm::sort(programs, [](const File &a, const File &b) { return a.used < b.used; });
  for (const File &program : programs) {
    if (total <= limit)
      return;
    if (program.path != spared && !fs::remove(program.path))
      total -= program.size;
  }
}

} // namespace snn
