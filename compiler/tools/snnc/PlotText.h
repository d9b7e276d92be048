// Words of a gnuplot script.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTTEXT_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTTEXT_H

#include <string>
#include <string_view>

namespace snn::tool {

struct PlotLayout;

/// In single quotes, in which gnuplot interprets nothing.
std::string quoted(std::string_view text);

/// Shortest decimal form that is exact to seven digits.
std::string number(double value);

/// The smallest of 1, 2, 5 times a power of ten that is at least `step`.
double niceStep(double step);

enum class PictureFormat { Png, Svg };

/// Commands that define the function which labels use for their fonts.
std::string defineFonts(PictureFormat format);

struct LabelStyle {
  int size = 12; ///< points
  bool isBold = false;
  const char *position = "left"; ///< of (x, y) in the text: "left", "center" or "right"
  bool isVertical = false;
  std::string colour = "#222222";
};

/// Commands, after `defineFonts`, that write `text` at a place given in pixels from the top left corner of the picture, until `unset label`.
std::string screenLabel(std::string_view text, double x, double y, const PlotLayout &layout,
                        const LabelStyle &style = {});

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTTEXT_H
