#include "compiler/tools/snnc/Progress.h"

#include "compiler/tools/snnc/Readable.h"

namespace snn::tool {

std::string progressText(uint64_t first, uint64_t done, uint64_t total, double dt, double seconds) {
  uint64_t percent = total ? done * 100 / total : 100;
  double model = static_cast<double>(done) * dt;
  std::string text = (percent < 10 ? "  " : percent < 100 ? " " : "") + std::to_string(percent) + " %   " +
                     readableModelTime(model) + " of " + readableModelTime(static_cast<double>(total) * dt);
  if (done == first)
    return text;
  auto here = static_cast<double>(done - first);
  double left = seconds * static_cast<double>(total - done) / here;
  return text + "   RTF " + readableNumber(seconds / (here * dt / 1000)) + "   " + readableTime(left) + " left";
}

ProgressLine::ProgressLine(const recorder::RunDescription &run, llvm::raw_ostream &output)
    : dt(run.dt()), first(run.firstStep), output(output), isTerminal(output.is_displayed()) {}

snn_sink ProgressLine::sink() {
  snn_sink sink{};
  if (!isTerminal)
    return sink;
  sink.user = this;
  sink.progress = [](void *user, uint64_t done, uint64_t total) {
    static_cast<ProgressLine *>(user)->update(done, total);
    return 0;
  };
  return sink;
}

void ProgressLine::update(uint64_t done, uint64_t total) {
  Clock::time_point now = Clock::now();
  if (now < next)
    return;
  next = now + std::chrono::milliseconds(200);
  isShown = true;
  // Back to the first column, the text, and what was longer before is erased.
  output << '\r' << progressText(first, done, total, dt, std::chrono::duration<double>(now - start).count()) << "\033[K";
  output.flush();
}

void ProgressLine::clear() {
  if (!isShown)
    return;
  isShown = false;
  output << "\r\033[K";
  output.flush();
}

} // namespace snn::tool
