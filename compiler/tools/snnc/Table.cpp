#include "compiler/tools/snnc/Table.h"

#include <algorithm>
#include <cstdio>

namespace snn::tool {

void Table::add(std::vector<std::string> row) {
  widths.resize(std::max(widths.size(), row.size()));
  for (size_t k = 0; k < row.size(); ++k)
    widths[k] = std::max(widths[k], row[k].size());
  rows.push_back(std::move(row));
}

std::string Table::text() const {
  std::string text;
  for (const std::vector<std::string> &row : rows) {
    text += row[0];
    size_t missing = widths[0] - row[0].size();
    for (size_t k = 1; k < row.size(); ++k) {
      text += std::string(missing + 3 + widths[k] - row[k].size(), ' ') + row[k];
      missing = 0;
    }
    text += '\n';
  }
  return text;
}

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

} // namespace snn::tool
