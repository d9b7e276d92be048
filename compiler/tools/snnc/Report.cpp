#include "compiler/tools/snnc/Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

namespace snn::tool {

static MessageStyle style;

void setMessageStyle(MessageStyle wanted) { style = wanted; }

bool reportsJson() { return style.format == MessageFormat::Json; }

MessageStyle messageStyleIn(llvm::ArrayRef<std::string> arguments) {
  MessageStyle found;
  llvm::StringRef name; // of an option whose value is the next word
  for (llvm::StringRef argument : arguments) {
    llvm::StringRef value = argument;
    if (argument.starts_with("--"))
      std::tie(name, value) = argument.split('=');
    if (name == "--diagnostics" && !value.empty())
      found.format = value == "json" ? MessageFormat::Json : MessageFormat::Text;
    if ((name == "--colour" || name == "--color") && !value.empty())
      found.colour = llvm::StringSwitch<Colour>(value)
                         .Case("always", Colour::Always)
                         .Case("never", Colour::Never)
                         .Default(Colour::Auto);
    if (!value.empty())
      name = {};
  }
  return found;
}

static bool usesColour() {
  if (style.colour != Colour::Auto)
    return style.colour == Colour::Always;
  const char *refused = std::getenv("NO_COLOR");
  return llvm::errs().is_displayed() && !(refused && *refused);
}

void reportDiagnostics(const Diagnostics &diagnostics) {
  llvm::outs().flush();
  if (reportsJson())
    diagnostics.printJson(llvm::errs());
  else
    diagnostics.print(llvm::errs(), usesColour());
}

void reportError(const llvm::Twine &message) {
  llvm::outs().flush();
  if (reportsJson())
    printJsonError(message.str(), llvm::errs());
  else
    llvm::errs() << "snnc: error: " << message << '\n';
}

void reportError(llvm::Error error) { reportError(llvm::toString(std::move(error))); }

std::string reasonOf(std::error_code error) {
  std::string text = error.message();
  text[0] = llvm::toLower(text[0]);
  return text;
}

ExitStatus flushOutput(ExitStatus status) {
  llvm::outs().flush();
  if (!llvm::outs().has_error())
    return status;
  std::error_code error = llvm::outs().error();
  llvm::outs().clear_error();
  // Whoever read our output has seen enough, as `head` has; the work itself was done.
  if (error == std::errc::broken_pipe)
    return status;
  std::string reason = reasonOf(error);
  reportError("cannot write to standard output: " + reason);
  return exitWrongUse;
}

} // namespace snn::tool
