// Choices of a generator, the same on every machine for a seed.

#ifndef SNN_TEST_PROPERTIES_DICE_H
#define SNN_TEST_PROPERTIES_DICE_H

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace snn::test {

class Dice {
public:
  explicit Dice(uint64_t seed) : engine(seed) {}

  /// From 0 to `end` - 1; `end` is positive.
  size_t below(size_t end) { return engine() % end; }
  /// From `low` to `high`, both included.
  int between(int low, int high) { return low + int(below(size_t(high - low + 1))); }
  bool chance(double probability) { return unit() < probability; }
  double uniform(double low, double high) { return low + (high - low) * unit(); }

  /// A number between both, which are not negative, to three digits as a modeller writes it.
  std::string number(double low, double high) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.3g", uniform(low, high));
    return text;
  }
  /// A whole number of tenths between both.
  std::string tenths(double low, double high) {
    const int tenths = between(int(10 * low + 0.5), int(10 * high + 0.5));
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  }
  std::string whole(int low, int high) { return std::to_string(between(low, high)); }

  template <typename T> const T &pick(const std::vector<T> &choices) { return choices[below(choices.size())]; }
  std::string pick(std::initializer_list<const char *> choices) { return choices.begin()[below(choices.size())]; }

private:
  double unit() { return double(engine() >> 11) * 0x1p-53; }

  std::mt19937_64 engine; ///< its numbers are laid down by the standard, unlike those of its distributions
};

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_DICE_H
