// The picture of a run as a gnuplot script with its data inside.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTSCRIPT_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTSCRIPT_H

#include "compiler/tools/snnc/PlotData.h"
#include "compiler/tools/snnc/PlotText.h"

#include <memory>
#include <string>
#include <vector>

namespace snn::tool {

/// Panels with one time axis, from top to bottom: the raster, the rates, one panel per trace. Writes the picture to `path`.
std::string plotScript(const std::vector<std::unique_ptr<PlotData>> &copies, PictureFormat format, const std::string &path);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTSCRIPT_H
