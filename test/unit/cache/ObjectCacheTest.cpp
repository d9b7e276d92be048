// What the folder of compiled programs does with good files, bad files, and too many of them.

#include "compiler/Cache/CacheFolder.h"
#include "compiler/Cache/ObjectCache.h"

#include "llvm/Support/FileSystem.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace fs = std::filesystem;

namespace snn {
namespace {

class ObjectCacheTest : public ::testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> made;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("snn-cache", made));
    folder = made.str().str();
  }
  void TearDown() override { fs::remove_all(folder); }

  static model::Digest key(uint8_t first) {
    model::Digest digest{};
    digest[0] = first;
    return digest;
  }

  /// Keeps a program of `size` bytes in front of its trailer.
  std::string keep(uint8_t first, uint64_t limit = 1 << 20, size_t size = 100) {
    ObjectCache cache(folder, limit);
    std::string scratch = llvm::cantFail(cache.createScratch());
    std::ofstream(scratch) << std::string(size, 'x');
    return llvm::cantFail(cache.keep(scratch, key(first), {1, 2, 3})).path;
  }

  bool finds(uint8_t first) { return ObjectCache(folder, 1 << 20).find(key(first)).has_value(); }

  void age(const std::string &path, int hours) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(hours));
  }

  std::string folder;
};

TEST_F(ObjectCacheTest, FindsWhatItKeeps) {
  std::string path = keep(1);
  auto found = ObjectCache(folder, 1 << 20).find(key(1));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->path, path);
  EXPECT_EQ(found->origins, (Origins{1, 2, 3}));
  EXPECT_FALSE(finds(2));
}

TEST_F(ObjectCacheTest, LeavesNoScratchFile) {
  keep(1);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(ObjectCacheTest, PassesOverADamagedFileAndReplacesIt) {
  std::string path = keep(1);
  fs::resize_file(path, fs::file_size(path) - 1);
  EXPECT_FALSE(finds(1));
  keep(1);
  EXPECT_TRUE(finds(1));
}

TEST_F(ObjectCacheTest, PassesOverAFileUnderTheNameOfAnother) {
  fs::rename(keep(1), keep(2));
  EXPECT_FALSE(finds(2));
}

TEST_F(ObjectCacheTest, PassesOverWhatIsNoFile) {
  std::string path = keep(1);
  fs::remove(path);
  fs::create_directory(path);
  EXPECT_FALSE(finds(1));
  fs::remove(path);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0); // reading it would wait for ever
  EXPECT_FALSE(finds(1));
}

TEST_F(ObjectCacheTest, PassesOverALinkAndAFileThatOthersMayWriteTo) {
  std::string path = keep(1);
  fs::rename(path, path + ".elsewhere");
  fs::create_symlink(path + ".elsewhere", path);
  EXPECT_FALSE(finds(1));
  chmod(keep(2).c_str(), 0620);
  EXPECT_FALSE(finds(2));
}

TEST_F(ObjectCacheTest, ProgramsAreTheirUsersAlone) {
  struct stat found;
  ASSERT_EQ(stat(keep(1).c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(ObjectCacheTest, RemovesWhatWasNotUsedForLongest) {
  std::vector<std::string> paths = {keep(1), keep(2), keep(3)};
  for (int k = 0; k < 3; ++k)
    age(paths[k], 30 - 10 * k);
  EXPECT_TRUE(finds(1)); // and is used by that
  uint64_t size = fs::file_size(paths[0]);
  keep(4, 3 * size);
  EXPECT_TRUE(finds(1));
  EXPECT_FALSE(finds(2));
  EXPECT_TRUE(finds(3));
  EXPECT_TRUE(finds(4));
}

TEST_F(ObjectCacheTest, RemovesAbandonedScratchFilesOnly) {
  std::string old = folder + "/0123.snn.tmp", young = folder + "/4567.snn.tmp", foreign = folder + "/thesis.tex";
  for (const std::string &path : {old, young, foreign})
    std::ofstream(path) << "x";
  age(old, 2);
  age(foreign, 1000);
  keep(1, /*limit=*/0);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
  EXPECT_TRUE(fs::exists(foreign));
}

TEST_F(ObjectCacheTest, ServesManyAtOnce) {
  std::vector<std::thread> users;
  std::atomic<unsigned> damaged = 0;
  keep(1);
  for (int k = 0; k < 4; ++k)
    users.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        keep(1);
        damaged += !finds(1);
      }
    });
  for (std::thread &user : users)
    user.join();
  EXPECT_EQ(damaged, 0u);
}

TEST_F(ObjectCacheTest, AFolderIsMadeForItsUserAlone) {
  std::string inner = folder + "/a/b";
  EXPECT_FALSE(llvm::errorToBool(prepareCacheFolder(inner)));
  struct stat found;
  ASSERT_EQ(stat(inner.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
}

TEST_F(ObjectCacheTest, AFolderThatOthersMayWriteToIsRefused) {
  chmod(folder.c_str(), 0770);
  EXPECT_EQ(llvm::toString(prepareCacheFolder(folder)), "`" + folder + "`: other users may write to it");
}

TEST_F(ObjectCacheTest, AFileIsNoFolder) {
  std::ofstream(folder + "/file") << "x";
  EXPECT_EQ(llvm::toString(prepareCacheFolder(folder + "/file")), "`" + folder + "/file`: it is not a folder");
}

TEST_F(ObjectCacheTest, TheEnvironmentSaysWhere) {
  setenv("SNN_CACHE_DIR", "/own", 1);
  setenv("XDG_CACHE_HOME", "/xdg", 1);
  setenv("HOME", "/home/user", 1);
  EXPECT_EQ(cacheFolderOfUser(), "/own");
  unsetenv("SNN_CACHE_DIR");
  EXPECT_EQ(cacheFolderOfUser(), "/xdg/snnc");
  setenv("XDG_CACHE_HOME", "relative", 1);
  EXPECT_EQ(cacheFolderOfUser(), "/home/user/.cache/snnc");
  unsetenv("HOME");
  EXPECT_EQ(cacheFolderOfUser(), "");
}

TEST_F(ObjectCacheTest, TheEnvironmentSaysHowMuch) {
  unsetenv("SNN_CACHE_SIZE");
  EXPECT_EQ(llvm::cantFail(cacheLimitOfUser()), 256u << 20);
  setenv("SNN_CACHE_SIZE", "3", 1);
  EXPECT_EQ(llvm::cantFail(cacheLimitOfUser()), 3u << 20);
  setenv("SNN_CACHE_SIZE", "3 GB", 1);
  EXPECT_EQ(llvm::toString(cacheLimitOfUser().takeError()),
            "`SNN_CACHE_SIZE` is a number of MiB, but it is `3 GB`");
}

} // namespace
} // namespace snn
