#include "compiler/tools/snnc/PlotLayout.h"

#include <algorithm>
#include <cmath>

namespace snn::tool {

// Pixels.
static constexpr double titleHeight = 44, axisHeight = 52, gap = 16, gapOfTraces = 8;
static constexpr double heightAtLeast = 400, heightAtMost = 1000, heightOfCopy = 300;
static constexpr double gapOfCopies = 36; // with a line that says which one follows
static constexpr int labelWidth = 40, leftAtLeast = 92, leftAtMost = 240;
static constexpr uint64_t neuronsForRates = 10;

/// Room the panel would like to have.
static double wantedHeight(const PlotPanel &panel) {
  const PlotData &data = *panel.data;
  switch (panel.kind) {
  case PlotPanel::Kind::Raster: {
    if (!data.hasSpikes())
      return 60;
    uint64_t rows = 0;
    for (const PlotBand &band : data.bands())
      rows += band.rows;
    return std::clamp(30.0 + 12.0 * static_cast<double>(rows), 60.0, 400.0);
  }
  case PlotPanel::Kind::Rates:
    return 140;
  case PlotPanel::Kind::Trace:
    return 45 + 110 / static_cast<double>(panel.variable->traces.size());
  }
  return 0;
}

static double gapAbove(const PlotPanel &panel) {
  if (panel.startsCopy)
    return gapOfCopies;
  bool follows = panel.kind == PlotPanel::Kind::Trace && panel.trace != &panel.variable->traces.front();
  return follows ? gapOfTraces : gap;
}

/// The axis label, and beside it names of populations or numbers of neurons.
static int leftMargin(const std::vector<std::unique_ptr<PlotData>> &copies) {
  size_t characters = 0;
  for (const auto &data : copies)
    for (const PlotBand &band : data->bands())
      characters = std::max(characters, data->showsOnePopulation() ? std::to_string(band.end).size() : band.name.size());
  return std::clamp(labelWidth + 16 + 9 * static_cast<int>(characters), leftAtLeast, leftAtMost);
}

static void addPanels(const PlotData &data, std::vector<PlotPanel> &panels) {
  if (data.showsSpikes()) {
    panels.push_back({PlotPanel::Kind::Raster, &data});
    uint64_t neurons = 0;
    for (const PlotBand &band : data.bands())
      neurons += band.end - band.begin;
    // The rate of a handful of neurons is their raster once more.
    if (neurons >= neuronsForRates && data.hasSpikes())
      panels.push_back({PlotPanel::Kind::Rates, &data});
  }
  for (const PlotVariable &variable : data.variables())
    for (const PlotTrace &trace : variable.traces)
      panels.push_back({PlotPanel::Kind::Trace, &data, false, &variable, &trace});
}

PlotLayout layOut(const std::vector<std::unique_ptr<PlotData>> &copies) {
  PlotLayout layout;
  layout.left = leftMargin(copies);
  for (const auto &data : copies) {
    size_t first = layout.panels.size();
    addPanels(*data, layout.panels);
    if (copies.size() > 1 && first < layout.panels.size())
      layout.panels[first].startsCopy = true;
  }
  double fixed = titleHeight + axisHeight, wanted = 0;
  for (const PlotPanel &panel : layout.panels) {
    fixed += gapAbove(panel);
    wanted += wantedHeight(panel);
  }
  double atMost = std::max(heightAtMost, heightOfCopy * static_cast<double>(copies.size()));
  double available = std::clamp(wanted, heightAtLeast - fixed, atMost - fixed);
  double scale = available / wanted, at = titleHeight;
  for (PlotPanel &panel : layout.panels) {
    panel.top = at + gapAbove(panel);
    panel.bottom = panel.top + wantedHeight(panel) * scale;
    at = panel.bottom;
  }
  layout.height = static_cast<int>(std::lround(at + axisHeight));
  return layout;
}

} // namespace snn::tool
