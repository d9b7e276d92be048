// Which of many points are near to a place: points sorted into cells of space, of which only those around the place are looked at.

#ifndef SNN_RUNTIME_NEIGHBOURCELLS_H
#define SNN_RUNTIME_NEIGHBOURCELLS_H

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace snn::runtime {

/// Lengths are in um.
class NeighbourCells {
public:
  /// One to three coordinates of each point. A `period` of 0: the coordinate does not go round.
  struct Space {
    uint32_t axes;
    std::array<double, 3> period;
  };

  /// Cells are as wide as `reach` or wider, and not many more than points.
  NeighbourCells(const Space &space, double reach, std::array<std::span<const double>, 3> coordinates);

  /// Replaces `found` by the points of all cells that a point within reach of the place may be in, ascending.
  void findAround(const std::array<double, 3> &place, std::vector<uint32_t> &found) const;

private:
  /// Of one coordinate: cell k of `cells` begins at begin + k * width.
  struct Axis {
    double begin = 0, width = 1, period = 0;
    uint32_t cells = 1;
  };

  uint32_t cellOn(const Axis &axis, double coordinate) const;
  std::vector<uint32_t> cellsAround(const Axis &axis, double coordinate) const;

  uint32_t axes;
  std::array<Axis, 3> grid;
  std::vector<uint32_t> first;  ///< by cell: where its points begin in `points`; one more at the end
  std::vector<uint32_t> points; ///< ascending within a cell
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_NEIGHBOURCELLS_H
