// A file that gets its name when it has been begun properly.

#ifndef SNN_RECORDER_NEWFILE_H
#define SNN_RECORDER_NEWFILE_H

#include "snn/recorder/Recorder.h"

#include <string>

namespace snn::recorder {

/// Whoever makes the file keeps it open: it may be written further after it has got its name.
class NewFile {
public:
  /// Throws `hdf5::Failure` if a file of this name must not be replaced: it is neither empty nor one of HDF5, or another run is
  /// writing it.
  explicit NewFile(const std::string &path);
  /// Removes what has not got its name.
  ~NewFile();
  NewFile(const NewFile &) = delete;
  NewFile &operator=(const NewFile &) = delete;

  /// Where it is to be made: beside its name.
  const std::string &unfinishedPath() const { return unfinished; }

  /// Returns 0 or `errno`: EEXIST if there is a file of that name and it is to stay. Throws as the constructor does.
  int giveName(IfExists ifExists);

private:
  void requireFree() const;

  std::string path; ///< without symbolic links
  std::string unfinished;
};

} // namespace snn::recorder

#endif // SNN_RECORDER_NEWFILE_H
