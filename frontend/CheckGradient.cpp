// Which weights a loss depends on in a way that has a gradient.
//
// The gradient of a loss goes from the states that it reads back along the projections. It passes from spikes to the states of the neuron
// that emits them only where that has a surrogate. What is found here is an upper bound: a weight that is not reached has no gradient,
// whatever the data are.

#include "frontend/CheckTraining.h"

#include "llvm/ADT/DenseSet.h"

using namespace snn;
using model::Measure;
using model::Population;
using model::Projection;

namespace {
class GradientWalk {
public:
  enum class Spikes { PassBySurrogates, Pass };
  GradientWalk(const model::Training &training, Spikes spikes) : network(*training.sample.network), spikes(spikes) {
    read(*training.loss);
    while (!pending.empty())
      visit(*pending.pop_back_val());
  }

  bool reaches(const Projection &projection) const { return weights.contains(&projection); }
  /// Neurons whose spikes are asked for, and which have no surrogate, in the order in which they are met.
  const llvm::SmallVector<const Population *> &barriers() const { return closed; }

private:
  void read(const Measure &measure) {
    if (!seen.insert(&measure).second)
      return;
    if (measure.kind == Measure::Kind::State)
      enter(*measure.group.population);
    else if (measure.kind == Measure::Kind::Spikes)
      enterBySpikes(*measure.group.population);
    else if (measure.kind == Measure::Kind::Weights)
      weights.insert(measure.projection);
    for (const Measure *operand : measure.operands)
      read(*operand);
  }

  void enter(const Population &population) {
    if (states.insert(&population).second)
      pending.push_back(&population);
  }

  void enterBySpikes(const Population &population) {
    if (population.model.definition->surrogate || spikes == Spikes::Pass)
      enter(population);
    else if (!llvm::is_contained(closed, &population))
      closed.push_back(&population);
  }

  /// The states of `population` count, and so does what is projected onto it.
  void visit(const Population &population) {
    for (const auto &projection : network.projections) {
      if (projection->target.population != &population)
        continue;
      weights.insert(projection.get());
      enterBySpikes(*projection->source.population);
      if (readsSource(*projection))
        enter(*projection->source.population);
      // Rules look at more than the source; how the loss depends on that is not followed any further.
      for (const model::ModulatorBinding &modulator : projection->modulators)
        enter(*modulator.group.population);
    }
  }

  static bool readsSource(const Projection &projection) {
    auto reads = [](const model::Use &use) {
      return use.definition && llvm::any_of(use.definition->variables, [](const auto &variable) {
               return variable->kind == model::VariableKind::Pre;
             });
    };
    return reads(projection.synapse) || reads(projection.output) || llvm::any_of(projection.plasticity, reads);
  }

  const model::Network &network;
  Spikes spikes;
  llvm::DenseSet<const Measure *> seen;
  llvm::DenseSet<const Population *> states;
  llvm::DenseSet<const Projection *> weights;
  llvm::SmallVector<const Population *> pending, closed;
};
} // namespace

void snn::warnOfUntrained(const model::Training &training, CheckContext &context) {
  if (!training.loss)
    return;
  GradientWalk gradient(training, GradientWalk::Spikes::PassBySurrogates),
      dependence(training, GradientWalk::Spikes::Pass);
  for (const Projection *projection : training.trained) {
    if (gradient.reaches(*projection))
      continue;
    if (!dependence.reaches(*projection)) {
      context
          .warning(DiagnosticCode::T9, projection->trainable,
                   "training never changes these weights: nothing that the loss reads depends on them")
          .note(training.loss->range, "the loss is here");
      continue;
    }
    const Population &barrier = *gradient.barriers().front();
    const model::Definition &definition = *barrier.model.definition;
    context
        .warning(DiagnosticCode::T9, projection->trainable,
                 "training never changes these weights: the loss depends on them through spikes only, and `" +
                     definition.name + "` has no `surrogate`, as in `surrogate relu(alpha = 0.3)`")
        .note(definition.range, "`" + definition.name + "` is declared here");
  }
}
