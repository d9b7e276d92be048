// A property that generated programs have, and what is reported of one that has it not.

#ifndef SNN_TEST_PROPERTIES_PROPERTY_H
#define SNN_TEST_PROPERTIES_PROPERTY_H

#include <cstdint>
#include <functional>
#include <string>

namespace snn::test {

/// What does not hold of a program; empty if it holds. Throws `std::runtime_error` if the program is refused.
using Property = std::function<std::string(const std::string &text)>;

/// Which programs are tried, and how many.
struct Programs {
  uint64_t firstSeed;           ///< each test has its own
  unsigned count;               ///< in the check
  std::string alternative = ""; ///< only those that can be written in this other way
};

/// Tries a property on generated programs, and fails with the smallest program that still lacks it. A program that is refused
/// is a failure too.
///
/// SNN_PROPERTY_PROGRAMS is the number of programs in place of `count`, SNN_PROPERTY_SEED the first seed.
void expectOfPrograms(const Programs &programs, const Property &property);

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_PROPERTY_H
