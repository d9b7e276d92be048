#include "Hdf5Array.h"

#include <hdf5.h>

#include <cstdlib>
#include <cstring>
#include <memory>
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

/// Is there something at `name`? HDF5 asks for every group on the way.
static bool has(hid_t file, const std::string &name) {
  for (size_t end = name.find('/');; end = name.find('/', end + 1)) {
    if (H5Lexists(file, name.substr(0, end).c_str(), H5P_DEFAULT) <= 0)
      return false;
    if (end == name.npos)
      return true;
  }
}

bool hasHdf5(const std::string &path, const std::string &name) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  return file >= 0 && has(file, name);
}

/// `source_node_id` and `target_node_id` of a group of edges (Dai et al. 2020, doi:10.1371/journal.pcbi.1007696), side by side.
static void readEdges(hid_t file, const std::string &group, snn_array &array) {
  snn_array ends[2] = {};
  std::unique_ptr<void, decltype(&std::free)> columns[2] = {{nullptr, std::free}, {nullptr, std::free}};
  for (int end = 0; end < 2; ++end) {
    Handle set(H5Dopen2(file, (group + (end ? "/target_node_id" : "/source_node_id")).c_str(), H5P_DEFAULT), H5Dclose);
    if (set < 0)
      throw std::runtime_error("is a group, and no `source_node_id` and `target_node_id` are in it");
    try {
      readSet(set, ends[end]);
    } catch (...) {
      std::free(ends[end].bytes);
      throw;
    }
    columns[end].reset(ends[end].bytes);
    if (ends[end].rank != 1 || ends[end].kind == 'f' || ends[end].shape[0] != ends[0].shape[0])
      throw std::runtime_error("has a `source_node_id` and a `target_node_id` that are not lists of whole numbers of one length");
  }
  uint64_t edges = ends[0].shape[0];
  array.kind = 'i';
  array.width = sizeof(int64_t);
  array.rank = 2;
  array.shape[0] = edges;
  array.shape[1] = 2;
  array.of_edges = 1;
  array.length = 2 * edges * sizeof(int64_t);
  array.bytes = std::malloc(array.length + 1);
  if (!array.bytes)
    throw std::bad_alloc();
  for (int end = 0; end < 2; ++end)
    for (uint64_t k = 0; k < edges; ++k) // a position above 2^63 becomes negative, and is refused as such
      static_cast<int64_t *>(array.bytes)[2 * k + uint64_t(end)] = static_cast<const int64_t *>(ends[end].bytes)[k];
}

void readHdf5(const std::string &path, const std::string &dataSet, snn_array &array) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // what goes wrong is said once, by whoever asked
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (file < 0)
    throw std::runtime_error("cannot be opened: " + reason());
  std::string name = chosen(file, dataSet);
  Handle object(H5Oopen(file, name.c_str(), H5P_DEFAULT), H5Oclose);
  if (object >= 0 && H5Iget_type(object) == H5I_GROUP)
    return readEdges(file, name, array);
  Handle set(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
  if (set < 0) {
    std::vector<std::string> there = setsOf(file);
    throw std::runtime_error(there.empty() ? "is not there" : "is not there; at the top of the file are " + listed(there));
  }
  readSet(set, array);
}

} // namespace snn::arrays
