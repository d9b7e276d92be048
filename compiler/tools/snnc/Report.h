// How snnc speaks to its user: findings in the model, and errors that are not about a place in it.

#ifndef SNN_COMPILER_TOOLS_SNNC_REPORT_H
#define SNN_COMPILER_TOOLS_SNNC_REPORT_H

#include "compiler/tools/snnc/ExitStatus.h"
#include "frontend/Diagnostics.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

#include <string>
#include <system_error>

namespace snn::tool {

enum class MessageFormat {
  Text, ///< for people
  Json, ///< for programs: one object per line
};
enum class Colour { Auto, Always, Never };

struct MessageStyle {
  MessageFormat format = MessageFormat::Text;
  Colour colour = Colour::Auto; ///< Auto: on a terminal, unless `NO_COLOR` is set
};

/// The style that the command line asks for. A wrong command line is reported too, so this does not wait until it has
/// been judged, and passes over what it does not know.
MessageStyle messageStyleIn(llvm::ArrayRef<std::string> arguments);

/// Fixes the style of every later message of this library; called once, before there is anything to say.
void setMessageStyle(MessageStyle style);

/// True if messages are for programs to read, which find nothing but them on standard error.
bool reportsJson();

/// Prints findings to standard error.
void reportDiagnostics(const Diagnostics &diagnostics);

/// Prints "snnc: error: MESSAGE" to standard error.
void reportError(const llvm::Twine &message);
void reportError(llvm::Error error);

/// The system's sentence for an error, spelled like ours: "permission denied".
std::string reasonOf(std::error_code error);

/// Ends standard output. A full disk or a closed pipe shows only now, and must not pass for success.
ExitStatus flushOutput(ExitStatus status);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_REPORT_H
