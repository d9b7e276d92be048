// Where the texts of the model library lie beside the compiler, for debuggers to show.

#ifndef SNN_COMPILER_TARGET_LIBRARYFOLDER_H
#define SNN_COMPILER_TARGET_LIBRARYFOLDER_H

#include <string>

namespace snn {

/// The folder with `stdlib/`, found from where this library was loaded: the same in a build folder and an installation.
/// The compiler itself never reads it: the texts it uses are part of it.
std::string libraryFolder();

} // namespace snn

#endif // SNN_COMPILER_TARGET_LIBRARYFOLDER_H
