#include "snn/recorder/SinkChain.h"

namespace snn::recorder {

/// A function of `snn_sink` with the member it is stored in: calls that member of every sink that has it.
template <auto Member, typename... Arguments> static int forward(void *user, Arguments... arguments) {
  int stop = 0;
  for (const snn_sink &sink : *static_cast<std::vector<snn_sink> *>(user))
    if (sink.*Member)
      stop |= (sink.*Member)(sink.user, arguments...);
  return stop;
}

snn_sink SinkChain::sink() {
  snn_sink all{};
  all.user = &sinks_;
  for (const snn_sink &sink : sinks_) {
    if (sink.spikes)
      all.spikes = &forward<&snn_sink::spikes>;
    if (sink.samples)
      all.samples = &forward<&snn_sink::samples>;
    if (sink.progress)
      all.progress = &forward<&snn_sink::progress>;
    if (sink.all_spikes)
      all.all_spikes = &forward<&snn_sink::all_spikes>;
  }
  return all;
}

} // namespace snn::recorder
