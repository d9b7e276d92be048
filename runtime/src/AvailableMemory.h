// How much memory there is to be had, before it is taken.

#ifndef SNN_RUNTIME_AVAILABLEMEMORY_H
#define SNN_RUNTIME_AVAILABLEMEMORY_H

#include <cstdint>
#include <string>

namespace snn::runtime {

/// Bytes this process could still touch without swapping: what the kernel estimates, within the limits of its control groups
/// (version 1 or 2, its own and all around it) and of the process itself (`ulimit -v`, `ulimit -d`). UINT64_MAX if nothing is
/// known.
uint64_t availableMemory();

/// Bytes of address space this process may still reserve under `ulimit -v`; UINT64_MAX without a limit.
uint64_t availableAddressSpace();

/// What the control groups named in a file like /proc/self/cgroup leave, where `root` is the folder of their file systems.
uint64_t availableInControlGroups(const std::string &list, const std::string &root);

} // namespace snn::runtime

#endif // SNN_RUNTIME_AVAILABLEMEMORY_H
