#include "compiler/tools/snnc/Summary.h"

#include "compiler/tools/snnc/Readable.h"

#include <algorithm>
#include <array>

namespace snn::tool {

using recorder::FiringStatistics;

namespace {

/// Columns as wide as their widest entry: the first to the left, numbers to the right.
class Table {
public:
  using Row = std::array<std::string, 6>;
  void add(const Row &row) {
    for (size_t k = 0; k < row.size(); ++k)
      widths[k] = std::max(widths[k], row[k].size());
    rows.push_back(row);
  }

  std::string text() const {
    std::string text;
    for (const Row &row : rows) {
      text += row[0] + std::string(widths[0] - row[0].size(), ' ');
      for (size_t k = 1; k < row.size(); ++k)
        text += std::string(3 + widths[k] - row[k].size(), ' ') + row[k];
      text += '\n';
    }
    return text;
  }

private:
  std::array<size_t, 6> widths{};
  std::vector<Row> rows;
};

} // namespace

static std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

static std::string firingText(const std::vector<FiringStatistics> &firing) {
  Table table;
  table.add({"population", "neurons", "spikes", "rate (Hz)", "ISI CV", "silent"});
  for (const FiringStatistics &row : firing)
    table.add({(row.isGroup ? "  " : "") + row.name, readableCount(row.size), readableCount(row.spikes),
               fixed(row.rate, 2), row.cv ? fixed(*row.cv, 2) : "-", fixed(100 * row.silent, 1) + " %"});
  return table.text();
}

static std::string costText(double modelSeconds, const snn_figures &figures) {
  std::string text = "wall time   " + readableTime(figures.loop_seconds) + ", after " +
                     readableTime(figures.build_seconds) + " of construction\n";
  if (modelSeconds > 0)
    text += "RTF         " + readableNumber(figures.loop_seconds / modelSeconds) + " (wall time / model time)\n";
  text += "synapses    " + readableCount(figures.synapses);
  if (figures.synapses > 0)
    text += ", " +
            readableNumber(static_cast<double>(figures.row_bytes) / static_cast<double>(figures.synapses)) +
            " bytes each";
  text += "\nevents      " + readableCount(figures.events);
  if (figures.events > 0 && figures.loop_seconds > 0)
    text += ", " + readableNumber(static_cast<double>(figures.events) / figures.loop_seconds / 1e6) +
            " million per second of wall time";
  return text + "\nmemory      " + readableBytes(figures.bytes) + "\n";
}

std::string summaryText(const recorder::RunDescription &run, const std::vector<FiringStatistics> &firing,
                        const snn_figures &figures) {
  double modelTime = static_cast<double>(figures.steps) * run.dt();
  std::string text = std::string(run.model->network) + ": " + readableModelTime(modelTime);
  if (run.firstStep > 0)
    text += " from " + readableModelTime(static_cast<double>(run.firstStep) * run.dt()) + " on";
  text += " in " +
                     readableCount(figures.steps) + " steps, seed " + std::to_string(run.seed) + "\n\n";
  if (!firing.empty())
    text += firingText(firing) + "\n";
  return text + costText(modelTime / 1000, figures);
}

} // namespace snn::tool
