// Members of zip archives and data sets of HDF5 files, right ones and wrong ones.

#include "snn/arrays/ReadArray.h"

#include <gtest/gtest.h>

#include <hdf5.h>
#include <zip.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

/// Files in a folder of their own.
class ReadArray : public testing::Test {
protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("snn-arrays-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::string path(const char *name) const { return (folder / name).string(); }

  /// What is wrong, or nothing.
  std::string failure(const char *file, const char *dataSet) {
    snn_array array;
    int good = snn_read_array(path(file).c_str(), dataSet, &array);
    std::free(array.bytes);
    return good ? "" : array.message;
  }

  void writeZip(const char *name, const std::vector<std::pair<std::string, std::string>> &members) {
    int code = 0;
    zip_t *archive = zip_open(path(name).c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    ASSERT_NE(archive, nullptr);
    for (const auto &[member, text] : members)
      zip_file_add(archive, member.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_OVERWRITE);
    ASSERT_EQ(zip_close(archive), 0);
  }

  /// A data set of 2 x 3 numbers of a type, with a unit if one is given.
  void writeSet(hid_t file, const char *name, hid_t type, const char *unit) {
    const hsize_t extents[] = {2, 3};
    const double values[] = {1, 2, 3, -4, 5, 6};
    hid_t space = H5Screate_simple(2, extents, nullptr);
    hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    if (unit) {
      hid_t text = H5Tcopy(H5T_C_S1), scalar = H5Screate(H5S_SCALAR);
      H5Tset_size(text, std::strlen(unit));
      hid_t attribute = H5Acreate2(set, "units", text, scalar, H5P_DEFAULT, H5P_DEFAULT);
      H5Awrite(attribute, text, unit);
      H5Aclose(attribute);
      H5Sclose(scalar);
      H5Tclose(text);
    }
    H5Dclose(set);
    H5Sclose(space);
  }

  std::filesystem::path folder;
};

} // namespace

TEST_F(ReadArray, MembersOfAnArchiveAreNpyFiles) {
  writeZip("a.npz", {{"w.npy", std::string(5000, 'w')}, {"v.npy", "vv"}});
  snn_array array;
  ASSERT_EQ(snn_read_array(path("a.npz").c_str(), "w", &array), 1) << array.message;
  EXPECT_EQ(array.is_npy, 1);
  EXPECT_EQ(std::string(static_cast<char *>(array.bytes), array.length), std::string(5000, 'w'));
  std::free(array.bytes);
  writeZip("one.npz", {{"v.npy", "vv"}});
  ASSERT_EQ(snn_read_array(path("one.npz").c_str(), "", &array), 1) << array.message;
  EXPECT_EQ(array.length, 2u);
  std::free(array.bytes);
}

TEST_F(ReadArray, SaysWhatIsWrongWithAnArchive) {
  writeZip("a.npz", {{"w.npy", std::string(5000, 'w')}, {"v.npy", "vv"}});
  EXPECT_EQ(failure("a.npz", "u"), "is not there; the file has `w`, `v`");
  EXPECT_EQ(failure("a.npz", ""), "has 2 arrays, so the one that is wanted is named: `w`, `v`");
  EXPECT_EQ(failure("none.npz", "w"), "cannot be opened: No such file");
  std::ofstream(path("text.npz")) << "no archive";
  EXPECT_EQ(failure("text.npz", "w"), "cannot be opened: Not a zip archive");
  std::filesystem::resize_file(path("a.npz"), std::filesystem::file_size(path("a.npz")) / 2);
  EXPECT_NE(failure("a.npz", "w"), "");
}

TEST_F(ReadArray, DataSetsHaveShapeTypeAndUnit) {
  hid_t file = H5Fcreate(path("a.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  hid_t group = H5Gcreate2(file, "layer4", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  writeSet(group, "g", H5T_IEEE_F32BE, "nS");
  writeSet(file, "n", H5T_STD_I16LE, nullptr);
  H5Gclose(group);
  H5Fclose(file);
  snn_array array;
  ASSERT_EQ(snn_read_array(path("a.h5").c_str(), "layer4/g", &array), 1) << array.message;
  EXPECT_EQ(array.kind, 'f');
  EXPECT_EQ(array.rank, 2u);
  EXPECT_EQ(array.shape[0], 2u);
  EXPECT_EQ(array.shape[1], 3u);
  EXPECT_STREQ(array.unit, "nS");
  EXPECT_EQ(static_cast<double *>(array.bytes)[3], -4);
  std::free(array.bytes);
  ASSERT_EQ(snn_read_array(path("a.h5").c_str(), "", &array), 1) << "one data set stands at the top: " << array.message;
  EXPECT_EQ(array.kind, 'i');
  EXPECT_EQ(static_cast<int64_t *>(array.bytes)[3], -4);
  EXPECT_STREQ(array.unit, "");
  std::free(array.bytes);
}

TEST_F(ReadArray, SaysWhatIsWrongWithAnHdf5File) {
  hid_t file = H5Fcreate(path("a.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  writeSet(file, "n", H5T_STD_I16LE, nullptr);
  const hsize_t large[] = {hsize_t(1) << 50};
  hid_t space = H5Screate_simple(1, large, nullptr), layout = H5Pcreate(H5P_DATASET_CREATE);
  const hsize_t chunk[] = {1024};
  H5Pset_chunk(layout, 1, chunk);
  H5Dclose(H5Dcreate2(file, "hollow", H5T_IEEE_F64LE, space, H5P_DEFAULT, layout, H5P_DEFAULT));
  hid_t text = H5Tcopy(H5T_C_S1);
  hid_t scalar = H5Screate(H5S_SCALAR);
  H5Dclose(H5Dcreate2(file, "text", text, scalar, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Fclose(file);
  EXPECT_EQ(failure("a.h5", "m"), "is not there; at the top of the file are `hollow`, `n`, `text`");
  EXPECT_EQ(failure("a.h5", ""), "has 3 data sets, so the one that is wanted is named: `hollow`, `n`, `text`");
  EXPECT_EQ(failure("a.h5", "text"), "has elements that are no numbers");
  EXPECT_EQ(failure("a.h5", "hollow"), "has a shape, but no values");
  EXPECT_NE(failure("none.h5", "n").find("cannot be opened: "), std::string::npos);
  std::ofstream(path("text.h5")) << "no HDF5 file";
  EXPECT_NE(failure("text.h5", "n").find("cannot be opened: "), std::string::npos);
}
