// An HDF5 file driver whose file goes from one consistent state to the next in a single write.
//
// HDF5 changes a file in place, and a process that is killed while it does leaves a file that no reader opens. But what
// changes in place lies in the object headers, and those are all made before the first result is written. So the file has
// two parts. The *tail* only grows: data and the indices that find them, invisible until a header counts them. The *head*,
// everything that is there when the file is first flushed, is kept in memory; every flush ends with one `pwrite` of its
// changed range, and that is the moment at which the new data become part of the file. Readers, during a run or after a
// `kill -9`, see the state of the last flush. (Linux stops a write for a deadly signal between two pages of memory only.
// The headers of some ten data sets fit into one; of more, some may be one flush ahead of others if a kill finds just that
// microsecond. None is ever broken.)
//
// (HDF5's own single-writer mode orders its writes in a similar way, but marks the file as open, and after a kill plain
// readers refuse it until a repair tool has removed the mark; and two data sets could still differ in length.)

#ifndef SNN_RECORDER_ATOMICFILE_H
#define SNN_RECORDER_ATOMICFILE_H

#include <hdf5.h>

#include <cstdint>

namespace snn::recorder {

/// Shared by a file and its user.
struct AtomicFileControl {
  /// `errno` of the first call that failed. HDF5 is not told of a failed write: some of its functions would never let go of
  /// what they hold. So this is to be looked at after each call.
  int error = 0;
  bool isOpened = false; ///< the operating system has opened it, or made it
  bool discard = false;  ///< drop all further writes, as after the first failure: after a gap they are worth nothing
  uint64_t headSize = 0; ///< bytes; 0 until the first flush
};

/// File creation properties that go with it: no object header crosses a page of memory, the unit in which the kernel takes
/// a write that a deadly signal interrupts, and the attributes of the file are part of its header. Negative if HDF5 fails.
hid_t atomicFileCreation();

/// File access properties that use the driver, for `H5Fcreate` and `H5Fopen`; negative if HDF5 fails. `control` must outlive
/// the file. A file opened again has the head that `control` remembers.
hid_t atomicFileAccess(AtomicFileControl &control);

} // namespace snn::recorder

#endif // SNN_RECORDER_ATOMICFILE_H
