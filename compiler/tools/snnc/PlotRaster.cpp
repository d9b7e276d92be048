#include "compiler/tools/snnc/PlotRaster.h"

#include "compiler/tools/snnc/PlotColours.h"
#include "compiler/tools/snnc/PlotText.h"

#include <algorithm>
#include <cmath>

namespace snn::tool {

// More marks make a grey wall, and a large file where each is drawn by a command.
static constexpr uint64_t marksInPng = 60000, marksInSvg = 25000;
// Pixels.
static constexpr double gapOfBands = 5, bandAtLeast = 9, nameAtLeast = 13, strokeWidth = 1.3, pixelsPerPointSize = 12;

namespace {

/// A band with its place on the vertical axis, which counts neurons or pixels.
struct PlacedBand {
  const PlotBand *band;
  std::string colour;
  double base;   ///< of the row of its first neuron
  double perRow; ///< from one neuron that has a row to the next
  uint32_t thinning = 1; ///< of the rows that were gathered, every so many are drawn
};

/// Pixels.
struct PanelSize {
  double width, height;
};

struct Raster {
  std::vector<PlacedBand> bands;
  bool isOnePopulation;
  double low = 0, high = 1; ///< of the axis
  uint64_t rows = 0, marks = 0;
};

} // namespace

static uint64_t countMarks(const PlotBand &band, uint32_t thinning) {
  uint64_t marks = 0;
  for (uint32_t row = 0; row < band.rows; row += thinning)
    marks += std::count(band.marks[row].begin(), band.marks[row].end(), true);
  return marks;
}

/// Draws fewer rows rather than a wall of marks; bands of few rows keep theirs.
static void thinOut(Raster &raster, uint64_t marksAtMost) {
  uint64_t all = 0;
  for (PlacedBand &placed : raster.bands)
    all += countMarks(*placed.band, 1);
  auto thinning = static_cast<uint32_t>((all + marksAtMost - 1) / marksAtMost);
  for (PlacedBand &placed : raster.bands) {
    placed.thinning = std::clamp(placed.band->rows / 10, 1u, std::max(1u, thinning));
    raster.rows += (placed.band->rows + placed.thinning - 1) / placed.thinning;
    raster.marks += countMarks(*placed.band, placed.thinning);
  }
}

static Raster place(const PlotData &data, double height) {
  const std::vector<PlotBand> &bands = data.bands();
  Raster raster;
  raster.isOnePopulation = data.showsOnePopulation();
  std::vector<std::string> names;
  uint64_t rows = 0;
  for (const PlotBand &band : bands) {
    names.push_back(band.name);
    rows += band.rows;
  }
  std::vector<std::string> colours = chooseColours(names);
  if (raster.isOnePopulation) {
    raster.low = UINT32_MAX;
    raster.high = 0;
    for (size_t k = 0; k < bands.size(); ++k) {
      raster.bands.push_back({&bands[k], colours[k], double(bands[k].begin), double(bands[k].stride)});
      raster.low = std::min(raster.low, bands[k].begin - 0.5);
      raster.high = std::max(raster.high, bands[k].end - 0.5);
    }
    return raster;
  }
  // Heights to scale, but none so small that it cannot be seen; pixels from the bottom.
  double room = height - gapOfBands * static_cast<double>(bands.size() - 1), wanted = 0;
  auto heightOf = [&](const PlotBand &band) { return std::max(bandAtLeast, room * band.rows / static_cast<double>(rows)); };
  for (const PlotBand &band : bands)
    wanted += heightOf(band);
  double scale = room / wanted, at = height;
  for (size_t k = 0; k < bands.size(); ++k) {
    double bandHeight = heightOf(bands[k]) * scale, perRow = bandHeight / bands[k].rows;
    raster.bands.push_back({&bands[k], colours[k], at - perRow / 2, -perRow});
    at -= bandHeight + gapOfBands;
  }
  raster.low = 0;
  raster.high = height;
  return raster;
}

/// "1 in 4 shown", "all but ..." is for bands with a stride of their own.
static std::string samplingText(const Raster &raster) {
  uint32_t least = UINT32_MAX, most = 0;
  for (const PlacedBand &placed : raster.bands) {
    least = std::min(least, placed.band->stride * placed.thinning);
    most = std::max(most, placed.band->stride * placed.thinning);
  }
  if (most == 1)
    return "";
  std::string one = "1 in " + std::to_string(most);
  return least == most ? " (" + one + " shown)" : " (1 in " + std::to_string(least) + " to " + one + " shown)";
}

static std::string axes(const Raster &raster, const PlotPanel &panel, const PlotLayout &layout) {
  double height = panel.bottom - panel.top, middle = (panel.top + panel.bottom) / 2;
  std::string text = "set yrange [" + number(raster.low) + ":" + number(raster.high) + "]\n";
  if (raster.isOnePopulation) {
    double step = std::max(1.0, niceStep((raster.high - raster.low) * 40 / height));
    text += "set ytics auto " + number(step) + "\n";
  } else {
    text += "unset ytics\n";
    double previous = -INFINITY;
    for (const PlacedBand &placed : raster.bands) {
      double y = panel.bottom - placed.base - placed.perRow * (placed.band->rows - 1) / 2;
      if (y - previous < nameAtLeast)
        continue; // no room among a hundred small populations
      text += screenLabel(placed.band->name, layout.left - 8, y, layout,
                          {.size = 11, .position = "right", .colour = placed.colour});
      previous = y;
    }
  }
  text += screenLabel("neuron" + samplingText(raster), 24, middle, layout, {.position = "center", .isVertical = true});
  if (raster.marks == 0)
    text += screenLabel("no spikes", (layout.left + layout.right) / 2.0, middle, layout,
                        {.size = 13, .position = "center", .colour = "#777777"});
  return text;
}

namespace {

/// How a spike is drawn: a vertical stroke nearly as high as its row where there is room, else a dot.
struct MarkStyle {
  bool isStroke;
  double height; ///< pixels; of a dot, its diameter
};

} // namespace

static MarkStyle chooseMark(const Raster &raster, PanelSize size) {
  double areaPerMark = size.height * size.width / static_cast<double>(std::max<uint64_t>(1, raster.marks));
  double rowHeight = size.height / static_cast<double>(std::max<uint64_t>(1, raster.rows));
  double stroke = std::min(0.75 * rowHeight, 16.0);
  if (rowHeight >= 5 && stroke * strokeWidth < areaPerMark / 4)
    return {true, stroke};
  // Dots cover an eighth of the panel, within what can be seen and what is still a dot.
  return {false, std::clamp(std::sqrt(areaPerMark / 8), 1.4, 3.0)};
}

/// The part of the `plot` command after the data. The circles of SVG are one element each, so dots are strokes there.
static std::string drawingOf(MarkStyle mark, PictureFormat format, double length) {
  if (!mark.isStroke && format == PictureFormat::Png)
    return "using 1:2 with points pointtype 7 pointsize " + number(mark.height / pixelsPerPointSize);
  return "using 1:($2-" + number(length / 2) + "):(0):(" + number(length) + ") with vectors nohead linewidth " +
         number(mark.isStroke ? strokeWidth : mark.height);
}

static std::string marks(const Raster &raster, const PlotData &data, const std::string &drawing, double timeUnit) {
  const TimeColumns &time = data.time();
  std::string commands, values;
  for (const PlacedBand &placed : raster.bands) {
    commands += (commands.empty() ? "plot '-' " : ", '-' ") + drawing + " linecolor rgb '" + placed.colour + "'";
    bool any = false;
    for (uint32_t row = 0; row < placed.band->rows; row += placed.thinning)
      for (uint32_t column = 0; column < time.columns; ++column) {
        if (!placed.band->marks[row][column])
          continue;
        any = true;
        values += number(static_cast<double>(time.begin(column)) * data.dt() / timeUnit) + " " +
                  number(placed.base + placed.perRow * row) + "\n";
      }
    values += any ? "e\n" : "NaN NaN\ne\n";
  }
  return commands + "\n" + values;
}

std::string rasterPanel(const PlotPanel &panel, const PlotLayout &layout, const PlotData &data, PictureFormat format,
                        double timeUnit) {
  PanelSize size{double(layout.right - layout.left), panel.bottom - panel.top};
  Raster raster = place(data, size.height);
  thinOut(raster, format == PictureFormat::Png ? marksInPng : marksInSvg);
  MarkStyle mark = chooseMark(raster, size);
  double length = mark.height * (raster.high - raster.low) / size.height;
  return axes(raster, panel, layout) + marks(raster, data, drawingOf(mark, format, length), timeUnit);
}

} // namespace snn::tool
