// The C border: every call ends in a status, and nothing is thrown across.

#ifndef SNN_RUNTIME_BORDER_H
#define SNN_RUNTIME_BORDER_H

#include "Failure.h"

#include <new>
#include <string>

namespace snn::runtime {

/// Of the last failed call of this thread that had no simulation.
std::string &threadMessage();

/// Runs `call` and puts what goes wrong into `message`.
template <typename Call> snn_status guard(std::string &message, Call call) {
  try {
    return call();
  } catch (const Failure &failure) {
    message = failure.what();
    return failure.status;
  } catch (const std::bad_alloc &) {
    message = "out of memory";
    return SNN_NO_MEMORY;
  } catch (const std::exception &error) {
    message = error.what();
    return SNN_WRONG_USE;
  }
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_BORDER_H
