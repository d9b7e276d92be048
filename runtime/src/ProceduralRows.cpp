#include "ProceduralRows.h"

#include <algorithm>

namespace snn::runtime {

// As behind stored rows: vector code may read past the last synapse.
static constexpr uint64_t readPastEnd = SNN_LANES;

/// A row has at most this many synapses in a block.
static uint64_t longestRow(const RowRequest &request) {
  uint64_t targets = std::min<uint64_t>(request.window.size(), SNN_BLOCK_TARGETS);
  bool repeats = request.declared().rule == SNN_FIXED_OUTDEGREE && request.declared().multapses;
  return repeats ? request.planned->number : targets;
}

ProceduralRows::ProceduralRows(const RowRequest &request)
    : request(request), start((uint64_t(request.sources()) + 1) * sizeof(uint64_t)) {
  bool isEmpty = request.window.size() == 0 || request.sources() == 0;
  size_t count = isEmpty ? 0 : (uint64_t(request.window.size()) + SNN_BLOCK_TARGETS - 1) / SNN_BLOCK_TARGETS;
  size_t width = request.state->model->precision == SNN_F32 ? sizeof(float) : sizeof(double);
  uint64_t capacity = longestRow(request) + readPastEnd;
  drawn.resize(count);
  for (size_t b = 0; b < count; ++b) {
    targets.emplace_back(capacity * sizeof(uint16_t));
    amounts.emplace_back(request.declared().amount_stored ? capacity * width : 1);
    uint32_t firstTarget = request.window.begin - request.shareBegin + uint32_t(b) * SNN_BLOCK_TARGETS;
    blocks.push_back({firstTarget, start.as<uint64_t>(), targets[b].as<uint16_t>(),
                      request.declared().amount_stored ? amounts[b].as<void>() : nullptr, nullptr, nullptr, nullptr, nullptr,
                      nullptr, nullptr, 0});
  }
  if (!isEmpty)
    rule = ruleOf(request);
  uint32_t delay = isEmpty ? 0 : request.planned->delaySteps;
  table = {request.planned->source.begin, request.planned->source.end, delay, delay, uint32_t(count), blocks.data()};
}

void ProceduralRows::drawRow(uint64_t row) {
  contacts.clear();
  rule->append(row, contacts);
  values.compute(request, contacts);
  std::fill(drawn.begin(), drawn.end(), 0);
  bool isSingle = request.state->model->precision == SNN_F32, hasAmounts = request.declared().amount_stored;
  for (size_t i = 0; i < contacts.size(); ++i) {
    uint32_t post = contacts.post[i] - request.window.begin;
    size_t b = post / SNN_BLOCK_TARGETS;
    uint64_t at = drawn[b]++;
    targets[b].as<uint16_t>()[at] = uint16_t(post % SNN_BLOCK_TARGETS);
    if (hasAmounts && isSingle)
      amounts[b].as<float>()[at] = float(values.amounts[i]);
    else if (hasAmounts)
      amounts[b].as<double>()[at] = values.amounts[i];
  }
  drawnRow = row;
}

uint64_t ProceduralRows::draw(uint64_t block, uint64_t row) {
  if (row != drawnRow)
    drawRow(row);
  return drawn[block];
}

uint64_t ProceduralRows::bytes() const {
  uint64_t sum = start.size();
  for (size_t b = 0; b < blocks.size(); ++b)
    sum += targets[b].size() + amounts[b].size();
  return sum;
}

} // namespace snn::runtime
