// Small `.npy` files for tests, written byte by byte as the format's description says.

#ifndef SNN_TEST_NPYWRITER_H
#define SNN_TEST_NPYWRITER_H

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace snn::test {

struct NpyHeader {
  std::string type;  ///< "<i4"
  std::string shape; ///< "(10, 2)"
  int version = 1;
  bool fortranOrder = false;
};

/// Writes `values` behind the header and returns the path, which is unique to `name` within this process.
template <typename T>
std::string writeNpy(const std::string &name, const NpyHeader &header, const std::vector<T> &values) {
  namespace fs = std::filesystem;
  fs::path folder = fs::temp_directory_path() / ("snn-runtime-test-" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::string path = (folder / (name + ".npy")).string();
  std::string text = "{'descr': '" + header.type + "', 'fortran_order': " + (header.fortranOrder ? "True" : "False") +
                     ", 'shape': " + header.shape + ", }";
  size_t preamble = header.version == 1 ? 10 : 12;
  text.resize((preamble + text.size() + 64) / 64 * 64 - preamble - 1, ' ');
  text += '\n';
  std::ofstream file(path, std::ios::binary);
  file << "\x93NUMPY" << char(header.version) << '\0';
  for (size_t byte = 0; byte < (header.version == 1 ? 2u : 4u); ++byte)
    file << char(text.size() >> (8 * byte) & 255);
  file << text;
  file.write(reinterpret_cast<const char *>(values.data()), std::streamsize(values.size() * sizeof(T)));
  return path;
}

} // namespace snn::test

#endif // SNN_TEST_NPYWRITER_H
