#include "compiler/tools/snnc/Interrupt.h"

namespace snn::tool {

static constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};

// A signal handler can reach nothing but a global.
static volatile std::sig_atomic_t received = 0;

/// After the first signal any other has its default action, so that a hanging run can still be ended.
static void remember(int signal) {
  received = signal;
  struct sigaction standard = {};
  standard.sa_handler = SIG_DFL;
  for (int other : signals) {
    struct sigaction now;
    if (sigaction(other, nullptr, &now) == 0 && now.sa_handler == remember)
      sigaction(other, &standard, nullptr);
  }
}

InterruptGuard::InterruptGuard() {
  received = 0;
  struct sigaction action = {};
  action.sa_handler = remember;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (size_t k = 0; k < signals.size(); ++k) {
    sigaction(signals[k], nullptr, &previous[k]);
    if (previous[k].sa_handler != SIG_IGN)
      sigaction(signals[k], &action, nullptr);
  }
}

InterruptGuard::~InterruptGuard() {
  for (size_t k = 0; k < signals.size(); ++k)
    sigaction(signals[k], &previous[k], nullptr);
}

int InterruptGuard::signal() const { return received; }

} // namespace snn::tool
