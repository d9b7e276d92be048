// The same bits of a plastic network, whoever computes them.

#ifndef SNN_TEST_MODELS_SAMEBITS_H
#define SNN_TEST_MODELS_SAMEBITS_H

#include "Simulate.h"

#include <gtest/gtest.h>

#include <filesystem>

#include <unistd.h>

namespace snn::test {

/// Of a program of 2000 steps that records spikes of `E` and, every 500 steps, weights of `L`: with any number of workers, in chunks of
/// any length, and through a checkpoint.
inline void expectSameBits(const Program &program) {
  const Result one = program.run();
  ASSERT_GT(one.spikesOf("E").size(), 200u);
  ASSERT_NE(one.trace("w of L").row(499), one.trace("w of L").row(1999));
  const std::filesystem::path file = std::filesystem::temp_directory_path() / ("snnc-same-bits-" + std::to_string(getpid()));
  for (uint32_t workers : {2u, 4u}) {
    const Result several = program.run({.workers = workers, .chunkSteps = 37});
    EXPECT_TRUE(one.spikesOf("E") == several.spikesOf("E"));
    EXPECT_TRUE(one.trace("w of L").values == several.trace("w of L").values);
    program.run({.workers = 1, .steps = 733, .save = file});
    const Result continued = program.run({.workers = workers, .resume = file});
    std::filesystem::remove(file);
    EXPECT_TRUE(one.trace("w of L").row(1999) == continued.trace("w of L").row(1999));
  }
}

} // namespace snn::test

#endif // SNN_TEST_MODELS_SAMEBITS_H
