// Unit expressions as text: `mV`, `nS/cm^2`, `/ms^0.5`. The lexer asks how far one reaches, the parser what is in it.

#ifndef SNN_FRONTEND_UNITSCANNER_H
#define SNN_FRONTEND_UNITSCANNER_H

#include "frontend/Dimension.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace snn {

/// One factor of a scanned unit.
struct ScannedFactor {
  llvm::StringRef name; ///< "1" in `1/ms`
  llvm::StringRef text; ///< with the exponent
  Rational power = 1;   ///< negative behind a `/`
};

/// The unit expression at the start of a text.
struct ScannedUnit {
  llvm::StringRef text; ///< empty: there is none
  llvm::SmallVector<ScannedFactor, 4> factors;
  llvm::StringRef stray;       ///< a `*` or `/` and a name joined to the unit, where the name is none: `/tau`
  llvm::StringRef badExponent; ///< what is joined behind a `^` without being a fraction
};

/// Scans as far as names satisfy `isName`. There are no blanks inside a unit.
ScannedUnit scanUnit(llvm::StringRef text, llvm::function_ref<bool(llvm::StringRef)> isName);

/// The identifier at the start of `text`, perhaps empty.
llvm::StringRef leadingIdentifier(llvm::StringRef text);

} // namespace snn

#endif // SNN_FRONTEND_UNITSCANNER_H
