// What the checker makes of a `train`: the simulation of one sample, what is computed of it, and how weights follow from that.
//
// A loss is a number for each sample, and what training makes smaller is its mean over the samples of a batch. So nothing below has an
// axis of samples.

#ifndef SNN_FRONTEND_MODELTRAINING_H
#define SNN_FRONTEND_MODELTRAINING_H

#include "frontend/Model.h"

namespace snn::model {

/// How many numbers a value has for one sample: one, or one for every step, neuron or synapse.
struct Shape {
  bool perStep = false;
  uint64_t neurons = 0;                 ///< numbers per step, or of the sample; 0: a single one
  const Projection *synapses = nullptr; ///< one for each of its synapses, and none of the above

  bool isSingle() const { return !perStep && !neurons && !synapses; }
  friend bool operator==(const Shape &, const Shape &) = default;
};

/// An array of the file of `data`. Its first axis is that of the samples.
struct TrainingArray {
  enum class Use {
    Unused,
    Spikes, ///< (sample, step, neuron): how many spikes `group` gets
    Values, ///< for an input of `group`: (sample, step, neuron); of a label, as `shape` says, where a step is an axis before neurons
    Classes, ///< a label: whole numbers from 0 that are less than `classes`; one per sample, or per step
  };
  std::string name;
  const DataSource *data = nullptr;
  Use use = Use::Unused;
  Group group;                     ///< that it is given to; of a label none
  const Variable *input = nullptr; ///< that it is given to
  Shape shape;                     ///< without the axis of samples
  uint64_t classes = 0;
  Dimension dimension; ///< of values
  UnitSpelling unit;   ///< that values are in
  llvm::SMRange range;
};

enum class Reduction { Max, Min, Mean, Sum, Last };

/// Which axes a reduction takes away.
enum class Over { Time, Neurons, Everything };

/// Functions of two values, or of one, that are no elementwise operation.
enum class MeasureFunction {
  CrossEntropy,       ///< of logits, one per class, and the class of a label: the negative logarithm of its softmax
  BinaryCrossEntropy, ///< of logits and as many labels between 0 and 1; the mean over them
  MeanSquaredError,   ///< of two values of one shape, the mean over all their numbers
  MeanAbsoluteError,
  Accuracy, ///< 1 if the largest of the numbers is that of the class, else 0; it has no gradient
  Softmax,  ///< over neurons
};

/// One node of a loss or a metric, in base units. Operands are single numbers, which go with any shape, or have one shape.
struct Measure {
  enum class Kind {
    Number,   ///< `value`: made of numbers and the network's values
    State,    ///< `variable` of `group` after every step; of an input, as the step used it
    Spikes,   ///< of `group`: how many in every step
    Weights,  ///< of `projection`
    Label,    ///< `label`
    Apply,    ///< `op`, elementwise
    Reduce,   ///< `reduction` over the axes `over`; over several it is that of all numbers together
    Function, ///< `function`; of a value per step the mean over steps
  };
  Kind kind;
  Shape shape = {};
  Dimension dimension = {};
  llvm::SMRange range = {};
  const Expr *value = nullptr;
  Group group = {};
  const Variable *variable = nullptr;
  const Projection *projection = nullptr;
  const TrainingArray *label = nullptr;
  Op op = Op::Add;
  Reduction reduction = Reduction::Sum;
  Over over = Over::Everything;
  MeasureFunction function = MeasureFunction::CrossEntropy;
  std::vector<const Measure *> operands = {};
};

/// `adam(learning_rate = 1e-3)`, with every parameter. It acts on weights counted in the units of their projections.
struct Optimizer {
  std::string method; ///< one of `optimizers`, frontend/Optimizers.h
  std::vector<NamedNumber> parameters;
};

struct Training {
  Experiment
      sample; ///< the simulation of a sample; its `batch` is the number of samples that a step of the optimizer sees
  uint64_t epochs = 0; ///< how often it sees all samples
  std::vector<std::unique_ptr<TrainingArray>> arrays;
  double split = 1; ///< share of the samples that is trained on, the first ones; the metric is of the others
  const Measure *loss = nullptr;
  const Measure *metric = nullptr; ///< null: none
  Optimizer optimizer;
  std::vector<const Projection *> trained;
  std::string weightsFile; ///< empty: they are not saved
  llvm::SMRange keyword;   ///< `train`
};

/// Writes `training` as part of `printModel`.
void printTraining(const Training &training, llvm::raw_ostream &output);

} // namespace snn::model

#endif // SNN_FRONTEND_MODELTRAINING_H
