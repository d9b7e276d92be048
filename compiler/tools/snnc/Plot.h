// `--plot FILE`: a picture of a run.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOT_H
#define SNN_COMPILER_TOOLS_SNNC_PLOT_H

#include "compiler/tools/snnc/PlotData.h"
#include "compiler/tools/snnc/PlotScript.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace snn::tool {

/// Raster, population rates and recorded traces on one time axis, drawn by gnuplot.
///
///   auto plot = Plot::prepare(path, run);   // before the run: a wrong name or a missing gnuplot is said now
///   sinks.add((*plot)->sink());             // while it runs
///   llvm::Error error = (*plot)->draw();    // after it, also after one that was interrupted
class Plot {
public:
  /// Fails if the name ends neither in .png nor in .svg, if gnuplot is missing, or if there is nothing to show.
  static llvm::Expected<std::unique_ptr<Plot>> prepare(const std::string &path,
                                                       const std::vector<recorder::RunDescription> &runs);

  /// Valid as long as this object.
  snn_sink sink(uint32_t copy) { return data[copy]->sink(); }

  /// Copies that are shown: the first ones.
  uint32_t copies() const { return static_cast<uint32_t>(data.size()); }

  /// Writes the picture, or, if that fails, nothing.
  llvm::Error draw() const;

private:
  Plot(std::string path, PictureFormat format, std::string gnuplot, const std::vector<recorder::RunDescription> &runs);

  std::string path;
  PictureFormat format;
  std::string gnuplot;
  std::vector<std::unique_ptr<PlotData>> data; ///< by copy
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOT_H
