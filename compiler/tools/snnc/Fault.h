// Where in the model a state comes from that has stopped being finite.

#ifndef SNN_COMPILER_TOOLS_SNNC_FAULT_H
#define SNN_COMPILER_TOOLS_SNNC_FAULT_H

#include "compiler/tools/snnc/Source.h"

#include "snn/snn.h"

#include <string>

namespace snn::tool {

/// "; its equation is `x' = 1/x` (model.snn:4)" for the state that ended a run, or nothing if there is none.
std::string equationOfFault(const snn_model &program, const snn_fault &fault, const model::Experiment &experiment,
                            const Source &source);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_FAULT_H
