// What a host sees of the synapses of a projection, and the weights that it writes.

#include "Names.h"
#include "Quantity.h"
#include "Simulation.h"
#include "SynapseWalk.h"

#include <algorithm>
#include <cmath>

namespace snn::runtime {

namespace {
/// A synapse where it is stored.
struct FoundSynapse {
  uint64_t place;       ///< among those that are asked for
  uint64_t index;       ///< into the arrays of its block
  uint32_t pre, post;   ///< positions in the populations
  uint32_t delay;       ///< steps
};
} // namespace

static uint64_t countIn(const snn_rows &rows) {
  uint64_t count = 0;
  for (uint32_t b = 0; b < rows.n_blocks; ++b)
    count += synapsesOf(rows, rows.blocks[b]);
  return count;
}

/// Calls `visit(block, found)` for synapses [first, first + n) of a projection. Workers and blocks are in order of their targets.
template <typename Workers, typename Visit>
static void forEachOf(const Workers &workers, const snn_model &model, uint32_t projection, uint64_t first, uint64_t n, Visit visit) {
  uint64_t before = 0;
  for (const auto &memory : workers)
    memory->withRows(projection, [&](const snn_rows &rows) {
      uint32_t shareBegin = memory->worker.shares[model.projections[projection].target].begin;
      for (uint32_t b = 0; b < rows.n_blocks; ++b) {
        const snn_block &block = rows.blocks[b];
        uint64_t begin = before, end = before += synapsesOf(rows, block);
        if (end <= first || begin >= first + n)
          continue;
        std::vector<uint64_t> next = firstPositions(rows, block);
        forEachSynapse(rows, block, [&](uint32_t source, uint64_t synapse, uint32_t delay) {
          uint64_t place = begin + next[block.target[synapse]]++ - first; // wraps around in front of the first
          if (place < n)
            visit(block, FoundSynapse{place, synapse, source, shareBegin + block.first_target + block.target[synapse], delay});
        });
      }
    });
}

static double amountOf(const snn_model &model, const snn_block &block, uint64_t index) {
  return model.precision == SNN_F32 ? double(static_cast<const float *>(block.amount)[index])
                                    : static_cast<const double *>(block.amount)[index];
}

uint64_t Simulation::countSynapses(uint32_t projection) const {
  uint64_t count = 0;
  for (const auto &memory : workers)
    memory->withRows(projection, [&](const snn_rows &rows) { count += countIn(rows); });
  return count;
}

/// The projection of that name, with what depends on settings as it will be in the next step.
uint32_t Simulation::accessed(const char *projection) {
  requireBuilt("its connections can be seen");
  requireStanding("looking at connections");
  if (!projection)
    fail(SNN_WRONG_USE, "the name of the projection is a null pointer");
  uint32_t found = findProjection(model, projection);
  if (settingsChanged)
    prepare();
  return found;
}

static void requirePart(const char *name, uint64_t first, uint64_t n, uint64_t count) {
  if (first > count || n > count - first)
    fail(SNN_WRONG_USE, "`%s` has %llu synapses; %llu from synapse %llu on are too many", name,
         static_cast<unsigned long long>(count), static_cast<unsigned long long>(n), static_cast<unsigned long long>(first));
}

void Simulation::requireWeight(const snn_projection &projection) const {
  if (projection.weight_form == SNN_NO_WEIGHT)
    fail(SNN_WRONG_USE, "the synapses of `%s` have no weight", projection.name);
  if (projection.weight_form == SNN_WEIGHT_HIDDEN)
    fail(SNN_WRONG_USE, "the weights of `%s` are not kept: what an event adds is not proportional to the weight", projection.name);
}

void Simulation::requireWritable(uint32_t p) const {
  const snn_projection &projection = model.projections[p];
  requireWeight(projection);
  if (projection.procedural)
    fail(SNN_WRONG_USE, "the weights of `%s` cannot be written: they are drawn again for every spike and never stored",
         projection.name);
  if (projection.amount_stored)
    return;
  std::string setting = std::string(projection.name) + ".weight";
  bool isSetting = std::any_of(model.settings, model.settings + model.n_settings,
                               [&](const snn_setting &other) { return setting == other.name; });
  fail(SNN_WRONG_USE, "the weights of `%s` cannot be written one by one: all its synapses have the same%s%s%s", projection.name,
       isSetting ? ", the setting `" : "", isSetting ? setting.c_str() : "", isSetting ? "`" : "");
}

snn_connections Simulation::connections(const char *name) {
  uint32_t p = accessed(name);
  const snn_projection &projection = model.projections[p];
  const PlannedProjection &planned = plan.projections[p];
  bool isTold = projection.weight_form == SNN_WEIGHT_ITSELF || projection.weight_form == SNN_WEIGHT_SCALED;
  snn_connections found{};
  found.count = countSynapses(p);
  found.source = projection.source;
  found.target = projection.target;
  found.source_begin = planned.source.begin;
  found.source_end = planned.source.end;
  found.target_begin = planned.target.begin;
  found.target_end = planned.target.end;
  found.weight_form = projection.weight_form;
  found.writable = isTold && projection.amount_stored && !projection.procedural;
  found.unit = projection.weight_unit ? projection.weight_unit : "";
  found.scale = projection.weight_scale;
  return found;
}

void Simulation::readContacts(const char *name, uint64_t first, std::span<uint32_t> pre, std::span<uint32_t> post) {
  uint32_t p = accessed(name);
  requirePart(name, first, std::max(pre.size(), post.size()), countSynapses(p));
  contactsOf(p, first, pre, post);
}

void Simulation::contactsOf(uint32_t p, uint64_t first, std::span<uint32_t> pre, std::span<uint32_t> post) const {
  uint64_t n = std::max(pre.size(), post.size());
  forEachOf(workers, model, p, first, n, [&](const snn_block &, const FoundSynapse &found) {
    if (!pre.empty())
      pre[found.place] = found.pre;
    if (!post.empty())
      post[found.place] = found.post;
  });
}

void Simulation::readDelays(const char *name, uint64_t first, std::span<double> delays, const char *unit) {
  uint32_t p = accessed(name);
  requirePart(name, first, delays.size(), countSynapses(p));
  Conversion units = conversion({"a delay", "ms"}, unit);
  forEachOf(workers, model, p, first, delays.size(), [&](const snn_block &, const FoundSynapse &found) {
    delays[found.place] = units.fromBase(found.delay * plan.dt);
  });
}

/// Empty where an amount is the weight.
std::vector<double> Simulation::amountsPerWeight(uint32_t p, std::span<const uint32_t> pre, std::span<const uint32_t> post) const {
  if (model.projections[p].weight_form != SNN_WEIGHT_SCALED)
    return {};
  std::vector<double> amounts(pre.size());
  std::vector<uint64_t> unnamed(pre.size()); // nothing is drawn, so that no synapse needs a name
  model.synapses(&state, model.n_projections + model.n_changes + p, pre.size(), pre.data(), post.data(), unnamed.data(),
                 amounts.data(), nullptr);
  return amounts;
}

std::vector<double> Simulation::weightsOf(uint32_t p, uint64_t first, uint64_t n) const {
  std::vector<double> weights(n);
  std::vector<uint32_t> pre(n), post(n);
  forEachOf(workers, model, p, first, n, [&](const snn_block &block, const FoundSynapse &found) {
    weights[found.place] = block.amount ? amountOf(model, block, found.index) : amounts[p];
    pre[found.place] = found.pre;
    post[found.place] = found.post;
  });
  std::vector<double> perWeight = amountsPerWeight(p, pre, post);
  for (size_t i = 0; i < perWeight.size(); ++i)
    weights[i] /= perWeight[i];
  return weights;
}

void Simulation::readWeights(const char *name, uint64_t first, std::span<double> weights, const char *unit) {
  uint32_t p = accessed(name);
  requireWeight(model.projections[p]);
  requirePart(name, first, weights.size(), countSynapses(p));
  Conversion units = conversion({name, model.projections[p].weight_unit}, unit);
  std::vector<double> found = weightsOf(p, first, weights.size());
  std::transform(found.begin(), found.end(), weights.begin(), [&](double weight) { return units.fromBase(weight); });
}

/// Weights that only the host changes may be shared with other copies of the network, and what they were is part of what checkpoints
/// compare.
void Simulation::makeWritable(uint32_t p) {
  if (model.projections[p].plastic || hasWritten[p])
    return;
  connectivity();
  for (const auto &memory : workers)
    memory->own(model, p);
  hasWritten[p] = true;
}

void Simulation::forgetWritten(uint32_t p) {
  if (!hasWritten[p])
    return;
  for (const auto &memory : workers)
    memory->drop(p);
  hasWritten[p] = false;
}

/// In base units.
void Simulation::setWeights(uint32_t p, uint64_t first, std::span<const double> weights) {
  std::vector<uint32_t> pre(weights.size()), post(weights.size());
  contactsOf(p, first, pre, post);
  std::vector<double> perWeight = amountsPerWeight(p, pre, post);
  auto amount = [&](uint64_t k) { return perWeight.empty() ? weights[k] : weights[k] * perWeight[k]; };
  for (uint64_t k = 0; k < weights.size(); ++k)
    if (!std::isfinite(model.precision == SNN_F32 ? float(amount(k)) : amount(k)))
      fail(SNN_WRONG_VALUE, "weight %llu of `%s` is %g; it must be a finite number", static_cast<unsigned long long>(first + k),
           model.projections[p].name, weights[k]);
  makeWritable(p);
  forEachOf(workers, model, p, first, weights.size(), [&](const snn_block &block, const FoundSynapse &found) {
    void *stored = const_cast<void *>(block.amount);
    if (model.precision == SNN_F32)
      static_cast<float *>(stored)[found.index] = float(amount(found.place));
    else
      static_cast<double *>(stored)[found.index] = amount(found.place);
  });
}

void Simulation::writeWeights(const char *name, uint64_t first, std::span<const double> weights, const char *unit) {
  uint32_t p = accessed(name);
  requireWritable(p);
  requirePart(name, first, weights.size(), countSynapses(p));
  Conversion units = conversion({name, model.projections[p].weight_unit}, unit);
  std::vector<double> inBase(weights.size());
  std::transform(weights.begin(), weights.end(), inBase.begin(), [&](double weight) { return units.toBase(weight); });
  setWeights(p, first, inBase);
}

} // namespace snn::runtime
