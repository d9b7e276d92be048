// The threads of a simulation. They live as long as it does and sleep while there is nothing to do.

#ifndef SNN_RUNTIME_WORKERTHREADS_H
#define SNN_RUNTIME_WORKERTHREADS_H

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace snn::runtime {

class WorkerThreads {
public:
  /// Starts `workers` - 1 threads; worker 0 is whoever calls `run`. Throws a `Failure` (SNN_NO_MEMORY) if a thread
  /// cannot be had.
  explicit WorkerThreads(uint32_t workers);
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads &) = delete;
  WorkerThreads &operator=(const WorkerThreads &) = delete;

  /// Calls `task` with every worker's number at the same time and returns when all are done. If tasks throw, the
  /// exception of the lowest worker is thrown again.
  void run(const std::function<void(uint32_t)> &task);

  uint32_t count() const { return uint32_t(failures.size()); }

private:
  void stop();
  void work(uint32_t worker);
  void runTask(uint32_t worker);

  std::vector<std::thread> threads;
  std::vector<std::exception_ptr> failures;
  const std::function<void(uint32_t)> *task = nullptr; ///< null: leave
  std::atomic<uint32_t> started{0};                    ///< counts tasks
  std::atomic<uint32_t> running{0};
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_WORKERTHREADS_H
