#include "compiler/tools/snnc/Summary.h"

#include "compiler/tools/snnc/Readable.h"
#include "compiler/tools/snnc/Table.h"

namespace snn::tool {

using recorder::FiringStatistics;

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
