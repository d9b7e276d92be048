// Runs the program gnuplot.

#ifndef SNN_COMPILER_TOOLS_SNNC_GNUPLOT_H
#define SNN_COMPILER_TOOLS_SNNC_GNUPLOT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace snn::tool {

/// The program's path; if it is not installed, an error that says how to get it.
llvm::Expected<std::string> findGnuplot();

/// Runs a script. An error has what gnuplot said.
llvm::Error runGnuplot(llvm::StringRef program, llvm::StringRef script);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_GNUPLOT_H
