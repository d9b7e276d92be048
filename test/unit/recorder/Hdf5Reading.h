// Reads a file of results as any other program would: plain HDF5, read-only, nothing of the recorder.

#ifndef SNN_TEST_UNIT_RECORDER_HDF5READING_H
#define SNN_TEST_UNIT_RECORDER_HDF5READING_H

#include <hdf5.h>

#include <string>
#include <vector>

namespace snn::test {

class Hdf5File {
public:
  explicit Hdf5File(const std::string &path);
  ~Hdf5File();
  Hdf5File(const Hdf5File &) = delete;
  Hdf5File &operator=(const Hdf5File &) = delete;

  bool isOpen() const { return file_ >= 0; }
  bool has(const std::string &path) const;
  /// All elements, converted to double; row-major. Empty and with `ok` false if they cannot be read.
  std::vector<double> numbers(const std::string &dataSet) const;
  std::vector<hsize_t> shape(const std::string &dataSet) const;
  /// "<kind> <bytes>", such as "float 8" or "unsigned 4".
  std::string typeOf(const std::string &dataSet) const;
  std::string text(const std::string &object, const char *attribute) const;
  double number(const std::string &object, const char *attribute) const;
  /// Name of the value of an enumerated attribute.
  std::string enumerated(const std::string &object, const char *attribute) const;

private:
  hid_t file_;
};

} // namespace snn::test

#endif // SNN_TEST_UNIT_RECORDER_HDF5READING_H
