#include "NeighbourCells.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

// Distances that a program computes may differ from ours in their last digits.
static constexpr double slack = 1 + 1e-9;

NeighbourCells::NeighbourCells(const Space &space, double reach, std::array<std::span<const double>, 3> coordinates)
    : axes(space.axes) {
  const size_t count = coordinates[0].size();
  // Twice as many cells as points are enough to have few points in each.
  const double most = std::floor(std::pow(2.0 * double(count) + 1, 1.0 / axes));
  uint64_t cells = 1;
  for (uint32_t k = 0; k < axes; ++k) {
    Axis &axis = grid[k];
    axis.period = space.period[k];
    double end = axis.period;
    if (!(axis.period > 0) && count > 0) {
      auto [least, largest] = std::minmax_element(coordinates[k].begin(), coordinates[k].end());
      axis.begin = *least;
      end = *largest;
    }
    double extent = end - axis.begin, fitting = reach > 0 ? std::floor(extent / (reach * slack)) : most;
    axis.cells = uint32_t(std::clamp(std::min(fitting, most), 1.0, 1e6));
    axis.width = extent > 0 ? extent / axis.cells : 1;
    cells *= axis.cells;
  }
  std::vector<uint32_t> cellOf(count);
  first.assign(cells + 1, 0);
  for (size_t point = 0; point < count; ++point) {
    uint32_t cell = 0;
    for (uint32_t k = 0; k < axes; ++k)
      cell = cell * grid[k].cells + cellOn(grid[k], coordinates[k][point]);
    cellOf[point] = cell;
    ++first[cell + 1];
  }
  for (uint64_t cell = 0; cell < cells; ++cell)
    first[cell + 1] += first[cell];
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  points.resize(count);
  for (size_t point = 0; point < count; ++point)
    points[next[cellOf[point]]++] = uint32_t(point);
}

uint32_t NeighbourCells::cellOn(const Axis &axis, double coordinate) const {
  double inside = coordinate - axis.begin;
  if (axis.period > 0)
    inside -= axis.period * std::floor(inside / axis.period);
  return uint32_t(std::clamp(std::floor(inside / axis.width), 0.0, double(axis.cells - 1)));
}

/// Its own cell and the next ones on both sides.
std::vector<uint32_t> NeighbourCells::cellsAround(const Axis &axis, double coordinate) const {
  const auto own = int64_t(cellOn(axis, coordinate)), cells = int64_t(axis.cells);
  const bool goesRound = axis.period > 0;
  std::vector<uint32_t> around;
  for (int64_t cell = own - 1; cell <= own + 1; ++cell)
    if (goesRound || (cell >= 0 && cell < cells))
      around.push_back(uint32_t((cell + cells) % cells));
  std::sort(around.begin(), around.end());
  around.erase(std::unique(around.begin(), around.end()), around.end());
  return around;
}

void NeighbourCells::findAround(const std::array<double, 3> &place, std::vector<uint32_t> &found) const {
  std::vector<uint32_t> cells = {0};
  for (uint32_t k = 0; k < axes; ++k) {
    std::vector<uint32_t> finer;
    for (uint32_t cell : cells)
      for (uint32_t next : cellsAround(grid[k], place[k]))
        finer.push_back(cell * grid[k].cells + next);
    cells = std::move(finer);
  }
  found.clear();
  for (uint32_t cell : cells)
    found.insert(found.end(), points.begin() + first[cell], points.begin() + first[cell + 1]);
  std::sort(found.begin(), found.end());
}

} // namespace snn::runtime
