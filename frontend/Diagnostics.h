// What the front end has to say about a source file: errors, warnings and notes with stable codes and source ranges.
//
// Phases collect into one `Diagnostics`; only the driver prints it. Positions refer to the buffers of an
// `llvm::SourceMgr`, so a note may point into another file, such as the library model that declares a parameter.

#ifndef SNN_FRONTEND_DIAGNOSTICS_H
#define SNN_FRONTEND_DIAGNOSTICS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/SMLoc.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class SourceMgr;
class raw_ostream;
} // namespace llvm

namespace snn {

/// Labels of the rules that a source file can break. See frontend/DiagnosticCodes.def.
enum class DiagnosticCode {
#define SNN_DIAGNOSTIC(code, summary) code,
#include "frontend/DiagnosticCodes.def"
};

/// The code as users see it, such as "U2".
llvm::StringRef spelling(DiagnosticCode code);

/// `text` as it appears in a message: in backticks, on one line, and cropped if it is long.
std::string quoted(llvm::StringRef text);

/// One line on what the code stands for.
llvm::StringRef summary(DiagnosticCode code);

/// Every code, in the order of the table.
llvm::ArrayRef<DiagnosticCode> allDiagnosticCodes();

/// The code spelled `text`, in upper or lower case; nothing if there is none.
std::optional<DiagnosticCode> diagnosticCodeOf(llvm::StringRef text);

enum class Severity { Error, Warning };

/// A further place involved: "`tau` is declared here as `5 ms`".
struct DiagnosticNote {
  llvm::SMRange range;
  std::string message;
};

/// A change that certainly mends the error. An empty `range` inserts, an empty `replacement` removes.
struct FixIt {
  llvm::SMRange range;
  std::string replacement;
};

/// One finding. Built by chaining: `diagnostics.error(DiagnosticCode::U2, name, text).underline(value).note(...)`.
struct Diagnostic {
  Severity severity;
  DiagnosticCode code;
  llvm::SMRange range; ///< its start is the reported position; invalid: the file as a whole
  std::string message;
  llvm::SMRange underlined; ///< the culprit; invalid: `range`
  std::vector<DiagnosticNote> notes;
  std::vector<FixIt> fixIts;

  /// Underlines `culprit` rather than the reported range; it should lie on the same line.
  Diagnostic &underline(llvm::SMRange culprit);
  Diagnostic &note(llvm::SMRange range, const llvm::Twine &message);
  Diagnostic &fixIt(llvm::SMRange range, const llvm::Twine &replacement);
};

class Diagnostics {
public:
  /// At most this many errors, and as many warnings, are printed; phases may give up once `isFull()`.
  static constexpr unsigned errorLimit = 50;
  /// At most this many findings of either kind are kept, the first ones; the others are counted.
  static constexpr unsigned keptLimit = 1000;

  explicit Diagnostics(const llvm::SourceMgr &sources) : sources(sources) {}

  /// Adds a finding. Messages are lower case, without full stop, with code in backticks. The reference stays valid, but
  /// beyond `keptLimit` it is to a finding that the next one replaces.
  Diagnostic &error(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message);
  Diagnostic &warning(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message);

  /// Turns every warning found so far into an error.
  void makeWarningsErrors();

  bool hasErrors() const { return errors != 0; }
  unsigned errorCount() const { return errors; }
  unsigned warningCount() const { return warnings; }
  bool isFull() const { return errors >= errorLimit; }

  /// Those that are kept, in the order in which they were found.
  const std::deque<Diagnostic> &all() const { return found; }
  std::deque<Diagnostic> &all() { return found; }

  /// Takes back these findings, which a better one will replace; references to others no longer hold.
  void remove(llvm::ArrayRef<Diagnostic *> unwanted);

  /// Sorted by position, without duplicates. Files come in the order in which they were added to the `SourceMgr`.
  std::vector<const Diagnostic *> sorted() const;

  /// The part of `sorted()` that is printed.
  std::vector<const Diagnostic *> shown() const;

  /// Renders all of `shown()`: position, message, source line, underlining, fix-its, notes. `colour` uses ANSI codes.
  void print(llvm::raw_ostream &output, bool colour = false) const;

  /// Writes all of `shown()` for programs to read: one JSON object per line, as docs/diagnostics.md describes it.
  void printJson(llvm::raw_ostream &output) const;

  /// The texts that positions refer to.
  const llvm::SourceMgr &sourceManager() const { return sources; }

private:
  Diagnostic &keep(unsigned earlier, Diagnostic diagnostic);

  const llvm::SourceMgr &sources;
  std::deque<Diagnostic> found;
  std::unique_ptr<Diagnostic> dropped;
  unsigned errors = 0, warnings = 0;
};

/// Line and column of a place, both counted from 1; a column is one character, however many bytes it takes.
struct SourcePosition {
  llvm::StringRef file;
  unsigned line;
  unsigned column;
};

/// `location` must lie in a buffer of `sources`.
SourcePosition positionOf(const llvm::SourceMgr &sources, llvm::SMLoc location);

/// One JSON object in the form of `Diagnostics::printJson` for an error that has no place in a file, such as one of the
/// command line, and a line break.
void printJsonError(llvm::StringRef message, llvm::raw_ostream &output);

} // namespace snn

#endif // SNN_FRONTEND_DIAGNOSTICS_H
