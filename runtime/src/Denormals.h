// Numbers too small to be normal.

#ifndef SNN_RUNTIME_DENORMALS_H
#define SNN_RUNTIME_DENORMALS_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace snn::runtime {

/// Within its life, on this thread, subnormal results and operands are zero. A conductance that decays undisturbed
/// gets there after 90 time constants in single precision, and many processors take a hundred times as long for it as
/// for a normal number.
class DenormalsAreZero {
public:
#if defined(__x86_64__)
  DenormalsAreZero() : before(_mm_getcsr()) { _mm_setcsr(before | flushToZero | denormalsAreZero); }
  ~DenormalsAreZero() { _mm_setcsr(before); }

private:
  static constexpr unsigned flushToZero = 0x8000, denormalsAreZero = 0x0040;
  const unsigned before;
#else
  DenormalsAreZero() {}
#endif
public:
  DenormalsAreZero(const DenormalsAreZero &) = delete;
  DenormalsAreZero &operator=(const DenormalsAreZero &) = delete;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_DENORMALS_H
