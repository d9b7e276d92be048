// What the sanitizers of gcc take away from a program: address space without bounds, and speed.

#ifndef SNN_TEST_SANITIZERS_H
#define SNN_TEST_SANITIZERS_H

namespace snn::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true; ///< terabytes of addresses are reserved, so limiting them ends the program
#else
constexpr bool isSanitized = false;
#endif

/// By how much everything that is timed takes longer, in round numbers.
constexpr unsigned slowdown = isSanitized ? 20 : 1;

} // namespace snn::test

#endif // SNN_TEST_SANITIZERS_H
