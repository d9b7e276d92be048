// Colours that a neuroscientist expects.

#ifndef SNN_COMPILER_TOOLS_SNNC_PLOTCOLOURS_H
#define SNN_COMPILER_TOOLS_SNNC_PLOTCOLOURS_H

#include <string>
#include <string_view>
#include <vector>

namespace snn::tool {

enum class CellClass { Excitatory, Inhibitory, Other };

/// What a population or group is by its name: `E`, `Exc`, `E2`, `L23E`, `P[L4E]`, `pyr_E`, `excitatory_cells` are excitatory,
/// the same with `I` and `inh` inhibitory.
CellClass classify(std::string_view name);

/// A colour for each name, as "#rrggbb": blue for excitatory, red for inhibitory cells, a colour of its own for every other,
/// dark grey if there is only one name.
std::vector<std::string> chooseColours(const std::vector<std::string> &names);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_PLOTCOLOURS_H
