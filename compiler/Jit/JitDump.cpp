// The format is that of tools/perf/Documentation/jitdump-specification.txt in the sources of Linux.

#include "compiler/Jit/JitDump.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Object/SymbolSize.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <sys/mman.h>

using namespace llvm;

namespace snn {
namespace {

enum RecordKind : uint32_t { CodeLoad = 0, DebugInfo = 2 };

/// Numbers and texts of one record; its size and time come in front when it is complete.
class Record {
public:
  explicit Record(RecordKind kind) : kind(kind) {}
  Record &number(uint32_t value) { return writer.write(value), *this; }
  Record &number(uint64_t value) { return writer.write(value), *this; }
  Record &text(StringRef value) { return bytes(value), writer.write<char>(0), *this; }
  Record &bytes(StringRef value) { return stream << value, *this; }
  void writeTo(raw_ostream &output) const;

private:
  RecordKind kind;
  SmallString<256> content;
  raw_svector_ostream stream{content};
  support::endian::Writer writer{stream, endianness::little};
};

/// One function of an object.
struct Function {
  StringRef name;
  object::SectionedAddress address;
  uint64_t size;
};

} // namespace

/// The clock of `perf record -k mono`.
static uint64_t nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return uint64_t(now.tv_sec) * 1000000000u + uint64_t(now.tv_nsec);
}

void Record::writeTo(raw_ostream &output) const {
  support::endian::Writer head(output, endianness::little);
  head.write<uint32_t>(kind);
  head.write<uint32_t>(static_cast<uint32_t>(16 + content.size()));
  head.write<uint64_t>(nanoseconds());
  output << content;
}

static void writeHeader(raw_ostream &output) {
  support::endian::Writer head(output, endianness::little);
  const uint32_t magic = 0x4A695444, version = 1, size = 40, padding = 0;
  for (uint32_t word : {magic, version, size, uint32_t(ELF::EM_X86_64), padding, uint32_t(sys::Process::getProcessId())})
    head.write(word);
  head.write<uint64_t>(nanoseconds());
  head.write<uint64_t>(/*flags=*/0);
}

static Expected<std::vector<Function>> functionsOf(const object::ObjectFile &object) {
  std::vector<Function> functions;
  for (const auto &[symbol, size] : object::computeSymbolSizes(object)) {
    Expected<object::SymbolRef::Type> type = symbol.getType();
    Expected<StringRef> name = symbol.getName();
    Expected<uint64_t> address = symbol.getAddress();
    Expected<object::section_iterator> section = symbol.getSection();
    if (Error error = joinErrors(joinErrors(type.takeError(), name.takeError()),
                                 joinErrors(address.takeError(), section.takeError())))
      return error;
    if (*type == object::SymbolRef::ST_Function && *section != object.section_end())
      functions.push_back({*name, {*address, (*section)->getIndex()}, size});
  }
  return functions;
}

/// Lines first, then the code they belong to. Instructions without a line are left to the line in front of them.
static void writeFunction(raw_ostream &output, const Function &function, DWARFContext &dwarf, uint64_t textAddress,
                          uint64_t index) {
  const uint64_t loaded = textAddress + function.address.Address;
  auto kind = DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath;
  DILineInfoTable lines = dwarf.getLineInfoForAddressRange(function.address, function.size, kind);
  llvm::erase_if(lines, [](const auto &entry) { return entry.second.Line == 0; });
  if (!lines.empty()) {
    Record record(DebugInfo);
    record.number(loaded).number(uint64_t(lines.size()));
    for (const auto &[address, line] : lines)
      record.number(textAddress + address).number(line.Line).number(line.Discriminator).text(line.FileName);
    record.writeTo(output);
  }
  Record(CodeLoad)
      .number(uint32_t(sys::Process::getProcessId())).number(uint32_t(get_threadid()))
      .number(loaded).number(loaded).number(function.size).number(index)
      .text(function.name).bytes(StringRef(reinterpret_cast<const char *>(loaded), function.size))
      .writeTo(output);
}

/// The system's sentence, spelled like ours.
static std::string reason(std::error_code error) {
  std::string text = error.message();
  text[0] = llvm::toLower(text[0]);
  return text;
}

/// A folder of its own: perf puts a file for every function beside the dump.
static std::error_code makeFolder(SmallString<256> &folder) {
  if (const char *chosen = std::getenv("JITDUMPDIR"))
    folder = chosen;
  else if (!sys::path::home_directory(folder))
    folder = ".";
  sys::path::append(folder, ".debug", "jit");
  if (std::error_code failed = sys::fs::create_directories(folder))
    return failed;
  SmallString<256> prefix(folder);
  sys::path::append(prefix, "snnc");
  return sys::fs::createUniqueDirectory(prefix, folder);
}

/// Writes header and functions. All code of a program is in one section.
static Error writeDump(raw_ostream &output, ArrayRef<char> bytes, StringRef symbol, uint64_t address) {
  auto object = object::ObjectFile::createObjectFile(MemoryBufferRef(StringRef(bytes.data(), bytes.size()), "program"));
  if (!object)
    return object.takeError();
  auto functions = functionsOf(**object);
  if (!functions)
    return functions.takeError();
  auto known = llvm::find_if(*functions, [&](const Function &function) { return function.name == symbol; });
  assert(known != functions->end() && "the object was loaded");
  const uint64_t textAddress = address - known->address.Address;
  std::unique_ptr<DWARFContext> dwarf = DWARFContext::create(**object);
  writeHeader(output);
  for (const auto &[index, function] : llvm::enumerate(*functions))
    writeFunction(output, function, *dwarf, textAddress, index);
  return Error::success();
}

Expected<std::unique_ptr<JitDump>> JitDump::write(ArrayRef<char> object, StringRef symbol, uint64_t address) {
  SmallString<256> path;
  auto cannotWrite = [&](std::error_code why) {
    return createStringError("cannot write code for perf to `" + path + "`: " + reason(why) +
                             "; set `JITDUMPDIR` to a folder that can be written");
  };
  if (std::error_code failed = makeFolder(path))
    return cannotWrite(failed);
  sys::path::append(path, formatv("jit-{0}.dump", sys::Process::getProcessId()).str());
  int file;
  if (std::error_code failed = sys::fs::openFileForReadWrite(path, file, sys::fs::CD_CreateNew, sys::fs::OF_None))
    return cannotWrite(failed);
  raw_fd_ostream output(file, /*shouldClose=*/true);
  if (Error error = writeDump(output, object, symbol, address))
    return error;
  output.flush();
  if (output.has_error()) {
    std::error_code failed = output.error();
    output.clear_error();
    return cannotWrite(failed);
  }
  // perf takes note of files that are mapped as code, and knows this one by its name.
  void *marker = mmap(nullptr, sys::Process::getPageSizeEstimate(), PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  if (marker == MAP_FAILED)
    return cannotWrite(std::error_code(errno, std::generic_category()));
  return std::unique_ptr<JitDump>(new JitDump(marker));
}

JitDump::~JitDump() { munmap(marker, sys::Process::getPageSizeEstimate()); }

} // namespace snn
