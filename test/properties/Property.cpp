#include "Property.h"

#include "Alternatives.h"
#include "Generator.h"
#include "Shrink.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>

using namespace snn;

static uint64_t fromEnvironment(const char *name, uint64_t otherwise) {
  const char *text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

void test::expectOfPrograms(const Programs &programs, const Property &property) {
  const uint64_t first = fromEnvironment("SNN_PROPERTY_SEED", programs.firstSeed);
  const uint64_t count = fromEnvironment("SNN_PROPERTY_PROGRAMS", programs.count);
  uint64_t tried = 0, seed = first;
  for (; tried < count; ++seed) {
    const std::string text = generateProgram(seed);
    if (!programs.alternative.empty() && !hasAlternative(text, programs.alternative))
      continue;
    ++tried;
    try {
      if (std::string failure = property(text); !failure.empty()) {
        const std::string small = shrink(text, [&](const std::string &smaller) { return !property(smaller).empty(); });
        ADD_FAILURE() << "seed " << seed << ": " << failure << "\n" << small << "where: " << property(small);
      }
    } catch (const std::runtime_error &error) {
      ADD_FAILURE() << "seed " << seed << ": " << error.what() << "\n" << text;
    }
  }
  testing::Test::RecordProperty("programs", std::to_string(tried));
}
