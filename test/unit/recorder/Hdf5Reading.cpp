#include "Hdf5Reading.h"

namespace snn::test {

Hdf5File::Hdf5File(const std::string &path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  file_ = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
}

Hdf5File::~Hdf5File() {
  if (file_ >= 0)
    H5Fclose(file_);
}

bool Hdf5File::has(const std::string &path) const { return H5Oexists_by_name(file_, path.c_str(), H5P_DEFAULT) > 0; }

std::vector<hsize_t> Hdf5File::shape(const std::string &name) const {
  hid_t dataSet = H5Dopen2(file_, name.c_str(), H5P_DEFAULT);
  hid_t space = H5Dget_space(dataSet);
  std::vector<hsize_t> shape(H5Sget_simple_extent_ndims(space) < 0 ? 0 : H5Sget_simple_extent_ndims(space));
  H5Sget_simple_extent_dims(space, shape.data(), nullptr);
  H5Sclose(space);
  H5Dclose(dataSet);
  return shape;
}

std::vector<double> Hdf5File::numbers(const std::string &name) const {
  hsize_t count = 1;
  for (hsize_t length : shape(name))
    count *= length;
  std::vector<double> values(count);
  hid_t dataSet = H5Dopen2(file_, name.c_str(), H5P_DEFAULT);
  if (H5Dread(dataSet, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    values.clear();
  H5Dclose(dataSet);
  return values;
}

std::string Hdf5File::typeOf(const std::string &name) const {
  hid_t dataSet = H5Dopen2(file_, name.c_str(), H5P_DEFAULT);
  hid_t type = H5Dget_type(dataSet);
  std::string kind = H5Tget_class(type) == H5T_FLOAT ? "float" : H5Tget_sign(type) == H5T_SGN_NONE ? "unsigned" : "signed";
  kind += " " + std::to_string(H5Tget_size(type));
  H5Tclose(type);
  H5Dclose(dataSet);
  return kind;
}

std::string Hdf5File::text(const std::string &object, const char *name) const {
  hid_t attribute = H5Aopen_by_name(file_, object.c_str(), name, H5P_DEFAULT, H5P_DEFAULT);
  hid_t type = H5Aget_type(attribute);
  char *value = nullptr;
  std::string text = H5Aread(attribute, type, &value) < 0 ? "(unreadable)" : value;
  H5free_memory(value);
  H5Tclose(type);
  H5Aclose(attribute);
  return text;
}

double Hdf5File::number(const std::string &object, const char *name) const {
  hid_t attribute = H5Aopen_by_name(file_, object.c_str(), name, H5P_DEFAULT, H5P_DEFAULT);
  double value = -1;
  H5Aread(attribute, H5T_NATIVE_DOUBLE, &value);
  H5Aclose(attribute);
  return value;
}

std::string Hdf5File::enumerated(const std::string &object, const char *name) const {
  hid_t attribute = H5Aopen_by_name(file_, object.c_str(), name, H5P_DEFAULT, H5P_DEFAULT);
  hid_t type = H5Aget_type(attribute);
  unsigned char value = 255;
  char text[64] = "";
  H5Aread(attribute, type, &value);
  H5Tenum_nameof(type, &value, text, sizeof text);
  H5Tclose(type);
  H5Aclose(attribute);
  return text;
}

} // namespace snn::test
