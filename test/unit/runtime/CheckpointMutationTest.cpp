// The fuzz target of checkpoints with a few thousand mutations of a good one, so that every build tries some.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void saveCheckpointForFuzzing(const char *path);

TEST(CheckpointMutation, FailsWithASentenceOrRuns) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("snn-mutations-" + std::to_string(getpid()));
  saveCheckpointForFuzzing(path.c_str());
  std::ifstream stream(path, std::ios::binary);
  const std::vector<uint8_t> good{std::istreambuf_iterator<char>(stream), {}};
  std::filesystem::remove(path);
  ASSERT_GT(good.size(), 500u);

  std::mt19937_64 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::vector<uint8_t> bytes = good;
    for (uint64_t change = random() % 4; change < 4; ++change) {
      size_t at = random() % bytes.size();
      switch (random() % 4) {
      case 0:
        bytes[at] = uint8_t(random());
        break;
      case 1: // a length or an offset at its end
        std::memset(bytes.data() + at, random() % 2 ? 0xff : 0, std::min<size_t>(8, bytes.size() - at));
        break;
      case 2:
        bytes.resize(bytes.size() - random() % std::min<size_t>(64, bytes.size() - 1));
        break;
      default:
        bytes[at] = uint8_t(bytes[at] + 1);
      }
    }
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
}
