// How a failure travels inside the runtime: thrown where it is found, turned into a status and a sentence at the C
// border.

#ifndef SNN_RUNTIME_FAILURE_H
#define SNN_RUNTIME_FAILURE_H

#include "snn/snn.h"

#include <stdexcept>
#include <string>

namespace snn::runtime {

/// `what()` is the sentence the host reads.
class Failure : public std::runtime_error {
public:
  Failure(snn_status status, const std::string &message) : std::runtime_error(message), status(status) {}
  const snn_status status;
};

/// Throws a `Failure` with a printf-formatted sentence.
[[noreturn]] void fail(snn_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// "1.8 GB", "640 kB": three digits, decimal prefixes.
std::string describeBytes(double bytes);

} // namespace snn::runtime

#endif // SNN_RUNTIME_FAILURE_H
