#include "SynapseValues.h"

#include "Failure.h"

#include <cmath>

namespace snn::runtime {

void SynapseValues::compute(const RowRequest &request, const Contacts &contacts) {
  const snn_projection &declared = request.declared();
  size_t n = contacts.size();
  if (n == 0 || !(declared.amount_stored || declared.delay_stored))
    return;
  amounts.resize(declared.amount_stored ? n : 0);
  milliseconds.resize(declared.delay_stored ? n : 0);
  delays.resize(declared.delay_stored ? n : 0);
  request.state->model->synapses(request.state, request.projection, n, contacts.pre.data(), contacts.post.data(),
                                 contacts.element.data(), declared.amount_stored ? amounts.data() : nullptr,
                                 declared.delay_stored ? milliseconds.data() : nullptr);
  for (size_t i = 0; i < amounts.size(); ++i)
    if (!std::isfinite(amounts[i]))
      fail(SNN_WRONG_VALUE, "a weight of `%s` is not finite, from neuron %u to neuron %u", declared.name,
           contacts.pre[i], contacts.post[i]);
  for (size_t i = 0; i < milliseconds.size(); ++i)
    delays[i] = uint16_t(delaySteps(milliseconds[i], request.state->dt, declared.name));
}

} // namespace snn::runtime
