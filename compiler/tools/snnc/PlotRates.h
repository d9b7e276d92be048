// The panel of population rates.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTRATES_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTRATES_H

#include "compiler/tools/snnc/PlotLayout.h"

#include <string>
#include <vector>

namespace snn::tool {

/// Mean rate of some neurons in equal bins, from the first step that the picture shows.
struct RateCurve {
  std::string name, colour;
  std::vector<double> rate; ///< Hz
};

struct RateCurves {
  double bin = 0; ///< ms
  std::vector<RateCurve> curves;
};

/// One curve for each colour of the raster. A bin is 1, 2 or 5 ms: longer in longer runs, and where fewer than some ten spikes
/// would fall into one. Only in runs of more than 10 s it is longer still.
RateCurves rateCurves(const PlotData &data);

/// Names of the curves in their colours, at the right end of the line of the title; nothing if there is one only.
std::string colourLegend(const PlotData &data, const PlotLayout &layout, double y);

/// Commands that draw the panel. `timeUnit` is that of the time axis, ms.
std::string ratePanel(const PlotPanel &panel, const PlotLayout &layout, const PlotData &data, double timeUnit);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTRATES_H
