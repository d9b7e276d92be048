// What `--profile` prints.

#ifndef SNN_COMPILER_TOOLS_SNNC_PROFILETABLE_H
#define SNN_COMPILER_TOOLS_SNNC_PROFILETABLE_H

#include "snn/snn.h"

#include <string>

namespace snn::tool {

/// Time per phase, population and projection of a profiled run, each with its share of the whole and with what one unit of its
/// work took.
std::string profileText(const snn_model &model, const snn_simulation &simulation);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PROFILETABLE_H
