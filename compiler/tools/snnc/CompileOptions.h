// What the command line says to the compiler.

#ifndef SNN_COMPILER_TOOLS_SNNC_COMPILEOPTIONS_H
#define SNN_COMPILER_TOOLS_SNNC_COMPILEOPTIONS_H

#include "compiler/Compiler.h"
#include "compiler/tools/snnc/Options.h"

namespace snn::tool {

/// The same for the compiler and for the key of what it makes.
inline CompileOptions compileOptionsOf(const Options &options) {
  CompileOptions compileOptions;
  compileOptions.cpu = options.cpu;
  compileOptions.debugInfo = options.debugInfo;
  compileOptions.jitDump = options.jitDump;
  return compileOptions;
}

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_COMPILEOPTIONS_H
