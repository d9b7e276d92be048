#include "EdgeFile.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace snn::test {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "snn-XXXXXX").string();
  if (!mkdtemp(name.data()))
    throw std::runtime_error("cannot make a folder like " + name);
  folder = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

void writeEdges(const std::filesystem::path &path, const Edges &edges) {
  std::string header = "{'descr': '<i8', 'fortran_order': False, 'shape': (" + std::to_string(edges.size()) + ", 2), }";
  // Magic, version and length take 10 bytes; the data start at a multiple of 64, after a line feed.
  header.append(64 - (10 + header.size() + 1) % 64, ' ');
  header += '\n';
  const uint16_t length = static_cast<uint16_t>(header.size());

  std::ofstream file(path, std::ios::binary);
  file.write("\x93NUMPY\x01\x00", 8);
  file.write(reinterpret_cast<const char *>(&length), 2);
  file << header;
  for (const auto &[source, target] : edges) {
    file.write(reinterpret_cast<const char *>(&source), 8);
    file.write(reinterpret_cast<const char *>(&target), 8);
  }
  if (!file)
    throw std::runtime_error("cannot write " + path.string());
}

} // namespace snn::test
