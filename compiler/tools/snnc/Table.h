// Text in columns.

#ifndef SNN_COMPILER_TOOLS_SNNC_TABLE_H
#define SNN_COMPILER_TOOLS_SNNC_TABLE_H

#include <string>
#include <vector>

namespace snn::tool {

/// Columns as wide as their widest entry: the first to the left, numbers to the right. A row may end early.
class Table {
public:
  void add(std::vector<std::string> row);
  std::string text() const;

private:
  std::vector<size_t> widths;
  std::vector<std::vector<std::string>> rows;
};

/// The number with this many digits behind the point.
std::string fixed(double value, int digits);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_TABLE_H
