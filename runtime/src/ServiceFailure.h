// Failures inside services that generated code calls, where nothing may be thrown.

#ifndef SNN_RUNTIME_SERVICEFAILURE_H
#define SNN_RUNTIME_SERVICEFAILURE_H

#include "Failure.h"

#include <mutex>
#include <optional>
#include <utility>

namespace snn::runtime {

/// Keeps the first failure until somebody asks. May be used from all workers at once.
class ServiceFailure {
public:
  void note(snn_status status, const char *message) {
    std::lock_guard lock(mutex);
    if (!first)
      first.emplace(status, message);
  }

  /// Throws it and forgets it.
  void throwIfAny() {
    std::lock_guard lock(mutex);
    if (auto failure = std::exchange(first, std::nullopt))
      throw Failure(*failure);
  }

private:
  std::mutex mutex;
  std::optional<Failure> first;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_SERVICEFAILURE_H
