#include "compiler/tools/snnc/PlotText.h"

#include "compiler/tools/snnc/PlotLayout.h"

#include <cmath>
#include <cstdio>

namespace snn::tool {

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (char c : text) {
    if (c == '\'')
      result += '\'';
    result += c == '\n' ? ' ' : c;
  }
  return result + "'";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.7g", value);
  return text;
}

double niceStep(double step) {
  if (!(step > 0))
    return 1;
  double decade = std::pow(10, std::floor(std::log10(step)));
  for (double factor : {1.0, 2.0, 5.0})
    if (factor * decade >= step * (1 - 1e-9))
      return factor * decade;
  return 10 * decade;
}

std::string defineFonts(PictureFormat format) {
  // gnuplot's SVG has sizes in pixels and no weight but in marked-up text.
  if (format == PictureFormat::Svg)
    return "face(weight, size) = sprintf('sans-serif,%g', 1.2 * size)\n";
  return "face(weight, size) = sprintf('Sans%s,%g', weight, size)\n";
}

std::string screenLabel(std::string_view text, double x, double y, const PlotLayout &layout, const LabelStyle &style) {
  return "set label " + quoted(text) + " at screen " + number(x / layout.width) + "," +
         number(1 - y / layout.height) + " " + style.position + (style.isVertical ? " rotate by 90" : "") +
         " font face('" + (style.isBold ? ":Bold" : "") + "'," + std::to_string(style.size) + ") textcolor rgb '" +
         style.colour + "'\n";
}

} // namespace snn::tool
