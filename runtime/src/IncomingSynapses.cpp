#include "IncomingSynapses.h"

#include "Failure.h"
#include "SynapseWalk.h"

namespace snn::runtime {

IncomingSynapses indexByTarget(const snn_rows &rows, snn_block &block, uint32_t targets, const char *projection) {
  uint64_t synapses = synapsesOf(rows, block);
  if (synapses >= SNN_NONE)
    fail(SNN_NO_MEMORY,
         "`%s` has %llu synapses on %u neurons, more than an index by target can hold; more threads share them",
         projection, static_cast<unsigned long long>(synapses), targets);
  IncomingSynapses index;
  index.start = Pages((uint64_t(targets) + 1) * sizeof(uint32_t));
  index.synapse = Pages(synapses * sizeof(uint32_t));
  index.source = Pages(synapses * sizeof(uint32_t));
  if (block.segment)
    index.delay = Pages(synapses * sizeof(uint16_t));
  auto *start = index.start.as<uint32_t>(), *synapse = index.synapse.as<uint32_t>(),
       *source = index.source.as<uint32_t>();
  auto *delay = index.delay.as<uint16_t>();

  for (uint64_t s = 0; s < synapses; ++s)
    ++start[block.target[s] + 1];
  for (uint32_t t = 0; t < targets; ++t)
    start[t + 1] += start[t];
  // While filling, start[t] is where the next synapse of target t goes; it ends up as the start of target t + 1.
  forEachSynapse(rows, block, [&](uint32_t from, uint64_t s, uint32_t steps) {
    uint32_t at = start[block.target[s]]++;
    synapse[at] = uint32_t(s);
    source[at] = from;
    if (delay)
      delay[at] = uint16_t(steps);
  });
  for (uint32_t t = targets; t > 0; --t)
    start[t] = start[t - 1];
  start[0] = 0;

  block.incoming_start = start;
  block.incoming = synapse;
  block.incoming_source = source;
  block.incoming_delay = delay;
  block.n_targets = targets;
  return index;
}

} // namespace snn::runtime
