// `--emit=model`: the checked model as text.

#include "frontend/ModelPrintExpr.h"
#include "frontend/CheckDefinitions.h"
#include "frontend/ModelTraining.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

using namespace snn;
using namespace snn::model;
using llvm::StringLiteral;
using llvm::StringRef;

namespace {
class ModelPrinter {
public:
  explicit ModelPrinter(llvm::raw_ostream &output) : output(output) {}
  void print(const Definition &definition);
  void print(const Network &network);
  void print(const Experiment &experiment);

private:
  void printVariable(const Variable &variable);
  void printIntegration(const Integration &integration);
  void printDynamics(const Definition &definition);
  void printAssignments(StringRef indent, const std::vector<Assignment> &assignments);
  void printSettings(StringRef indent, const Use &use);
  void printProjection(const Projection &projection);
  void printConnectivity(const Connectivity &connect);
  void printGroup(const Group &group);
  void printCopies(const Experiment &experiment);
  void line(StringRef head, const Expr *expr, StringRef tail = "\n");

  llvm::raw_ostream &output;
};
} // namespace

static StringRef spelling(VariableKind kind) {
  switch (kind) {
  case VariableKind::Parameter:
    return "param";
  case VariableKind::Constant:
    return "const";
  case VariableKind::State:
    return "state";
  case VariableKind::Input:
    return "input";
  case VariableKind::Let:
    return "let";
  case VariableKind::Weight:
    return "weight";
  case VariableKind::Pre:
    return "pre";
  case VariableKind::Post:
    return "post";
  case VariableKind::Syn:
    return "syn";
  case VariableKind::Modulator:
  case VariableKind::ModulatorState:
    return "modulator";
  case VariableKind::Past:
    return "past";
  }
  llvm_unreachable("every kind is listed");
}

static StringRef spelling(Method method) {
  switch (method) {
  case Method::Default:
    return "";
  case Method::Exact:
    return " method exact";
  case Method::ExpEuler:
    return " method exp_euler";
  case Method::Euler:
    return " method euler";
  case Method::Rk2:
    return " method rk2";
  case Method::Rk4:
    return " method rk4";
  case Method::Heun:
    return " method heun";
  case Method::Milstein:
    return " method milstein";
  case Method::Adaptive:
    return " method adaptive";
  }
  llvm_unreachable("every method is listed");
}

static StringRef spelling(ConnectRule rule) {
  switch (rule) {
  case ConnectRule::OneToOne:
    return "one_to_one";
  case ConnectRule::AllToAll:
    return "all_to_all";
  case ConnectRule::Bernoulli:
    return "bernoulli";
  case ConnectRule::FixedIndegree:
    return "fixed_indegree";
  case ConnectRule::FixedOutdegree:
    return "fixed_outdegree";
  case ConnectRule::FixedTotal:
    return "fixed_total";
  case ConnectRule::Pairs:
    return "pairs";
  case ConnectRule::PairBernoulli:
    return "bernoulli";
  }
  llvm_unreachable("every rule is listed");
}

void ModelPrinter::line(StringRef head, const Expr *expr, StringRef tail) {
  output << head;
  if (expr)
    printExpr(*expr, output);
  output << tail;
}

std::string model::dimensionText(const Variable &variable) {
  if (variable.weightPower == Rational(0))
    return variable.dimension.str();
  bool isUnknown = variable.kind == VariableKind::Weight || variable.kind == VariableKind::Input;
  std::string text = isUnknown ? "any" : "w";
  if (variable.weightPower != Rational(1))
    text += "^" + variable.weightPower.str();
  if (!variable.dimension.isNumber())
    text += "*" + variable.dimension.str();
  return text;
}

void ModelPrinter::printIntegration(const Integration &integration) {
  output << spelling(integration.method);
  if (integration.method == Method::Adaptive) {
    output << "(tolerance = ";
    printNumber(integration.tolerance, output);
    output << ")";
  }
  if (integration.steps != 1)
    output << " steps " << integration.steps;
}

void ModelPrinter::printVariable(const Variable &variable) {
  static constexpr StringLiteral owners[] = {"", "pre ", "post ", ""};
  output << "  " << owners[static_cast<unsigned>(variable.owner)] << (variable.isShared ? "shared " : "") << spelling(variable.kind) << " "
         << variable.name << ": " << (variable.isEvent ? "event " : "") << dimensionText(variable);
  if (variable.readsAt)
    output << " at " << variable.readsAt->name;
  if (variable.value)
    line(" = ", variable.value, "");
  for (const Bound &bound : variable.bounds)
    line((" where " + llvm::Twine(relationText(bound.relation)) + " ").str(), bound.value, "");
  output << "\n";
}

void ModelPrinter::printAssignments(StringRef indent, const std::vector<Assignment> &assignments) {
  for (const Assignment &assignment : assignments)
    if (assignment.delivers)
      output << indent << "deliver\n";
    else
      line((llvm::Twine(indent) + (assignment.variable ? assignment.variable->name + " = " : "release ")).str(),
           assignment.value);
}

void ModelPrinter::printDynamics(const Definition &definition) {
  unsigned group = 0;
  for (const Equation &equation : definition.equations) {
    output << (equation.group != group ? "  then " : "  ");
    group = equation.group;
    line(equation.state->name + "' = ", equation.value, "");
    printIntegration(equation.integration);
    output << "\n";
  }
  if (!definition.integration.isDefault()) {
    output << " ";
    printIntegration(definition.integration);
    output << "\n";
  }
  for (const PeriodicUpdate &update : definition.periodic) {
    line("  every ", update.period);
    printAssignments("    ", update.body);
  }
  if (!definition.onStep.empty())
    output << "  on step\n";
  printAssignments("    ", definition.onStep);
  for (const EventHandler &handler : definition.onEvent) {
    output << "  on " << handler.input->name << "\n";
    printAssignments("    ", handler.body);
  }
  if (const auto &spike = definition.spike) {
    line(spike->kind == SpikeRule::Kind::Rate ? "  spike at rate " : "  spike when ", spike->condition, "");
    if (spike->threshold)
      line(" crosses ", spike->threshold, "");
    output << (spike->multiple ? ", multiple\n" : "\n");
    printAssignments("    ", spike->reset);
  }
  if (const auto &surrogate = definition.surrogate) {
    output << "  surrogate " << surrogate->function << "(";
    llvm::interleaveComma(surrogate->parameters, output, [&](const NamedNumber &parameter) {
      output << parameter.name << " = ";
      printNumber(parameter.value, output);
    });
    line(") of ", surrogate->argument);
  }
  if (const auto &refractory = definition.refractory) {
    line("  refractory ", refractory->duration, refractory->full ? " full holding " : " holding ");
    llvm::interleaveComma(refractory->held, output, [&](const Variable *held) { output << held->name; });
    output << "\n";
    printAssignments("    ", refractory->atEnd);
  }
  if (!definition.onPre.empty())
    output << "  on pre\n";
  printAssignments("    ", definition.onPre);
  if (!definition.onPost.empty())
    output << "  on post\n";
  printAssignments("    ", definition.onPost);
  for (const ModulatorHandler &handler : definition.onModulator) {
    output << "  on " << handler.modulator->name << "\n";
    printAssignments("    ", handler.body);
  }
  for (const ConditionHandler &handler : definition.onCondition) {
    line("  on ", handler.condition);
    printAssignments("    ", handler.body);
  }
  for (const Keep &keep : definition.keeps) {
    line("  keep " + keep.variable->name + " in ", keep.low, " .. ");
    line("", keep.high);
  }
  if (definition.result)
    line(definition.kind == DefinitionKind::Synapse ? "  output " : "  current = ", definition.result);
}

void ModelPrinter::print(const Definition &definition) {
  output << snn::spelling(definition.kind) << " " << definition.name << (definition.fromLibrary ? " of the library\n" : "\n");
  for (const auto &variable : definition.variables)
    printVariable(*variable);
  printDynamics(definition);
}

void ModelPrinter::printSettings(StringRef indent, const Use &use) {
  for (const Setting &setting : use.settings)
    line((llvm::Twine(indent) + setting.variable->name + " = ").str(), setting.value);
}

void ModelPrinter::printGroup(const Group &group) {
  output << group.population->name;
  if (group.begin != 0 || group.end != group.population->size)
    output << "[" << group.begin << ":" << group.end << "]";
}

void ModelPrinter::printConnectivity(const Connectivity &connect) {
  output << "    connect " << spelling(connect.rule);
  if (connect.number)
    line("(", connect.number, ")");
  if (connect.data)
    output << "(\"" << connect.data->path << "\"" << (connect.data->dataSet.empty() ? "" : ", \"" + connect.data->dataSet + "\"") << ")";
  if (connect.like)
    output << " like \"" << connect.like->name << "\"";
  output << (connect.autapses ? "" : " without autapses") << (connect.multapses ? "" : " without multapses")
         << (connect.procedural ? " procedural" : "");
  if (connect.reach)
    line(" within ", connect.reach, "");
  output << "\n";
}

void ModelPrinter::printProjection(const Projection &projection) {
  output << "  project ";
  printGroup(projection.source);
  output << " -> ";
  printGroup(projection.target);
  output << "." << projection.port->name << " as \"" << projection.name << "\"\n";
  if (projection.sourceAt)
    output << "    reads " << projection.sourceAt->name << " of the source\n";
  if (projection.mirrors)
    output << "    " << (projection.mirrors == &projection ? "both ways" : "mirrors \"" + projection.mirrors->name + "\"") << "\n";
  printConnectivity(projection.connect);
  if (projection.weight) {
    line("    weight ", projection.weight, ": ");
    output << projection.weightDimension.str() << (projection.trainable.isValid() ? " trainable\n" : "\n");
  }
  if (projection.total)
    line("    normalised per target to ", projection.total);
  if (projection.delay)
    line("    delay ", projection.delay, projection.delayShare == DelayShare::Dendritic ? " dendritic\n" : "\n");
  for (const Use *use : {&projection.synapse, &projection.output})
    if (use->definition) {
      output << "    " << (use->definition->kind == DefinitionKind::Synapse ? "synapse " : "output ")
             << use->definition->name << "\n";
      printSettings("      ", *use);
    }
  for (const Use &rule : projection.plasticity) {
    output << "    plasticity " << rule.definition->name << "\n";
    printSettings("      ", rule);
  }
  for (const ModulatorBinding &modulator : projection.modulators) {
    output << "    modulator " << modulator.name << " = ";
    printGroup(modulator.group);
    output << "\n";
  }
}

void ModelPrinter::print(const Network &network) {
  output << "network " << network.name << "\n";
  for (const auto &parameter : network.parameters)
    line("  param " + parameter->name + " = ", parameter->value);
  for (const auto &population : network.populations) {
    output << "  population " << population->name << " = " << population->model.definition->name << "["
           << population->size << "]" << (population->anonymous ? " private" : "");
    printIntegration(population->model.integration);
    output << "\n";
    for (auto [k, coordinate] : llvm::enumerate(population->layout.coordinates))
      line(std::string("    position.") + "xyz"[k] + " = ", coordinate);
    for (auto [k, period] : llvm::enumerate(population->layout.periods))
      line(std::string("    period of ") + "xyz"[k] + " ", period);
    printSettings("    ", population->model);
  }
  for (const Group &group : network.groups) {
    output << "  group " << group.name << " = ";
    printGroup(group);
    output << "\n";
  }
  for (const auto &projection : network.projections)
    printProjection(*projection);
}

void ModelPrinter::print(const Experiment &experiment) {
  output << "simulate " << experiment.network->name << "\n  dt ";
  printNumber(experiment.dt, output);
  output << "\n  duration ";
  printNumber(experiment.duration, output);
  output << "\n  seed " << experiment.seed << "\n  precision "
         << (experiment.precision == Precision::F32 ? "f32\n" : "f64\n");
  if (!experiment.integration.isDefault()) {
    output << " ";
    printIntegration(experiment.integration);
    output << "\n";
  }
  for (const Drive &drive : experiment.drives) {
    output << "  ";
    if (drive.every)
      line("every ", drive.every, ": ");
    printGroup(drive.group);
    std::string assignment = "." + drive.variable->name + (drive.adds ? " += " : " = ");
    if (drive.value)
      line(assignment, drive.value);
    else
      output << assignment << "external\n";
  }
  for (const Record &record : experiment.records) {
    output << "  record " << (record.isMean ? "mean " : "")
           << (record.what == Record::What::SynapseCurrent ? "current"
               : record.what == Record::What::Weight       ? "w"
               : record.variable                           ? StringRef(record.variable->name)
               : record.what == Record::What::Rate         ? "rate"
                                                           : "spikes")
           << " of ";
    if (record.projection)
      output << "\"" << record.projection->name << "\"";
    else
      printGroup(record.group);
    if (record.stride > 1)
      output << "[::" << record.stride << "]";
    if (record.firstSynapse || record.endSynapse)
      output << "[" << record.firstSynapse << ":" << (record.endSynapse ? std::to_string(*record.endSynapse) : "") << "]";
    if (record.every)
      line(" every ", record.every, "");
    if (record.from)
      line(" from ", record.from, "");
    if (record.until)
      line(" until ", record.until, "");
    output << "\n";
  }
  for (const WeightChange &change : experiment.changes) {
    line("  at ", change.time, ": ");
    line("\"" + change.projection->name + "\".w = ", change.value, change.condition ? "" : "\n");
    if (change.condition)
      line(" where ", change.condition);
  }
  printCopies(experiment);
  for (const SpikeTimes &spikes : experiment.spikes) {
    output << "  ";
    printGroup(spikes.group);
    output << ".spikes";
    if (spikes.data)
      output << " from \"" << spikes.data->path << "\""
             << (spikes.data->dataSet.empty() ? "" : ", \"" + spikes.data->dataSet + "\"");
    for (double time : spikes.times) {
      output << " ";
      printNumber(time, output);
    }
    output << "\n";
  }
  for (const StopRule &stop : experiment.stops) {
    output << "  stop when rate of ";
    printGroup(stop.group);
    line(" over ", stop.window, "");
    output << " "
           << (stop.relation == Op::Greater        ? ">"
               : stop.relation == Op::GreaterEqual ? ">="
               : stop.relation == Op::Less         ? "<"
                                                   : "<=");
    line(" ", stop.limit);
  }
  for (const WeightFile &file : experiment.loads)
    output << "  load weights of \"" << file.projection->name << "\" \"" << file.path << "\"\n";
  for (const WeightFile &file : experiment.saves)
    output << "  save weights of \"" << file.projection->name << "\" \"" << file.path << "\"\n";
}

void ModelPrinter::printCopies(const Experiment &experiment) {
  if (experiment.batch > 1)
    output << "  batch " << experiment.batch << (experiment.redraws ? " redraw connectivity\n" : "\n");
  for (const Sweep &sweep : experiment.sweeps) {
    output << "  set";
    for (const SetTarget &target : sweep.targets)
      output << " \"" << target.setting << "\"";
    output << " =";
    for (const auto &row : sweep.rows) {
      output << (&row == &sweep.rows.front() ? "" : ",");
      for (const Expr *value : row)
        line(" ", value, "");
    }
    output << "\n";
  }
}

void model::printModel(const Model &model, llvm::raw_ostream &output) {
  ModelPrinter printer(output);
  for (const auto &definition : model.definitions)
    printer.print(*definition);
  for (const auto &network : model.networks)
    printer.print(*network);
  for (const auto &experiment : model.experiments)
    printer.print(*experiment);
  for (const auto &training : model.trainings)
    printTraining(*training, output);
}
