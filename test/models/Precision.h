// The two precisions as a parameter of tests, and what each is allowed to get wrong.

#ifndef SNN_TEST_MODELS_PRECISION_H
#define SNN_TEST_MODELS_PRECISION_H

#include "Simulate.h"

#include <gtest/gtest.h>

#include <ostream>

namespace snn::model {

inline void PrintTo(Precision precision, std::ostream *output) {
  *output << (precision == Precision::F64 ? "f64" : "f32");
}

} // namespace snn::model

namespace snn::test {

/// A test that runs in single and in double precision.
class InBothPrecisions : public testing::TestWithParam<model::Precision> {
protected:
  bool isDouble() const { return GetParam() == model::Precision::F64; }
  CompileSettings precision() const { return {.precision = GetParam()}; }

  /// `inDouble` or `inSingle`, whichever runs.
  double tolerance(double inDouble, double inSingle) const { return isDouble() ? inDouble : inSingle; }
};

inline std::string precisionName(const testing::TestParamInfo<model::Precision> &info) {
  return info.param == model::Precision::F64 ? "f64" : "f32";
}

inline auto bothPrecisions() { return testing::Values(model::Precision::F32, model::Precision::F64); }

} // namespace snn::test

#endif // SNN_TEST_MODELS_PRECISION_H
