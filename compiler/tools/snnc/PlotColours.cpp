#include "compiler/tools/snnc/PlotColours.h"

#include <algorithm>
#include <cctype>

namespace snn::tool {

static bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// `letter` opens the name as a word of its own (`E`, `E2`, `E_fast`) or ends it after something else (`L23E`, `pyr_E`).
static bool hasLetter(std::string_view name, char letter) {
  if (name.empty())
    return false;
  bool opens = name.front() == letter && (name.size() == 1 || !isLetter(name[1]));
  bool closes = name.back() == letter && name.size() > 1 && !isLetter(name[name.size() - 2]);
  return opens || closes;
}

CellClass classify(std::string_view name) {
  // Of a member of a family, the index says what it is.
  if (size_t bracket = name.find('['); bracket != name.npos && name.back() == ']')
    name = name.substr(bracket + 1, name.size() - bracket - 2);
  // And of a part of a network, the last name.
  if (size_t point = name.rfind('.'); point != name.npos)
    name = name.substr(point + 1);
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  if (hasLetter(name, 'E') || lower.starts_with("exc") || lower.ends_with("exc") || lower.ends_with("excitatory"))
    return CellClass::Excitatory;
  if (hasLetter(name, 'I') || lower.starts_with("inh") || lower.ends_with("inh") || lower.ends_with("inhibitory"))
    return CellClass::Inhibitory;
  return CellClass::Other;
}

std::vector<std::string> chooseColours(const std::vector<std::string> &names) {
  static const char *const others[] = {"#333333", "#2e7d4f", "#c77c11", "#7b4fa3", "#1b8a94", "#8a5a3b"};
  std::vector<std::string> colours;
  size_t used = 0;
  for (const std::string &name : names) {
    CellClass cell = classify(name);
    if (cell == CellClass::Excitatory)
      colours.push_back("#1f5fa8");
    else if (cell == CellClass::Inhibitory)
      colours.push_back("#c4342d");
    else
      colours.push_back(others[used++ % std::size(others)]);
  }
  return colours;
}

} // namespace snn::tool
