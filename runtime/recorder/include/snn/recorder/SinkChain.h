// Several sinks behind one.

#ifndef SNN_RECORDER_SINKCHAIN_H
#define SNN_RECORDER_SINKCHAIN_H

#include "snn/snn.h"

#include <vector>

namespace snn::recorder {

/// Hands everything to each of its sinks, in the order they were added. If one of them asks to stop, the others still
/// receive what is being handed out, so that all of them end at the same step.
class SinkChain {
public:
  /// `sink.user` must outlive the chain's use.
  void add(const snn_sink &sink) { sinks_.push_back(sink); }

  /// Functions that no member has are null, so that the runtime gathers nothing that nobody wants. Valid as long as this
  /// object, for the members there are now.
  snn_sink sink();

private:
  std::vector<snn_sink> sinks_;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_SINKCHAIN_H
