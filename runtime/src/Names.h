// What a host calls the parts of a program: settings, populations and groups, arrays over neurons.

#ifndef SNN_RUNTIME_NAMES_H
#define SNN_RUNTIME_NAMES_H

#include "Plan.h"

#include <string_view>

namespace snn::runtime {

/// Some neurons of one population.
struct NamedRange {
  uint32_t population;
  Range neurons;
};

/// A field of some neurons; `field` counts within the population.
struct NamedField {
  NamedRange range;
  uint32_t field;
};

/// These throw a `Failure` (SNN_WRONG_USE) with the nearest name there is.
uint32_t findSetting(const snn_model &model, std::string_view name);
NamedRange findRange(const snn_model &model, const Plan &plan, std::string_view name);
uint32_t findProjection(const snn_model &model, std::string_view name);
/// "N.V", "E.V", or "E -> N.g" for a state of a synapse that is kept per target.
NamedField findField(const snn_model &model, const Plan &plan, std::string_view name);

/// Numbers inside expressions and borders of slices have settings whose names nobody writes: "N.V#0", "N@3200".
bool isWritableName(std::string_view setting);

} // namespace snn::runtime

#endif // SNN_RUNTIME_NAMES_H
