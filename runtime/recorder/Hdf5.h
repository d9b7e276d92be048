// The little of HDF5 that a recorder needs, with owned identifiers and failures as exceptions. Exceptions stay inside this
// library: `Recorder` turns them into a status and a sentence.

#ifndef SNN_RECORDER_HDF5_H
#define SNN_RECORDER_HDF5_H

#include <hdf5.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace snn::recorder::hdf5 {

/// What HDF5 says went wrong, innermost reason.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws `Failure` if `result` is negative.
template <typename Result> Result checked(Result result);

/// Keeps HDF5 from printing its error stack as long as it lives.
class Silence {
public:
  Silence();
  ~Silence();
  Silence(const Silence &) = delete;
  Silence &operator=(const Silence &) = delete;

private:
  H5E_auto2_t function_ = nullptr;
  void *data_ = nullptr;
};

/// An identifier with the function that closes it.
class Handle {
public:
  Handle() = default;
  /// Throws `Failure` if `identifier` is that of a failed call.
  Handle(hid_t identifier, herr_t (*close)(hid_t)) : identifier_(checked(identifier)), close_(close) {}
  Handle(Handle &&other) noexcept : identifier_(std::exchange(other.identifier_, -1)), close_(other.close_) {}
  Handle &operator=(Handle &&other) noexcept {
    std::swap(identifier_, other.identifier_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() { reset(); }
  void reset() {
    if (identifier_ >= 0)
      close_(std::exchange(identifier_, -1));
  }
  operator hid_t() const { return identifier_; }

private:
  hid_t identifier_ = -1;
  herr_t (*close_)(hid_t) = nullptr;
};

Handle createGroup(hid_t parent, const std::string &name);

/// Scalar attributes. Strings are UTF-8 of variable length: Python reads them as `str`. An attribute that exists is replaced.
void setAttribute(hid_t object, const char *name, std::string_view value);
void setAttribute(hid_t object, const char *name, double value);
void setAttribute(hid_t object, const char *name, uint64_t value);
/// With the type and dimension of the file given.
void setAttribute(hid_t object, const char *name, hid_t type, const std::vector<uint32_t> &value);
void setAttribute(hid_t object, const char *name, hid_t type, uint8_t value);

/// Where the values of an array are stored: by themselves, or in its header, for a few values that change.
enum class Storage { Separate, InHeader };

/// A data set of fixed length, not yet written.
Handle createArray(hid_t parent, const char *name, hid_t type, hsize_t length, Storage storage = Storage::Separate);
void write(hid_t dataSet, hid_t type, const void *values);

/// A data set of rows that grows along its first dimension.
class GrowingArray {
public:
  struct Shape {
    hsize_t width = 0;     ///< elements of a row; 0: one dimension only
    hsize_t chunkRows = 1; ///< rows and columns of one stored chunk
    hsize_t chunkWidth = 0;
  };
  GrowingArray() = default;
  GrowingArray(hid_t parent, const char *name, hid_t type, const Shape &shape);

  /// `values` holds `rows` times the width, row-major, of the type given at the start.
  void append(hsize_t rows, const void *values);
  hsize_t rows() const { return rows_; }
  hid_t dataSet() const { return dataSet_; }

private:
  Handle dataSet_;
  hid_t type_ = -1;
  hsize_t width_ = 0, rows_ = 0;
};

[[noreturn]] void fail();

template <typename Result> Result checked(Result result) {
  if (result < 0)
    fail();
  return result;
}

} // namespace snn::recorder::hdf5

#endif // SNN_RECORDER_HDF5_H
