// What the tool prints after a run.

#ifndef SNN_COMPILER_TOOLS_SNNC_SUMMARY_H
#define SNN_COMPILER_TOOLS_SNNC_SUMMARY_H

#include "snn/recorder/RunDescription.h"
#include "snn/recorder/SpikeStatistics.h"
#include "snn/snn.h"

#include <string>
#include <vector>

namespace snn::tool {

/// What is said of one copy of the network.
struct CopySummary {
  const recorder::RunDescription &run;
  std::vector<recorder::FiringStatistics> firing; ///< `SpikeStatistics::table`
  std::string ended = "";                         ///< why the experiment has ended it before its time; empty: it has not
};

/// A table of what fired, then what it took, of all copies together. Ends with a newline.
std::string summaryText(const std::vector<CopySummary> &copies, const snn_figures &figures);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_SUMMARY_H
