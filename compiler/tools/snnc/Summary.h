// What the tool prints after a run.

#ifndef SNN_COMPILER_TOOLS_SNNC_SUMMARY_H
#define SNN_COMPILER_TOOLS_SNNC_SUMMARY_H

#include "snn/recorder/RunDescription.h"
#include "snn/recorder/SpikeStatistics.h"
#include "snn/snn.h"

#include <string>
#include <vector>

namespace snn::tool {

/// A table of what fired (`SpikeStatistics::table`), then what it took. Ends with a newline.
std::string summaryText(const recorder::RunDescription &run, const std::vector<recorder::FiringStatistics> &firing,
                        const snn_figures &figures);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SUMMARY_H
