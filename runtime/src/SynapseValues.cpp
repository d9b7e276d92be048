#include "SynapseValues.h"

#include "Failure.h"

#include <cmath>
#include <utility>

namespace snn::runtime {

void SynapseValues::compute(const RowRequest &request, const Contacts &contacts) {
  const snn_projection &declared = request.declared();
  size_t n = contacts.size();
  if (n == 0 || !(declared.amount_stored || declared.delay_stored))
    return;
  amounts.resize(declared.amount_stored ? n : 0);
  milliseconds.resize(declared.delay_stored ? n : 0);
  delays.resize(declared.delay_stored ? n : 0);
  const uint32_t *pre = contacts.pre.data(), *post = contacts.post.data();
  if (!contacts.reversed.empty()) { // a contact has the values of the pair as it has been drawn
    ends[0] = contacts.pre;
    ends[1] = contacts.post;
    for (size_t i = 0; i < n; ++i)
      if (contacts.reversed[i])
        std::swap(ends[0][i], ends[1][i]);
    pre = ends[0].data();
    post = ends[1].data();
  }
  request.state->model->synapses(request.state, request.drawnProjection(), n, pre, post,
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
