#include "compiler/tools/snnc/Spelling.h"

namespace snn::tool {

std::string suggestion(llvm::StringRef name, llvm::ArrayRef<std::string> known) {
  // A third of the letters may differ: enough for slips, too little for guesses.
  unsigned best = std::max<size_t>(name.size() / 3, 1) + 1;
  llvm::StringRef nearest;
  for (llvm::StringRef candidate : known) {
    unsigned distance = name.edit_distance_insensitive(candidate, /*AllowReplacements=*/true, best);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest.empty() ? "" : ", did you mean `" + nearest.str() + "`?";
}

} // namespace snn::tool
