// Being asked to stop while a simulation runs: the first signal finishes the chunk and keeps what was recorded, the second
// ends the program.

#ifndef SNN_COMPILER_TOOLS_SNNC_INTERRUPT_H
#define SNN_COMPILER_TOOLS_SNNC_INTERRUPT_H

#include <array>
#include <csignal>

namespace snn::tool {

/// While it lives, the first of SIGINT (Ctrl-C), SIGTERM (`kill`, a queue whose time is up) and SIGHUP (a terminal that
/// closes) is remembered rather than obeyed. A signal that the caller ignores, as under `nohup`, stays ignored. One at
/// a time.
class InterruptGuard {
public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard &) = delete;
  InterruptGuard &operator=(const InterruptGuard &) = delete;

  /// Its number; 0: none.
  int signal() const;

private:
  std::array<struct sigaction, 3> previous;
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_INTERRUPT_H
