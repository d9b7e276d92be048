#include "compiler/tools/snnc/Interrupt.h"

namespace snn::tool {

// A signal handler can reach nothing but a global.
static volatile std::sig_atomic_t received = 0;

InterruptGuard::InterruptGuard() {
  received = 0;
  struct sigaction action = {};
  action.sa_handler = [](int) { received = 1; };
  // One shot: the default action is back when the second signal comes, so a hanging run can still be ended.
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &previous);
}

InterruptGuard::~InterruptGuard() { sigaction(SIGINT, &previous, nullptr); }

bool InterruptGuard::interrupted() const { return received != 0; }

} // namespace snn::tool
