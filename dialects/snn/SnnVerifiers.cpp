// Rules of single operations that TableGen cannot say.

#include "dialects/snn/SnnDialect.h"

#include <cmath>

using namespace snn::ir;

mlir::LogicalResult PropagatorOp::verify() {
  size_t entries = getMatrix().size();
  size_t n = static_cast<size_t>(std::llround(std::sqrt(static_cast<double>(entries))));
  if (n == 0 || n * n != entries)
    return emitOpError("needs the entries of a square matrix, but has ") << entries;
  if (getValues().size() != 2 * entries)
    return emitOpError("yields two matrices of ") << entries << " entries, but has " << getValues().size() << " results";
  return mlir::success();
}
