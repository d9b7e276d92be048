// What control groups and limits of the process leave.

#include "AvailableMemory.h"
#include "Failure.h"
#include "Pages.h"
#include "Sanitizers.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace snn::runtime;

namespace fs = std::filesystem;

namespace {

/// Files of control groups in a folder of the test's own.
class ControlGroups : public testing::Test {
protected:
  ControlGroups() : root(fs::temp_directory_path() / ("snn-groups-" + std::to_string(getpid()))) {}
  ~ControlGroups() override { fs::remove_all(root); }

  void write(const std::string &path, const std::string &content) {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path) << content << '\n';
  }

  uint64_t available(const std::string &list) {
    write("list", list);
    return availableInControlGroups(root / "list", root);
  }

  const fs::path root;
};

} // namespace

TEST_F(ControlGroups, OfVersion2LimitWhatIsInThem) {
  write("work/job/memory.max", "1000");
  write("work/job/memory.current", "300");
  EXPECT_EQ(available("0::/work/job"), 700u);
  write("work/job/memory.stat", "anon 100\nfile 200\ninactive_file 150\n"); // the kernel gives these up
  EXPECT_EQ(available("0::/work/job"), 850u);
}

TEST_F(ControlGroups, AroundTheGroupLimitItToo) {
  write("work/job/memory.max", "max");
  write("work/job/memory.current", "300");
  write("work/memory.max", "1000");
  write("work/memory.current", "900");
  EXPECT_EQ(available("0::/work/job"), 100u);
  write("memory.max", "400"); // as a container sees its own
  write("memory.current", "450");
  EXPECT_EQ(available("0::/work/job"), 0u);
  EXPECT_EQ(available("0::/"), 0u);
}

TEST_F(ControlGroups, OfVersion1HaveAFolderForMemory) {
  write("memory/work/memory.limit_in_bytes", "1000");
  write("memory/work/memory.usage_in_bytes", "600");
  EXPECT_EQ(available("5:cpu:/elsewhere\n4:devices,memory:/work\n0::/"), 400u);
  EXPECT_EQ(available("5:cpu:/work"), UINT64_MAX);
}

TEST_F(ControlGroups, ThatSayNothingLimitNothing) {
  EXPECT_EQ(available("0::/work"), UINT64_MAX);
  EXPECT_EQ(available("nonsense\n::\n"), UINT64_MAX);
  EXPECT_EQ(availableInControlGroups("/no/such/list", root), UINT64_MAX);
}

TEST(AvailableMemory, ObeysTheLimitsOfTheProcess) {
  if (snn::test::isSanitized)
    GTEST_SKIP() << "a sanitizer needs more addresses than any limit leaves";
  if (pid_t child = fork()) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    return;
  }
  rlimit limit{uint64_t(1) << 40, uint64_t(1) << 40};
  bool isUnlimited = availableAddressSpace() == UINT64_MAX;
  setrlimit(RLIMIT_AS, &limit);
  uint64_t left = availableAddressSpace();
  limit.rlim_cur = 0; // less than it has already
  setrlimit(RLIMIT_AS, &limit);
  _exit(isUnlimited && left > 0 && left < uint64_t(1) << 40 && availableMemory() == 0 ? 0 : 1);
}

TEST(AvailableMemory, ThatTheSystemRefusesIsNamed) {
  try {
    Pages pages(size_t(1) << 50); // eight times what an address can reach
    FAIL() << "reserved";
  } catch (const Failure &failure) {
    EXPECT_EQ(failure.status, SNN_NO_MEMORY);
    EXPECT_STREQ(failure.what(),
                 "the system refuses to reserve 1.13 PB of address space; a limit may be in force (`ulimit -v`)");
  }
}
