#include "Hdf5Array.h"

#include <hdf5.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace snn::arrays {

namespace {

/// An identifier with the function that closes it.
class Handle {
public:
  Handle(hid_t identifier, herr_t (*close)(hid_t)) : identifier(identifier), close(close) {}
  Handle(const Handle &) = delete;
  ~Handle() {
    if (identifier >= 0)
      close(identifier);
  }
  operator hid_t() const { return identifier; }

private:
  hid_t identifier;
  herr_t (*close)(hid_t);
};

} // namespace

/// The innermost reason that HDF5 gives.
static std::string reason() {
  std::string text = "HDF5 does not say why";
  auto keepFirst = [](unsigned depth, const H5E_error2_t *entry, void *result) -> herr_t {
    if (depth == 0 && entry->desc)
      *static_cast<std::string *>(result) = entry->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepFirst, &text);
  return text;
}

/// The data sets at the top of the file.
static std::vector<std::string> setsOf(hid_t file) {
  std::vector<std::string> names;
  auto add = [](hid_t group, const char *name, const H5L_info_t *, void *result) -> herr_t {
    Handle object(H5Oopen(group, name, H5P_DEFAULT), H5Oclose);
    if (object >= 0 && H5Iget_type(object) == H5I_DATASET)
      static_cast<std::vector<std::string> *>(result)->push_back(name);
    return 0;
  };
  H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &names);
  return names;
}

static std::string listed(const std::vector<std::string> &names) {
  std::string text;
  for (size_t k = 0; k < names.size() && k < 8; ++k)
    text += (k ? ", `" : "`") + names[k] + "`";
  return text + (names.size() > 8 ? ", ..." : "");
}

static std::string chosen(hid_t file, const std::string &dataSet) {
  std::vector<std::string> names = setsOf(file);
  if (dataSet.empty() && names.size() == 1)
    return names.front();
  if (dataSet.empty())
    throw std::runtime_error("has " + std::to_string(names.size()) + " data sets, so the one that is wanted is named: " +
                             listed(names));
  return dataSet;
}

static std::string unitOf(hid_t dataSet) {
  for (const char *name : {"units", "unit"}) {
    if (H5Aexists(dataSet, name) <= 0)
      continue;
    Handle attribute(H5Aopen(dataSet, name, H5P_DEFAULT), H5Aclose), type(H5Aget_type(attribute), H5Tclose);
    Handle space(H5Aget_space(attribute), H5Sclose);
    if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) != 1)
      throw std::runtime_error(std::string("has an attribute `") + name + "` that is no text");
    if (H5Tis_variable_str(type) > 0) {
      char *text = nullptr;
      if (H5Aread(attribute, type, &text) < 0 || !text)
        throw std::runtime_error("cannot be read: " + reason());
      std::string unit = text;
      H5Dvlen_reclaim(type, space, H5P_DEFAULT, &text);
      return unit;
    }
    std::string unit(H5Tget_size(type) + 1, '\0');
    if (H5Aread(attribute, type, unit.data()) < 0)
      throw std::runtime_error("cannot be read: " + reason());
    unit.resize(std::strlen(unit.c_str()));
    while (unit.ends_with(' '))
      unit.pop_back();
    return unit;
  }
  return "";
}

static void readSet(hid_t dataSet, snn_array &array) {
  Handle space(H5Dget_space(dataSet), H5Sclose), type(H5Dget_type(dataSet), H5Tclose);
  int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0 || rank > SNN_ARRAY_AXES)
    throw std::runtime_error("has no shape");
  hsize_t extents[H5S_MAX_RANK];
  H5Sget_simple_extent_dims(space, extents, nullptr);
  array.rank = uint32_t(rank);
  std::copy(extents, extents + rank, array.shape);
  H5T_class_t kind = H5Tget_class(type);
  if (kind != H5T_INTEGER && kind != H5T_FLOAT)
    throw std::runtime_error("has elements that are no numbers");
  bool isUnsigned = kind == H5T_INTEGER && H5Tget_sign(type) == H5T_SGN_NONE;
  array.kind = kind == H5T_FLOAT ? 'f' : isUnsigned ? 'u' : 'i';
  array.width = 8;
  std::string unit = unitOf(dataSet);
  if (unit.size() >= sizeof array.unit)
    throw std::runtime_error("has a unit of more than 63 characters");
  std::strcpy(array.unit, unit.c_str());
  hssize_t count = H5Sget_simple_extent_npoints(space);
  uint64_t bytes = 0;
  if (count < 0 || __builtin_mul_overflow(uint64_t(count), uint64_t(array.width), &bytes))
    throw std::runtime_error("has a shape with more elements than 64 bits count");
  // What has never been written takes no space in a file, however large its shape.
  if (count > 0 && H5Dget_storage_size(dataSet) == 0)
    throw std::runtime_error("has a shape, but no values");
  array.length = bytes;
  array.bytes = std::malloc(bytes + 1);
  if (!array.bytes)
    throw std::bad_alloc();
  hid_t native = kind == H5T_FLOAT ? H5T_NATIVE_DOUBLE : isUnsigned ? H5T_NATIVE_UINT64 : H5T_NATIVE_INT64;
  if (H5Dread(dataSet, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, array.bytes) < 0)
    throw std::runtime_error("cannot be read: " + reason());
}

void readHdf5(const std::string &path, const std::string &dataSet, snn_array &array) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // what goes wrong is said once, by whoever asked
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (file < 0)
    throw std::runtime_error("cannot be opened: " + reason());
  std::string name = chosen(file, dataSet);
  Handle set(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
  if (set < 0) {
    std::vector<std::string> there = setsOf(file);
    throw std::runtime_error(there.empty() ? "is not there" : "is not there; at the top of the file are " + listed(there));
  }
  readSet(set, array);
}

} // namespace snn::arrays
