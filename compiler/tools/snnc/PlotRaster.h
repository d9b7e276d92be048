// The raster panel of a picture.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTRASTER_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTRASTER_H

#include "compiler/tools/snnc/PlotLayout.h"
#include "compiler/tools/snnc/PlotText.h"

#include <string>

namespace snn::tool {

/// Commands that draw it. One population has its neurons' positions on the axis, first at the bottom; several are stacked as
/// bands with their names, first at the top. `timeUnit` is that of the time axis, ms.
std::string rasterPanel(const PlotPanel &panel, const PlotLayout &layout, const PlotData &data, PictureFormat format,
                        double timeUnit);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTRASTER_H
