#include "frontend/DumpAST.h"

namespace snn {

using namespace ast;

static llvm::StringRef spelling(DefinitionKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"neuron", "synapse", "output", "current", "plasticity"};
  return spellings[static_cast<unsigned>(keyword)];
}

static llvm::StringRef spelling(VariableKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"param",  "const", "state", "input",     "let",
                                                      "weight", "pre",   "post",  "pre state", "post state", "syn", "modulator"};
  return spellings[static_cast<unsigned>(keyword)];
}

static llvm::StringRef spelling(SpikeKeyword form) {
  static constexpr llvm::StringLiteral spellings[] = {"when", "crossing", "rate"};
  return spellings[static_cast<unsigned>(form)];
}

/// `V, w`
static std::string joined(llvm::ArrayRef<Name> names) {
  std::string text;
  for (const Name &name : names)
    text += (text.empty() ? "" : ", ") + name.text.str();
  return text;
}

/// `P[a, b]`
static std::string withIndices(const Name &name, Indices indices) {
  return name.text.str() + (indices.empty() ? "" : "[" + joined(indices) + "]");
}

void ASTPrinter::print(const Block &block) {
  for (const Stmt *stmt : block.statements)
    print(*stmt);
  if (block.incomplete)
    Node(*this, "incomplete");
}

void ASTPrinter::print(const Block &block, llvm::StringRef label) {
  if (!block.range.isValid())
    return;
  Node node(*this, label);
  print(block);
}

void ASTPrinter::print(const ModelUse &use) {
  if (!use.model)
    return;
  Node node(*this, "model: " + use.model.text);
  for (const Argument &argument : use.arguments)
    print(argument);
}

void ASTPrinter::print(const MethodClause &method) {
  if (!method.name && !method.steps)
    return;
  Node node(*this, "method: " + method.name.text);
  for (const Argument &argument : method.arguments)
    print(argument);
  print(method.steps, "steps");
}

void ASTPrinter::visit(const DefinitionStmt &definition) {
  std::string base = definition.base ? " extends " + definition.base.text.str() : "";
  Node node(*this, spelling(definition.keyword) + " " + definition.name.text + base, definition.documentation);
  print(definition.body);
}

void ASTPrinter::visit(const DerivedDefinitionStmt &derived) {
  Node node(*this, spelling(derived.keyword) + " " + derived.name.text + " from " + derived.base.text,
            derived.documentation);
  print(derived.settings);
}

void ASTPrinter::visit(const FunctionStmt &function) {
  Node node(*this, "function " + function.name.text + " of " + joined(function.parameters), function.documentation);
  print(function.value);
}

void ASTPrinter::visit(const NetworkStmt &network) {
  Node node(*this, "network " + network.name.text, network.documentation);
  print(network.body);
}

void ASTPrinter::visit(const ImportStmt &import) {
  Node(*this, "import \"" + import.path + "\"", import.documentation);
}

void ASTPrinter::visit(const ExperimentStmt &experiment) {
  Node node(*this, (experiment.trains ? "train " : "simulate ") + experiment.network.text, experiment.documentation);
  print(experiment.body);
}

void ASTPrinter::visit(const VariableStmt &variable) {
  std::string shared = variable.isShared ? "shared " : "", event = variable.isEvent ? " of events" : "";
  Node node(*this, shared + spelling(variable.keyword) + " " + variable.name.text + event, variable.documentation);
  print(variable.size, "size");
  if (variable.dimension)
    Node(*this, "dimension: [" + factorsText(*variable.dimension) + "]");
  if (variable.readsAt)
    Node(*this, "at: " + variable.readsAt.text);
  print(variable.value, "value");
  for (const BoundClause &bound : variable.bounds)
    print(bound.value, ("where " + spelling(bound.relation)).str());
}

void ASTPrinter::visit(const EquationStmt &equation) {
  Node node(*this, (equation.startsGroup ? "then equation " : "equation ") + equation.state.text,
            equation.documentation);
  print(equation.value);
  print(equation.method);
}

void ASTPrinter::visit(const SpikeStmt &spike) {
  Node node(*this, "spike " + spelling(spike.form) + (spike.multiple ? " multiple" : ""), spike.documentation);
  print(spike.condition);
  print(spike.threshold, "threshold");
  print(spike.reset, "reset");
}

void ASTPrinter::visit(const RefractoryStmt &refractory) {
  std::string held = refractory.held.empty() ? "" : " holding " + joined(refractory.held);
  Node node(*this, (refractory.full ? "refractory full" : "refractory") + held, refractory.documentation);
  print(refractory.duration);
  print(refractory.atEnd, "at end");
}

void ASTPrinter::visit(const MethodStmt &method) {
  Node node(*this, "method", method.documentation);
  print(method.method);
}

void ASTPrinter::visit(const HandlerStmt &handler) {
  Node node(*this, handler.condition ? "on condition" : "on " + handler.event.text.str(), handler.documentation);
  print(handler.condition);
  print(handler.body);
}

void ASTPrinter::visit(const PeriodicStmt &periodic) {
  Node node(*this, "every", periodic.documentation);
  print(periodic.period);
  print(periodic.body);
}

void ASTPrinter::visit(const UseStmt &use) {
  std::string readsAt = use.readsAt ? " at " + use.readsAt.text.str() : "";
  Node node(*this, "use as " + use.alias.text + readsAt, use.documentation);
  print(use.mechanism);
}

void ASTPrinter::visit(const GuardStmt &guard) {
  Node node(*this, "if", guard.documentation);
  print(guard.condition);
  print(guard.body);
}

void ASTPrinter::visit(const KeepStmt &keep) {
  Node node(*this, "keep " + keep.variable.text, keep.documentation);
  print(keep.low, "from");
  print(keep.high, "to");
}

void ASTPrinter::visit(const ReleaseStmt &release) {
  Node node(*this, "release", release.documentation);
  print(release.value);
}

void ASTPrinter::visit(const DeliverStmt &deliver) { Node(*this, "deliver", deliver.documentation); }

void ASTPrinter::visit(const ResultStmt &result) {
  Node node(*this, "result", result.documentation);
  print(result.value);
}

void ASTPrinter::visit(const AssignmentStmt &assignment) {
  Node node(*this, "assign " + ast::spelling(assignment.op), assignment.documentation);
  print(assignment.target);
  print(assignment.value);
  if (assignment.condition)
    print(assignment.condition);
}

void ASTPrinter::visit(const IndexStmt &index) {
  Node(*this, "index " + index.name.text + " of " + joined(index.members), index.documentation);
}

void ASTPrinter::visit(const TableStmt &table) {
  std::string axes;
  for (const TableAxis &axis : table.axes)
    axes += (axes.empty() ? "" : ", ") + (axis.bound ? axis.bound.text.str() + " in " : "") + axis.set.text.str();
  Node node(*this, "table " + table.name.text + " over " + axes, table.documentation);
  print(table.value);
}

void ASTPrinter::visit(const ForStmt &loop) {
  Node node(*this, "for " + bindersText(loop.binders), loop.documentation);
  print(loop.condition, "if");
  print(loop.body);
}

void ASTPrinter::visit(const IfStmt &choice) {
  Node node(*this, "if", choice.documentation);
  print(choice.condition, "condition");
  print(choice.then, "then");
  print(choice.otherwise, "else");
}

void ASTPrinter::visit(const PartStmt &part) {
  Node node(*this, "part " + withIndices(part.name, part.indices), part.documentation);
  print(part.network);
}

void ASTPrinter::visit(const PopulationStmt &population) {
  Node node(*this, (population.isSource ? "source " : "population ") + withIndices(population.name, population.indices),
            population.documentation);
  print(population.model);
  print(population.size, "size");
  print(population.settings);
}

void ASTPrinter::visit(const GroupStmt &group) {
  Node node(*this, "group " + withIndices(group.name, group.indices), group.documentation);
  print(group.members);
}

void ASTPrinter::visit(const ProjectionStmt &projection) {
  static constexpr llvm::StringLiteral labels[] = {"project", "gap_junction one way", "gap_junction both ways"};
  llvm::StringRef label = labels[static_cast<unsigned>(projection.coupling)];
  Node node(*this, projection.alias ? label.str() + " as " + withIndices(projection.alias, projection.indices) : label.str(),
            projection.documentation);
  print(projection.source, "source");
  print(projection.target, "target");
  print(projection.body);
}

void ASTPrinter::visit(const PositionStmt &position) {
  Node node(*this, position.periodic.isValid() ? "position periodic" : "position", position.documentation);
  print(position.value);
}

void ASTPrinter::visit(const ClauseStmt &clause) {
  Node node(*this, ast::spelling(clause.keyword) + (clause.trainable.isValid() ? " trainable" : ""), clause.documentation);
  print(clause.value);
  print(clause.total, "normalised per target to");
  print(clause.model);
}

void ASTPrinter::visit(const OptionStmt &option) {
  Node node(*this, ast::spelling(option.keyword) + (option.redraws ? " redraw connectivity" : ""), option.documentation);
  print(option.value);
}

void ASTPrinter::visit(const RecordStmt &record) {
  Node node(*this, (record.isMean ? "record mean " : "record ") + joined(record.what), record.documentation);
  print(record.group, "of");
  print(record.every, "every");
  print(record.from, "from");
  print(record.until, "until");
}

void ASTPrinter::visit(const SetStmt &set) {
  Node node(*this, "set", set.documentation);
  for (const Expr *target : set.targets)
    print(target, "target");
  for (llvm::ArrayRef<const Expr *> row : set.values) {
    Node values(*this, "values");
    for (const Expr *value : row)
      print(value);
  }
}

void ASTPrinter::visit(const StopStmt &stop) {
  Node node(*this, "stop when rate " + ast::spelling(stop.relation), stop.documentation);
  print(stop.group, "of");
  print(stop.window, "over");
  print(stop.limit, "limit");
}

void ASTPrinter::visit(const TimedStmt &timed) {
  Node node(*this, ast::spelling(timed.keyword), timed.documentation);
  print(timed.time, "time");
  print(timed.body);
}

void ASTPrinter::visit(const SurrogateStmt &surrogate) {
  Node node(*this, "surrogate", surrogate.documentation);
  print(surrogate.function);
  print(surrogate.argument, "of");
}

void ASTPrinter::visit(const DataStmt &data) {
  Node node(*this, "data", data.documentation);
  for (const DataEntry &entry : data.entries) {
    Node array(*this, "array " + entry.array.text);
    print(entry.target, "to");
  }
  print(data.file, "from");
  print(data.split, "split");
}

void ASTPrinter::visit(const ObjectiveStmt &objective) {
  Node node(*this, objective.isMetric ? "metric" : "loss", objective.documentation);
  print(objective.value);
}

void ASTPrinter::visit(const OptimizerStmt &optimizer) {
  Node node(*this, "optimizer", optimizer.documentation);
  print(optimizer.method);
}

void ASTPrinter::visit(const WeightFileStmt &statement) {
  Node node(*this, statement.loads ? "load weights" : "save weights", statement.documentation);
  for (const Expr *projection : statement.projections)
    print(projection, "of");
  print(statement.file, "file");
}

void ASTPrinter::visit(const MisplacedStmt &misplaced) {
  Node(*this, "misplaced " + misplaced.construct, misplaced.documentation);
}

} // namespace snn
