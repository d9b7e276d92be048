// A recorder with a folder of its own.

#ifndef SNN_TEST_UNIT_RECORDER_RECORDERFIXTURE_H
#define SNN_TEST_UNIT_RECORDER_RECORDERFIXTURE_H

#include "FakeProgram.h"

#include "snn/recorder/Recorder.h"

#include <gtest/gtest.h>

#include <filesystem>

#include <unistd.h>

namespace snn::test {

/// A fresh folder for each test.
class RecorderFixture : public testing::Test {
protected:
  RecorderFixture() {
    folder_ = std::filesystem::temp_directory_path() /
              ("snn-recorder-" + std::to_string(getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  ~RecorderFixture() override {
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    std::filesystem::remove_all(folder_);
  }

  std::string path(const char *name = "out.h5") const { return folder_ / name; }

  std::unique_ptr<recorder::Recorder> create(FakeProgram &program, const recorder::RecorderOptions &options = {}) {
    std::string message;
    auto created = recorder::Recorder::create(path(), program.description(), options, message);
    EXPECT_TRUE(created) << message;
    return created;
  }

private:
  std::filesystem::path folder_;
};

} // namespace snn::test

#endif // SNN_TEST_UNIT_RECORDER_RECORDERFIXTURE_H
