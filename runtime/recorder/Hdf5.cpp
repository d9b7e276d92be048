#include "Hdf5.h"

namespace snn::recorder::hdf5 {

void fail() {
  std::string reason = "unknown failure of HDF5";
  auto keepFirst = [](unsigned depth, const H5E_error2_t *entry, void *reason) -> herr_t {
    if (depth == 0 && entry->desc)
      *static_cast<std::string *>(reason) = entry->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepFirst, &reason);
  throw Failure(reason);
}

Silence::Silence() {
  H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Silence::~Silence() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

Handle createGroup(hid_t parent, const std::string &name) {
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose};
}

static void setAttribute(hid_t object, const char *name, hid_t type, hid_t space, const void *value) {
  if (checked(H5Aexists(object, name)) > 0)
    checked(H5Adelete(object, name));
  Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  checked(H5Awrite(attribute, type, value));
}

void setAttribute(hid_t object, const char *name, std::string_view value) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  checked(H5Tset_size(type, H5T_VARIABLE));
  checked(H5Tset_cset(type, H5T_CSET_UTF8));
  Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  std::string text(value);
  const char *pointer = text.c_str();
  setAttribute(object, name, type, space, &pointer);
}

void setAttribute(hid_t object, const char *name, double value) {
  Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  setAttribute(object, name, H5T_NATIVE_DOUBLE, space, &value);
}

void setAttribute(hid_t object, const char *name, uint64_t value) {
  Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  setAttribute(object, name, H5T_NATIVE_UINT64, space, &value);
}

void setAttribute(hid_t object, const char *name, hid_t type, uint8_t value) {
  Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  setAttribute(object, name, type, space, &value);
}

void setAttribute(hid_t object, const char *name, hid_t type, const std::vector<uint32_t> &value) {
  hsize_t length = value.size();
  Handle space(length == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr), H5Sclose);
  setAttribute(object, name, type, space, value.data());
}

Handle createArray(hid_t parent, const char *name, hid_t type, hsize_t length, Storage storage) {
  Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose);
  Handle layout(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  checked(H5Pset_layout(layout, storage == Storage::InHeader ? H5D_COMPACT : H5D_CONTIGUOUS));
  checked(H5Pset_obj_track_times(layout, false));
  return {H5Dcreate2(parent, name, type, space, H5P_DEFAULT, layout, H5P_DEFAULT), H5Dclose};
}

void write(hid_t dataSet, hid_t type, const void *values) {
  checked(H5Dwrite(dataSet, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values));
}

GrowingArray::GrowingArray(hid_t parent, const char *name, hid_t type, const Shape &shape)
    : type_(type), width_(shape.width) {
  int rank = width_ ? 2 : 1;
  const hsize_t now[] = {0, width_}, atMost[] = {H5S_UNLIMITED, width_}, chunk[] = {shape.chunkRows, shape.chunkWidth};
  Handle space(H5Screate_simple(rank, now, atMost), H5Sclose);
  Handle layout(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  checked(H5Pset_chunk(layout, rank, chunk));
  // What lies beyond the rows that were appended is never read, so filling new chunks would be wasted.
  checked(H5Pset_fill_time(layout, H5D_FILL_TIME_NEVER));
  checked(H5Pset_obj_track_times(layout, false));
  dataSet_ = Handle(H5Dcreate2(parent, name, type, space, H5P_DEFAULT, layout, H5P_DEFAULT), H5Dclose);
}

void GrowingArray::append(hsize_t rows, const void *values) {
  if (rows == 0)
    return;
  int rank = width_ ? 2 : 1;
  const hsize_t size[] = {rows_ + rows, width_}, start[] = {rows_, 0}, count[] = {rows, width_};
  checked(H5Dset_extent(dataSet_, size));
  Handle target(H5Dget_space(dataSet_), H5Sclose);
  checked(H5Sselect_hyperslab(target, H5S_SELECT_SET, start, nullptr, count, nullptr));
  Handle source(H5Screate_simple(rank, count, nullptr), H5Sclose);
  checked(H5Dwrite(dataSet_, type_, source, target, H5P_DEFAULT, values));
  rows_ += rows;
}

} // namespace snn::recorder::hdf5
