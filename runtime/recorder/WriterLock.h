// Two runs that write one file would cost one of them its results: who writes a file says so.

#ifndef SNN_RECORDER_WRITERLOCK_H
#define SNN_RECORDER_WRITERLOCK_H

#include <string>

namespace snn::recorder {

/// Marks the open file as being written, until it is closed or the process ends, however it ends. Readers do not notice.
void markAsWritten(int descriptor);

/// Is there a file at `path` that somebody has marked so and not closed?
bool isBeingWritten(const std::string &path);

} // namespace snn::recorder

#endif // SNN_RECORDER_WRITERLOCK_H
