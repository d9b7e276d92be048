// Arrays of doubles in NumPy's format, for tests.

#ifndef SNN_TEST_MODELS_NPYFILE_H
#define SNN_TEST_MODELS_NPYFILE_H

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace snn::test {

/// Writes `values` in C order.
inline void writeNumbers(const std::filesystem::path &path, const std::vector<uint64_t> &shape, const std::vector<double> &values) {
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (";
  for (uint64_t extent : shape)
    header += std::to_string(extent) + ", ";
  header += "), }";
  header.append(64 - (10 + header.size() + 1) % 64, ' ');
  header += '\n';
  const uint16_t length = static_cast<uint16_t>(header.size());
  std::ofstream file(path, std::ios::binary);
  file.write("\x93NUMPY\x01\x00", 8);
  file.write(reinterpret_cast<const char *>(&length), 2);
  file << header;
  file.write(reinterpret_cast<const char *>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!file)
    throw std::runtime_error("cannot write " + path.string());
}

} // namespace snn::test

#endif // SNN_TEST_MODELS_NPYFILE_H
