// Where a record goes in the file.

#ifndef SNN_RECORDER_RECORDNAMES_H
#define SNN_RECORDER_RECORDNAMES_H

#include "snn/recorder/RunDescription.h"

#include <string>
#include <vector>

namespace snn::recorder {

/// The last part of every record's path, by index of the record: the population's name under `/spikes`, the variable's under
/// `/report/<population>`. Where two records would meet, each is followed by its range as `[begin:end]`, and where that is
/// equal too, by `#2`, `#3`.
std::vector<std::string> recordNames(const RunDescription &run);

} // namespace snn::recorder

#endif // SNN_RECORDER_RECORDNAMES_H
