#include "compiler/tools/snnc/Summary.h"

#include "compiler/tools/snnc/Readable.h"
#include "compiler/tools/snnc/Table.h"

namespace snn::tool {

using recorder::FiringStatistics;

/// More would scroll by unread.
static constexpr size_t copiesAtMost = 100;

static std::vector<std::string> firingCells(const FiringStatistics &row) {
  return {(row.isGroup ? "  " : "") + row.name, readableCount(row.size), readableCount(row.spikes), fixed(row.rate, 2),
          row.cv ? fixed(*row.cv, 2) : "-", fixed(100 * row.silent, 1) + " %"};
}

static const std::vector<std::string> firingHead = {"population", "neurons", "spikes", "rate (Hz)", "ISI CV", "silent"};

static std::string firingText(const CopySummary &copy) {
  if (copy.firing.empty())
    return "";
  Table table;
  table.add(firingHead);
  for (const FiringStatistics &row : copy.firing)
    table.add(firingCells(row));
  return table.text() + "\n";
}

/// One line per copy and population, with the settings in which the copies differ in front.
static std::string firingText(const std::vector<CopySummary> &copies) {
  if (copies.front().firing.empty())
    return "";
  const recorder::RunDescription &first = copies.front().run;
  Table table;
  std::vector<std::string> head = {"copy"};
  for (uint32_t setting : first.varied)
    head.push_back(first.model->settings[setting].name);
  if (first.draw)
    head.push_back("draw");
  head.insert(head.end(), firingHead.begin(), firingHead.end());
  table.add(head);
  for (const CopySummary &copy : copies) {
    if (copy.run.copy == copiesAtMost)
      break;
    std::vector<std::string> front = {std::to_string(copy.run.copy)};
    for (uint32_t setting : first.varied)
      front.push_back(copy.run.settingText(setting));
    if (copy.run.draw)
      front.push_back(std::to_string(*copy.run.draw));
    for (const FiringStatistics &row : copy.firing) {
      std::vector<std::string> cells = front, firing = firingCells(row);
      cells.insert(cells.end(), firing.begin(), firing.end());
      table.add(cells);
      front.assign(front.size(), ""); // the further rows of a copy
    }
  }
  std::string rest = copies.size() > copiesAtMost ? "... and " + readableCount(copies.size() - copiesAtMost) + " more\n" : "";
  return table.text() + rest + "\n";
}

/// When and why the experiment has ended a copy before its time.
static std::string endsText(const std::vector<CopySummary> &copies) {
  std::string text;
  for (const CopySummary &copy : copies)
    if (!copy.ended.empty())
      text += (copies.size() > 1 ? "copy " + std::to_string(copy.run.copy) + " stopped: " : std::string("stopped: ")) + copy.ended +
              "\n";
  return text.empty() ? text : text + "\n";
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

std::string summaryText(const std::vector<CopySummary> &copies, const snn_figures &figures) {
  const recorder::RunDescription &run = copies.front().run;
  double modelTime = static_cast<double>(figures.steps) * run.dt();
  uint64_t steps = figures.steps / copies.size();
  std::string text = std::string(run.model->network) + ": " + readableModelTime(static_cast<double>(steps) * run.dt());
  if (run.firstStep > 0)
    text += " from " + readableModelTime(static_cast<double>(run.firstStep) * run.dt()) + " on";
  text += " in " + readableCount(steps) + " steps, seed " + std::to_string(run.seed);
  text += copies.size() > 1 ? ", " + readableCount(copies.size()) + " copies\n\n" : "\n\n";
  text += endsText(copies);
  text += copies.size() > 1 ? firingText(copies) : firingText(copies.front());
  return text + costText(modelTime / 1000, figures);
}

} // namespace snn::tool
