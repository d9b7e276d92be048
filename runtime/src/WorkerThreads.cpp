#include "WorkerThreads.h"

#include "Failure.h"
#include "Spin.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace snn::runtime {

WorkerThreads::WorkerThreads(uint32_t workers) {
  failures.resize(workers);
  try {
    for (uint32_t worker = 1; worker < workers; ++worker)
      threads.emplace_back([this, worker] { work(worker); });
  } catch (const std::system_error &error) {
    size_t started = threads.size() + 1;
    stop();
    fail(SNN_NO_MEMORY, "only %zu of %u threads can be started: the system has no more for this process", started,
         workers);
  }
}

WorkerThreads::~WorkerThreads() { stop(); }

void WorkerThreads::stop() {
  task = nullptr;
  started.fetch_add(1, std::memory_order_release);
  started.notify_all();
  for (std::thread &thread : threads)
    thread.join();
}

void WorkerThreads::runTask(uint32_t worker) {
  try {
    (*task)(worker);
  } catch (...) {
    failures[worker] = std::current_exception();
  }
}

void WorkerThreads::work(uint32_t worker) {
  for (uint32_t seen = 0;; ++seen) {
    waitWhileEqual(started, seen);
    if (!task)
      return;
    runTask(worker);
    if (running.fetch_sub(1, std::memory_order_acq_rel) == 1)
      running.notify_one();
  }
}

void WorkerThreads::run(const std::function<void(uint32_t)> &wanted) {
  task = &wanted;
  running.store(uint32_t(threads.size()), std::memory_order_relaxed);
  started.fetch_add(1, std::memory_order_release);
  started.notify_all();
  runTask(0);
  while (uint32_t left = running.load(std::memory_order_acquire))
    waitWhileEqual(running, left);
  for (std::exception_ptr &failure : failures)
    if (failure)
      std::rethrow_exception(std::exchange(failure, nullptr));
}

} // namespace snn::runtime
