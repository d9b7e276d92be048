// The changes that diagnostics are certain of, made to the text they are about.

#ifndef SNN_FRONTEND_APPLYFIXITS_H
#define SNN_FRONTEND_APPLYFIXITS_H

#include "frontend/Diagnostics.h"

namespace snn {

struct FixedText {
  std::string text;
  unsigned fixed = 0; ///< diagnostics whose fix-its have been applied
};

/// The text of buffer `bufferId` with the fix-its of `diagnostics` applied. Those of one diagnostic are applied together
/// or not at all: it is passed over if any of them lies in another buffer or overlaps one applied before.
FixedText applyFixIts(const Diagnostics &diagnostics, unsigned bufferId);

} // namespace snn

#endif // SNN_FRONTEND_APPLYFIXITS_H
