// Mistakes planted into right models: each one small change to one token, of the kind that happens while typing.

#ifndef SNN_TEST_UNIT_FRONTEND_PLANTEDMISTAKES_H
#define SNN_TEST_UNIT_FRONTEND_PLANTEDMISTAKES_H

#include <string>
#include <vector>

namespace snn::test {

struct PlantedMistake {
  const char *family; ///< such as "unit of another dimension"
  std::string text;   ///< the whole file with the mistake in it
  unsigned line;      ///< where it was planted, from 1
  size_t begin, end;  ///< bytes of the culprit in `text`; empty where something is missing
  std::string what;   ///< "`20 ms` became `20 mV`"
};

/// Every mistake that can be planted into `text`, which is a right model.
std::vector<PlantedMistake> plantMistakes(const std::string &text);

} // namespace snn::test

#endif // SNN_TEST_UNIT_FRONTEND_PLANTEDMISTAKES_H
