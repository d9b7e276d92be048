// What a shell or a script learns from snnc.

#ifndef SNN_COMPILER_TOOLS_SNNC_EXITSTATUS_H
#define SNN_COMPILER_TOOLS_SNNC_EXITSTATUS_H

namespace snn::tool {

enum ExitStatus {
  exitFine = 0,
  exitWrongModel = 1,    ///< the `.snn` file is at fault: a diagnostic, or a state that stopped being finite
  exitWrongUse = 2,      ///< the command line or the environment is: options, files, memory
  // 128 + the number of the signal, as a shell has it, after keeping what was recorded.
  exitHungUp = 129,      ///< SIGHUP
  exitInterrupted = 130, ///< SIGINT
  exitTerminated = 143,  ///< SIGTERM
};

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_EXITSTATUS_H
