#include "EdgeList.h"

#include "Failure.h"

#include <algorithm>
#include <numeric>

namespace snn::runtime {

static void checkIndex(const NumberArray &file, uint64_t row, int64_t index, Range range, const char *what) {
  uint32_t size = range.size();
  if (index >= int64_t(range.begin) && index < int64_t(range.end))
    return;
  if (range.begin > 0)
    fail(SNN_BAD_FILE, "row %llu of `%s` has %s %lld; those that are joined are %u to %u of their population",
         static_cast<unsigned long long>(row), file.path.c_str(), what, static_cast<long long>(index), range.begin, range.end - 1);
  fail(SNN_BAD_FILE, "row %llu of `%s` has %s %lld; there are %u, counted from 0",
         static_cast<unsigned long long>(row), file.path.c_str(), what, static_cast<long long>(index), size);
}

EdgeList::EdgeList(const NumberArray &file, const PlannedProjection &projection)
    : file(file), firstSource(file.isOfPopulations() ? projection.source.begin : 0),
      firstTarget(file.isOfPopulations() ? projection.target.begin : 0) {
  const char *path = file.path.c_str();
  if (!file.isWhole())
    fail(SNN_BAD_FILE, "`%s` has floating-point numbers; edges are pairs of integers", path);
  if (file.shape().size() != 2 || file.shape()[1] != 2)
    fail(SNN_BAD_FILE, "`%s` has the shape %s, not the shape (n, 2) of a list of edges", path,
         describeShape(file.shape()).c_str());
  rows = wanted = file.shape()[0];
  for (uint64_t row = 0; row < rows; ++row) {
    checkIndex(file, row, file.whole(2 * row), {firstSource, firstSource + projection.source.size()}, "source");
    checkIndex(file, row, file.whole(2 * row + 1), {firstTarget, firstTarget + projection.target.size()}, "target");
  }
  bool excludesRepeated = !projection.declared->multapses;
  if (!projection.excludesSelf && !excludesRepeated)
    return;
  leftOut.resize(rows);
  if (projection.excludesSelf)
    leaveOutSelf(projection);
  if (excludesRepeated)
    leaveOutRepeated();
  wanted = rows - uint64_t(std::count(leftOut.begin(), leftOut.end(), true));
}

void EdgeList::leaveOutSelf(const PlannedProjection &projection) {
  for (uint64_t row = 0; row < rows; ++row)
    if (projection.source.begin + source(row) == projection.target.begin + target(row))
      leftOut[row] = true;
}

void EdgeList::leaveOutRepeated() {
  std::vector<uint64_t> order(rows);
  std::iota(order.begin(), order.end(), 0);
  auto pair = [&](uint64_t row) { return uint64_t(source(row)) << 32 | target(row); };
  std::sort(order.begin(), order.end(),
            [&](uint64_t a, uint64_t b) { return std::pair(pair(a), a) < std::pair(pair(b), b); });
  for (uint64_t i = 1; i < rows; ++i)
    if (pair(order[i]) == pair(order[i - 1]))
      leftOut[order[i]] = true;
}

} // namespace snn::runtime
