#include "compiler/tools/snnc/PlotRates.h"

#include "compiler/tools/snnc/PlotColours.h"
#include "compiler/tools/snnc/PlotText.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

namespace snn::tool {

namespace {

/// Neurons drawn in one colour.
struct Pool {
  std::string name, colour;
  uint64_t neurons = 0;
  std::vector<uint64_t> counts;
};

struct RateAxis {
  double top;         ///< Hz
  double cutPeak = 0; ///< Hz; 0: everything is within the axis
};

} // namespace

static std::vector<Pool> poolByColour(const PlotData &data) {
  std::vector<std::string> names;
  for (const PlotBand &band : data.bands())
    names.push_back(band.name);
  std::vector<std::string> colours = chooseColours(names);
  std::vector<Pool> pools;
  for (size_t k = 0; k < names.size(); ++k) {
    const PlotBand &band = data.bands()[k];
    auto pool = std::find_if(pools.begin(), pools.end(), [&](const Pool &p) { return p.colour == colours[k]; });
    if (pool == pools.end()) {
      pools.push_back({band.name, colours[k], 0, std::vector<uint64_t>(band.counts.size())});
      pool = pools.end() - 1;
    } else {
      CellClass cell = classify(band.name);
      pool->name = cell == CellClass::Excitatory ? "excitatory" : cell == CellClass::Inhibitory ? "inhibitory" : "others";
    }
    pool->neurons += band.end - band.begin;
    std::transform(pool->counts.begin(), pool->counts.end(), band.counts.begin(), pool->counts.begin(), std::plus<>());
  }
  return pools;
}

/// Bins that were counted which make one that is drawn.
static uint64_t chooseMerging(const PlotData &data, const std::vector<Pool> &pools, uint64_t stepsShown) {
  uint64_t spikes = 0;
  for (const Pool &pool : pools)
    for (uint64_t count : pool.counts)
      spikes += count;
  double bins = std::max(1.0, static_cast<double>(stepsShown) / static_cast<double>(data.binSteps()));
  double perBin = static_cast<double>(spikes) / bins;
  uint64_t merging = 5;
  for (uint64_t candidate : {2, 1})
    if (bins / static_cast<double>(candidate) <= 1000 && perBin * static_cast<double>(candidate) >= 10)
      merging = candidate;
  while (bins / static_cast<double>(merging) > 2000)
    merging *= 2;
  return merging;
}

RateCurves rateCurves(const PlotData &data) {
  std::vector<Pool> pools = poolByColour(data);
  uint64_t first = data.time().first;
  uint64_t shown = std::max(data.stepsDone(), first) - first;
  uint64_t binSteps = data.binSteps() * chooseMerging(data, pools, shown);
  RateCurves result;
  result.bin = static_cast<double>(binSteps) * data.dt();
  for (const Pool &pool : pools) {
    RateCurve curve{pool.name, pool.colour, {}};
    for (uint64_t begin = 0; begin < shown; begin += binSteps) {
      uint64_t end = std::min(begin + binSteps, shown), spikes = 0;
      for (uint64_t k = begin / data.binSteps(); k * data.binSteps() < end; ++k)
        spikes += pool.counts[k];
      double seconds = static_cast<double>(end - begin) * data.dt() / 1000;
      curve.rate.push_back(static_cast<double>(spikes) / static_cast<double>(pool.neurons) / seconds);
    }
    result.curves.push_back(std::move(curve));
  }
  return result;
}

/// Neurons that all start from much the same state fire together at once. Their peak would press all that follows to the
/// ground, so the axis ends above what follows and the panel says how high the peak is.
static RateAxis rateAxis(const RateCurves &curves) {
  double start = 0, later = 0;
  for (const RateCurve &curve : curves.curves) {
    size_t startBins = curve.rate.size() / 40 + 1;
    for (size_t k = 0; k < curve.rate.size(); ++k) {
      double &highest = k < startBins ? start : later;
      highest = std::max(highest, curve.rate[k]);
    }
  }
  if (later > 0 && start > 2 * later)
    return {1.25 * later, start};
  double highest = std::max(start, later);
  return {highest > 0 ? 1.08 * highest : 1};
}

std::string colourLegend(const PlotData &data, const PlotLayout &layout, double y) {
  std::vector<Pool> pools = poolByColour(data);
  std::string text;
  if (pools.size() < 2)
    return text;
  double right = layout.right;
  for (const Pool &pool : llvm::reverse(pools)) {
    text += screenLabel(pool.name, right, y, layout,
                        {.size = 13, .isBold = true, .position = "right", .colour = pool.colour});
    right -= 20 + 10 * static_cast<double>(pool.name.size());
  }
  return text;
}

std::string ratePanel(const PlotPanel &panel, const PlotLayout &layout, const PlotData &data, double timeUnit) {
  RateCurves curves = rateCurves(data);
  RateAxis axis = rateAxis(curves);
  double top = axis.top, height = panel.bottom - panel.top;
  std::string text = "set yrange [0:" + number(top) + "]\nset ytics auto " + number(niceStep(top * 32 / height)) + "\n";
  text += screenLabel("rate (Hz)", 24, (panel.top + panel.bottom) / 2, layout, {.position = "center", .isVertical = true});
  std::string note = number(curves.bin) + " ms bins";
  if (axis.cutPeak > 0)
    note += ", " + number(std::round(axis.cutPeak)) + " Hz at the start";
  text += screenLabel(note, layout.right, panel.top - 4, layout,
                      {.size = 10, .position = "right", .colour = "#777777"});

  bool isAlone = curves.curves.size() == 1;
  std::string commands, values;
  double first = static_cast<double>(data.time().first) * data.dt();
  double last = static_cast<double>(data.stepsDone()) * data.dt();
  // The first on top: it is mostly that of more neurons, with less noise.
  for (const RateCurve &curve : llvm::reverse(curves.curves)) {
    std::string colour = " linecolor rgb '" + curve.colour + "'";
    commands += (commands.empty() ? "plot " : ", ") +
                (isAlone ? "'-' using 1:2 with filledcurves y1=0 fillstyle solid 0.55 noborder" + colour
                         : "'-' using 1:2 with lines linewidth 1.3" + colour);
    for (size_t k = 0; k < curve.rate.size(); ++k) {
      double begin = first + static_cast<double>(k) * curves.bin, end = std::min(begin + curves.bin, last);
      for (double time : {begin, end})
        values += number(time / timeUnit) + " " + number(curve.rate[k]) + "\n";
    }
    values += "e\n";
  }
  return text + commands + "\n" + values;
}

} // namespace snn::tool
