// What a shell or a script learns from snnc.

#ifndef SNN_COMPILER_TOOLS_SNNC_EXITSTATUS_H
#define SNN_COMPILER_TOOLS_SNNC_EXITSTATUS_H

namespace snn::tool {

enum ExitStatus {
  exitFine = 0,
  exitWrongModel = 1,    ///< the `.snn` file is at fault: a diagnostic, or a state that stopped being finite
  exitWrongUse = 2,      ///< the command line or the environment is: options, files, memory
  exitInterrupted = 130, ///< 128 + SIGINT, after keeping what was recorded
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_EXITSTATUS_H
