#include "compiler/tools/snnc/Plot.h"

#include "compiler/tools/snnc/Gnuplot.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace snn::tool {

static llvm::Expected<PictureFormat> formatOf(llvm::StringRef path) {
  llvm::StringRef ending = llvm::sys::path::extension(path);
  if (ending.equals_insensitive(".png"))
    return PictureFormat::Png;
  if (ending.equals_insensitive(".svg"))
    return PictureFormat::Svg;
  return llvm::createStringError("`" + path + "` ends neither in `.png` nor in `.svg`, the pictures that can be drawn");
}

// More panels could not be told apart.
static constexpr size_t copiesAtMost = 8;

Plot::Plot(std::string path, PictureFormat format, std::string gnuplot, const std::vector<recorder::RunDescription> &runs)
    : path(std::move(path)), format(format), gnuplot(std::move(gnuplot)) {
  for (const recorder::RunDescription &run : runs)
    if (data.size() < copiesAtMost)
      data.push_back(std::make_unique<PlotData>(run));
}

llvm::Expected<std::unique_ptr<Plot>> Plot::prepare(const std::string &path,
                                                    const std::vector<recorder::RunDescription> &runs) {
  llvm::Expected<PictureFormat> format = formatOf(path);
  if (!format)
    return format.takeError();
  llvm::Expected<std::string> gnuplot = findGnuplot();
  if (!gnuplot)
    return gnuplot.takeError();
  std::unique_ptr<Plot> plot(new Plot(path, *format, *gnuplot, runs));
  if (!plot->data.front()->showsSpikes() && plot->data.front()->variables().empty())
    return llvm::createStringError("there is nothing to draw: no population spikes and nothing is recorded");
  return plot;
}

llvm::Error Plot::draw() const {
  // Beside the picture, so that it can take its place in one step.
  llvm::SmallString<128> unfinished;
  if (std::error_code error = llvm::sys::fs::createUniqueFile(
          path + "-%%%%%%", unfinished, llvm::sys::fs::all_read | llvm::sys::fs::all_write))
    return llvm::createStringError("cannot write `" + path + "`: " + reasonOf(error));
  if (llvm::Error error = runGnuplot(gnuplot, plotScript(data, format, unfinished.str().str()))) {
    llvm::sys::fs::remove(unfinished);
    return error;
  }
  if (std::error_code error = llvm::sys::fs::rename(unfinished, path)) {
    llvm::sys::fs::remove(unfinished);
    return llvm::createStringError("cannot write `" + path + "`: " + reasonOf(error));
  }
  return llvm::Error::success();
}

} // namespace snn::tool
