// SIGINT while a simulation runs: the first finishes the chunk and keeps what was recorded, the second ends the program.

#ifndef SNN_COMPILER_TOOLS_SNNC_INTERRUPT_H
#define SNN_COMPILER_TOOLS_SNNC_INTERRUPT_H

#include <csignal>

namespace snn::tool {

/// While it lives, the first SIGINT is remembered rather than obeyed. One at a time.
class InterruptGuard {
public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard &) = delete;
  InterruptGuard &operator=(const InterruptGuard &) = delete;

  bool interrupted() const;

private:
  struct sigaction previous;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_INTERRUPT_H
