// Which panels a picture has and where.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTLAYOUT_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTLAYOUT_H

#include "compiler/tools/snnc/PlotData.h"

#include <memory>
#include <vector>

namespace snn::tool {

struct PlotPanel {
  enum class Kind { Raster, Rates, Trace };
  Kind kind;
  const PlotData *data = nullptr;         ///< of the copy
  bool startsCopy = false;                ///< the first panel of one of several copies
  const PlotVariable *variable = nullptr; ///< of a trace
  const PlotTrace *trace = nullptr;
  double top = 0, bottom = 0; ///< pixels
};

/// Pixels, from the top left corner.
struct PlotLayout {
  static constexpr int width = 1200, right = 1150; ///< right end of every panel
  int left = 0;                                    ///< of every panel: what stands on their axes needs room
  int height = 0;
  std::vector<PlotPanel> panels; ///< from top to bottom
};

/// The panels of all copies, those of a copy together.
PlotLayout layOut(const std::vector<std::unique_ptr<PlotData>> &copies);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTLAYOUT_H
