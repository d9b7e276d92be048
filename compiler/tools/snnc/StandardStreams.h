// What a program does about its three standard streams before anything else.

#ifndef SNN_COMPILER_TOOLS_SNNC_STANDARDSTREAMS_H
#define SNN_COMPILER_TOOLS_SNNC_STANDARDSTREAMS_H

namespace snn::tool {

/// Keeps a file of ours from becoming standard output because that was closed (`>&-`), and turns the signals of a closed
/// pipe and of a file that has reached its limit into errors of the calls that met them. Called once, at the start.
void prepareStandardStreams();

/// Lets nothing that could not be written to standard error end the program: there is nowhere left to say it. Called once,
/// at the end.
void forgiveStandardError();

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_STANDARDSTREAMS_H
