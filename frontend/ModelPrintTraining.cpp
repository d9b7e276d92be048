// Trainings as text, for `--emit=model`.

#include "frontend/ModelPrintExpr.h"
#include "frontend/ModelTraining.h"

#include "llvm/ADT/STLExtras.h"

using namespace snn;
using namespace snn::model;
using llvm::StringRef;

static void printGroup(const Group &group, llvm::raw_ostream &output) {
  output << group.population->name;
  if (group.begin != 0 || group.end != group.population->size)
    output << "[" << group.begin << ":" << group.end << "]";
}

/// "step, neuron 20": the axes behind that of the samples.
static void printAxes(const Shape &shape, llvm::raw_ostream &output) {
  output << "(sample" << (shape.perStep ? ", step" : "");
  if (shape.neurons)
    output << ", " << shape.neurons;
  output << ")";
}

static StringRef spelling(Op op) {
  switch (op) {
  case Op::Neg:
    return "neg";
  case Op::Add:
    return "add";
  case Op::Sub:
    return "sub";
  case Op::Mul:
    return "mul";
  case Op::Div:
    return "div";
  case Op::Pow:
    return "pow";
  default:
    return functionText(op);
  }
}

static std::string nameOf(const Measure &measure) {
  static constexpr llvm::StringLiteral reductions[] = {"max", "min", "mean", "sum", "last"};
  static constexpr llvm::StringLiteral axes[] = {" over time", " over neurons", ""};
  static constexpr llvm::StringLiteral functions[] = {"cross_entropy", "binary_cross_entropy", "mse", "mae", "accuracy",
                                                      "softmax"};
  switch (measure.kind) {
  case Measure::Kind::Apply:
    return spelling(measure.op).str();
  case Measure::Kind::Reduce:
    return reductions[static_cast<unsigned>(measure.reduction)].str() + axes[static_cast<unsigned>(measure.over)].str();
  default:
    return functions[static_cast<unsigned>(measure.function)].str();
  }
}

/// Prefix notation: what is computed of a sample is a tree of functions.
static void print(const Measure &measure, llvm::raw_ostream &output) {
  switch (measure.kind) {
  case Measure::Kind::Number:
    return printExpr(*measure.value, output);
  case Measure::Kind::State:
  case Measure::Kind::Spikes:
    printGroup(measure.group, output);
    output << "." << (measure.variable ? StringRef(measure.variable->name) : StringRef("spikes"));
    return;
  case Measure::Kind::Weights:
    output << "\"" << measure.projection->name << "\".weight";
    return;
  case Measure::Kind::Label:
    output << measure.label->name;
    return;
  default:
    output << nameOf(measure) << "(";
    llvm::interleaveComma(measure.operands, output, [&](const Measure *operand) { print(*operand, output); });
    output << ")";
  }
}

static void print(const TrainingArray &array, llvm::raw_ostream &output) {
  output << "  data " << array.name << " ";
  printAxes(array.shape, output);
  if (array.input) {
    output << " -> ";
    printGroup(array.group, output);
    output << "." << (array.use == TrainingArray::Use::Spikes ? StringRef("spikes") : StringRef(array.input->name));
  } else if (array.use == TrainingArray::Use::Classes) {
    output << " of " << array.classes << " classes";
  }
  if (!array.unit.text.empty())
    output << " in " << array.unit.text;
  output << " from \"" << array.data->path << "\", \"" << array.data->dataSet << "\"\n";
}

void model::printTraining(const Training &training, llvm::raw_ostream &output) {
  const Experiment &sample = training.sample;
  output << "train " << sample.network->name << "\n  dt ";
  printNumber(sample.dt, output);
  output << "\n  duration ";
  printNumber(sample.duration, output);
  output << "\n  batch " << sample.batch << "\n  epochs " << training.epochs << "\n  seed " << sample.seed
         << "\n  precision " << (sample.precision == Precision::F32 ? "f32\n" : "f64\n");
  for (const auto &array : training.arrays)
    print(*array, output);
  output << "  split ";
  printNumber(training.split, output);
  for (auto [keyword, measure] : {std::pair("loss", training.loss), std::pair("metric", training.metric)})
    if (measure) {
      output << "\n  " << keyword << " ";
      print(*measure, output);
    }
  output << "\n  optimizer " << training.optimizer.method << "(";
  llvm::interleaveComma(training.optimizer.parameters, output, [&](const NamedNumber &parameter) {
    output << parameter.name << " = ";
    printNumber(parameter.value, output);
  });
  output << ")\n";
  for (const Projection *projection : training.trained)
    output << "  trains \"" << projection->name << "\"\n";
  if (!training.weightsFile.empty())
    output << "  save weights \"" << training.weightsFile << "\"\n";
}
