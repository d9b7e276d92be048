#include "Batch.h"

#include "AvailableMemory.h"
#include "Failure.h"

#include <algorithm>
#include <chrono>

namespace snn::runtime {

/// For each copy the first one with the same connections, if that is not itself.
std::vector<const Simulation *> Batch::findLenders() const {
  std::vector<const Simulation *> lenders, drawn;
  for (const Simulation *copy : copies) {
    const Simulation *lender = nullptr;
    for (const Simulation *candidate : drawn)
      if (!lender && copy->sharesConnections(*candidate))
        lender = candidate;
    if (!lender)
      drawn.push_back(copy);
    lenders.push_back(lender);
  }
  return lenders;
}

void Batch::requireMemory(const std::vector<const Simulation *> &lenders) const {
  if (copies.size() == 1)
    return copies.front()->requireMemory();
  double bytes = 0, synapses = 0;
  size_t drawn = 0;
  for (size_t c = 0; c < copies.size(); ++c) {
    MemoryNeed need = copies[c]->memoryNeed();
    bytes += need.rest + (lenders[c] ? 0 : need.rows);
    synapses += lenders[c] ? 0 : need.synapses;
    drawn += !lenders[c];
  }
  double available = double(availableMemory());
  if (bytes > available)
    fail(SNN_NO_MEMORY, "%zu copies of `%s`, with %zu different connectivities of about %.0f synapses together, take %s of memory; "
                        "%s are available",
         copies.size(), model.network, drawn, synapses, describeBytes(bytes).c_str(), describeBytes(available).c_str());
}

/// Side by side where each worker runs whole copies, else one after the other.
void Batch::forEach(const std::vector<uint32_t> &which, const std::function<void(uint32_t)> &task) {
  if (!runsSideBySide()) {
    for (uint32_t c : which)
      task(c);
    return;
  }
  team->run([&](uint32_t w) {
    for (size_t k = w; k < which.size(); k += workers)
      task(which[k]);
  });
}

void Batch::build() {
  for (const Simulation *copy : copies)
    copy->requireUnbuilt();
  auto begin = std::chrono::steady_clock::now();
  try {
    for (Simulation *copy : copies)
      copy->planBuild();
    std::vector<const Simulation *> lenders = findLenders();
    requireMemory(lenders);
    team = std::make_shared<WorkerThreads>(workers);
    std::vector<uint32_t> drawing, borrowing;
    for (uint32_t c = 0; c < copies.size(); ++c)
      (lenders[c] ? borrowing : drawing).push_back(c);
    auto construct = [&](uint32_t c) {
      copies[c]->construct(lenders[c], runsSideBySide() ? std::make_shared<WorkerThreads>(1) : team);
    };
    forEach(drawing, construct);
    forEach(borrowing, construct);
  } catch (...) {
    for (Simulation *copy : copies)
      copy->clear();
    throw;
  }
  buildSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (Simulation *copy : copies)
    copy->finishBuild(buildSeconds);
}

snn_figures Batch::figures() const {
  snn_figures all{};
  for (const Simulation *copy : copies) {
    snn_figures own = copy->figures();
    all.synapses += copy->ownsRows() ? own.synapses : 0;
    all.events += own.events;
    all.steps += own.steps;
    all.bytes += own.bytes;
    all.row_bytes += own.row_bytes;
    all.loop_thread_seconds += own.loop_thread_seconds;
  }
  all.build_seconds = buildSeconds;
  all.loop_seconds = loopSeconds;
  return all;
}

void Batch::reset() {
  loopSeconds = 0;
  for (Simulation *copy : copies)
    copy->reset();
  stopped.assign(copies.size(), false);
}

/// Hands over the last chunk of all copies that ran it. Whatever happens to one, the others get theirs.
bool Batch::handOver(const std::vector<uint32_t> &running, const std::vector<uint64_t> &ends, std::span<const snn_sink> sinks) {
  bool stops = false;
  std::unique_ptr<Failure> first;
  for (uint32_t c : running) {
    try {
      stops |= copies[c]->handOver(sinks.empty() ? snn_sink{} : sinks[c], ends[c]);
      stopped[c] = copies[c]->hasEnded();
    } catch (const Failure &failure) {
      std::string message = copies.size() > 1 ? "copy " + std::to_string(c) + ": " + failure.what() : failure.what();
      if (!first)
        first = std::make_unique<Failure>(failure.status, message.c_str());
    }
  }
  if (first)
    throw *first;
  return stops;
}

snn_status Batch::advance(uint64_t steps, std::span<const snn_sink> sinks) {
  struct Advancing {
    explicit Advancing(Batch &batch) : batch(batch) {}
    ~Advancing() {
      for (size_t c = 0; c < begun; ++c)
        batch.copies[c]->endAdvance();
    }
    Batch &batch;
    size_t begun = 0;
  } advancing(*this);
  std::vector<uint64_t> ends;
  for (Simulation *copy : copies) {
    ends.push_back(copy->beginAdvance(steps));
    ++advancing.begun;
  }
  if (steps)
    stopped.assign(copies.size(), false);
  for (;;) {
    std::vector<uint32_t> running;
    for (uint32_t c = 0; c < copies.size(); ++c)
      if (!stopped[c] && copies[c]->step() < ends[c])
        running.push_back(c);
    if (running.empty())
      break;
    auto begin = std::chrono::steady_clock::now();
    forEach(running, [&](uint32_t c) { copies[c]->runNextChunk(ends[c]); });
    loopSeconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (handOver(running, ends, sinks))
      return SNN_STOPPED;
  }
  bool allEnded = std::all_of(stopped.begin(), stopped.end(), [](bool ended) { return ended; });
  return allEnded ? SNN_ENDED : SNN_OK;
}

} // namespace snn::runtime
