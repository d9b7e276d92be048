#include "frontend/ApplyFixIts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/SourceMgr.h"

using namespace snn;

/// Two insertions at one place overlap as well: which of them comes first is anyone's guess.
static bool overlap(const FixIt &a, const FixIt &b) {
  const char *aBegin = a.range.Start.getPointer(), *aEnd = a.range.End.getPointer();
  const char *bBegin = b.range.Start.getPointer(), *bEnd = b.range.End.getPointer();
  return (aBegin < bEnd && bBegin < aEnd) || aBegin == bBegin;
}

FixedText snn::applyFixIts(const Diagnostics &diagnostics, unsigned bufferId) {
  const llvm::SourceMgr &sources = diagnostics.sourceManager();
  llvm::SmallVector<const FixIt *> chosen;
  auto isPossible = [&](const FixIt &fixIt) {
    return sources.FindBufferContainingLoc(fixIt.range.Start) == bufferId &&
           llvm::none_of(chosen, [&](const FixIt *other) { return overlap(fixIt, *other); });
  };
  FixedText result;
  for (const Diagnostic *diagnostic : diagnostics.sorted()) {
    if (diagnostic->fixIts.empty() || !llvm::all_of(diagnostic->fixIts, isPossible))
      continue;
    for (const FixIt &fixIt : diagnostic->fixIts)
      chosen.push_back(&fixIt);
    ++result.fixed;
  }
  llvm::sort(chosen, [](const FixIt *a, const FixIt *b) {
    return a->range.Start.getPointer() < b->range.Start.getPointer();
  });

  llvm::StringRef rest = sources.getMemoryBuffer(bufferId)->getBuffer();
  for (const FixIt *fixIt : chosen) {
    size_t before = fixIt->range.Start.getPointer() - rest.begin();
    result.text += rest.take_front(before);
    result.text += fixIt->replacement;
    rest = rest.drop_front(fixIt->range.End.getPointer() - rest.begin());
  }
  result.text += rest;
  return result;
}
