#include "compiler/tools/snnc/PlotScript.h"

#include "compiler/tools/snnc/PlotLayout.h"
#include "compiler/tools/snnc/PlotRaster.h"
#include "compiler/tools/snnc/PlotRates.h"
#include "compiler/tools/snnc/PlotText.h"

#include <algorithm>
#include <cmath>

namespace snn::tool {

/// Milliseconds up to here, then seconds.
static constexpr double longestInMilliseconds = 20000;
static constexpr double titleLine = 26; // pixels
static const char *const verticalTics = "set ytics nomirror out textcolor rgb '#222222'";

namespace {

/// The time axis all panels share.
struct TimeAxis {
  double begin, end; ///< ms
  double unit;       ///< ms
  const char *label;
};

} // namespace

/// From the first step that a copy shows to the last.
static TimeAxis timeAxis(const std::vector<std::unique_ptr<PlotData>> &copies) {
  double begin = INFINITY, end = 0;
  for (const auto &data : copies) {
    begin = std::min(begin, static_cast<double>(data->time().first) * data->dt());
    end = std::max(end, static_cast<double>(std::max(data->stepsDone(), data->time().first + 1)) * data->dt());
  }
  bool inSeconds = end > longestInMilliseconds;
  return {begin, end, inSeconds ? 1000.0 : 1.0, inSeconds ? "time (s)" : "time (ms)"};
}

/// Everything before the panels.
static std::string openPicture(const PlotLayout &layout, PictureFormat format, const std::string &path,
                               const PlotData &data) {
  std::string size = std::to_string(layout.width) + "," + std::to_string(layout.height);
  bool isPng = format == PictureFormat::Png;
  return defineFonts(format) + "set terminal " + (isPng ? "pngcairo" : "svg") + " size " + size +
         " font face('',12) noenhanced background rgb 'white'\n" + "set output " + quoted(path) +
         "\nset encoding utf8\n"
         "set border 3 linecolor rgb '#555555' linewidth 1\n"
         "set tics nomirror out scale 0.5 textcolor rgb '#222222'\n"
         "unset key\n"
         "set multiplot\n" +
         screenLabel(data.title(), layout.left, titleLine, layout, {.size = 15, .isBold = true}) +
         colourLegend(data, layout, titleLine);
}

/// Margins and axes of one panel; `last` has the numbers of the time axis.
static std::string openPanel(const PlotPanel &panel, const PlotLayout &layout, const TimeAxis &time) {
  bool isLast = &panel == &layout.panels.back();
  std::string text = "set lmargin at screen " + number(double(layout.left) / layout.width) + "\nset rmargin at screen " +
                     number(double(layout.right) / layout.width) + "\nset tmargin at screen " +
                     number(1 - panel.top / layout.height) + "\nset bmargin at screen " +
                     number(1 - panel.bottom / layout.height) + "\nset xrange [" + number(time.begin / time.unit) + ":" +
                     number(time.end / time.unit) + "]\n";
  text += isLast ? "set format x '%g'\n" : "set format x ''\n";
  if (isLast)
    text += screenLabel(time.label, (layout.left + layout.right) / 2, layout.height - 14, layout, {.position = "center"});
  return text;
}

static std::string traceAxisLabel(const PlotVariable &variable, const PlotData &data) {
  std::string name = variable.variable;
  bool isAmbiguous = std::any_of(data.variables().begin(), data.variables().end(), [&](const PlotVariable &other) {
    return other.population != variable.population && other.variable == variable.variable;
  });
  if (isAmbiguous)
    name = variable.population + "." + name;
  return variable.unit.empty() ? name : name + " (" + variable.unit + ")";
}

static std::string tracePanel(const PlotPanel &panel, const PlotLayout &layout, const PlotData &data,
                              const TimeAxis &time) {
  const PlotVariable &variable = *panel.variable;
  double low = INFINITY, high = -INFINITY;
  for (const PlotTrace &trace : variable.traces)
    for (const PlotPoint &point : trace.points) {
      low = std::min(low, point.value);
      high = std::max(high, point.value);
    }
  if (!(low <= high))
    low = 0, high = 1;
  double margin = high > low ? 0.08 * (high - low) : std::max(1e-3, 0.05 * std::fabs(high));
  std::string text = "set yrange [" + number(low - margin) + ":" + number(high + margin) + "]\n";
  double height = panel.bottom - panel.top;
  text += "set ytics auto " + number(niceStep((high - low + 2 * margin) * 26 / height)) + "\n";
  // One label for all panels of the variable, beside their middle.
  if (panel.trace == &variable.traces.front()) {
    double bottom = panel.bottom;
    for (const PlotPanel &other : layout.panels)
      if (other.variable == &variable)
        bottom = other.bottom;
    text += screenLabel(traceAxisLabel(variable, data), 24, (panel.top + bottom) / 2, layout,
                        {.position = "center", .isVertical = true});
  }
  std::string neuron = variable.isSeries ? "" : "[" + std::to_string(panel.trace->neuron) + "]";
  bool hasRoom = variable.population.size() + neuron.size() <= 6;
  text += screenLabel(hasRoom || variable.isSeries ? variable.population + neuron : neuron, layout.right + 6, (panel.top + panel.bottom) / 2,
                      layout, {.size = 10, .colour = "#777777"});
  text += "plot '-' using 1:2 with lines linewidth 1 linecolor rgb '#333333'\n";
  for (const PlotPoint &point : panel.trace->points)
    text += number(point.time / time.unit) + " " + number(point.value) + "\n";
  if (panel.trace->points.empty())
    text += "NaN NaN\n";
  return text + "e\n";
}

std::string plotScript(const std::vector<std::unique_ptr<PlotData>> &copies, PictureFormat format, const std::string &path) {
  PlotLayout layout = layOut(copies);
  TimeAxis time = timeAxis(copies);
  std::string text = openPicture(layout, format, path, *copies.front());
  for (const PlotPanel &panel : layout.panels) {
    const PlotData &data = *panel.data;
    text += openPanel(panel, layout, time);
    if (panel.startsCopy)
      text += screenLabel(data.copyTitle(), layout.left, panel.top - 14, layout, {.size = 12, .isBold = true});
    switch (panel.kind) {
    case PlotPanel::Kind::Raster:
      text += rasterPanel(panel, layout, data, format, time.unit);
      break;
    case PlotPanel::Kind::Rates:
      text += ratePanel(panel, layout, data, time.unit);
      break;
    case PlotPanel::Kind::Trace:
      text += tracePanel(panel, layout, data, time);
      break;
    }
    text += std::string("unset label\n") + verticalTics + "\n";
  }
  return text + "unset multiplot\nset output\n";
}

} // namespace snn::tool
