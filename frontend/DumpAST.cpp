#include "frontend/DumpAST.h"

#include "llvm/ADT/StringExtras.h"

namespace snn {

using namespace ast;

static llvm::StringRef spelling(DefinitionKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"neuron", "synapse", "output"};
  return spellings[static_cast<unsigned>(keyword)];
}

static llvm::StringRef spelling(VariableKeyword keyword) {
  static constexpr llvm::StringLiteral spellings[] = {"param", "const", "state", "input", "let", "weight", "pre", "post"};
  return spellings[static_cast<unsigned>(keyword)];
}

static void printNames(llvm::ArrayRef<Name> names, llvm::raw_ostream &output) {
  llvm::ListSeparator separator;
  for (const Name &name : names)
    output << separator << name.text;
}

/// The line of a statement, without its parts.
static void printHead(const Stmt &stmt, llvm::raw_ostream &output) {
  switch (stmt.kind) {
  case StmtKind::Definition: {
    auto &definition = llvm::cast<DefinitionStmt>(stmt);
    output << spelling(definition.keyword) << ' ' << definition.name.text;
    return;
  }
  case StmtKind::DerivedDefinition: {
    auto &derived = llvm::cast<DerivedDefinitionStmt>(stmt);
    output << spelling(derived.keyword) << ' ' << derived.name.text << " from " << derived.base.text;
    return;
  }
  case StmtKind::Function: {
    auto &function = llvm::cast<FunctionStmt>(stmt);
    output << "function " << function.name.text << " of ";
    printNames(function.parameters, output);
    return;
  }
  case StmtKind::Network:
    output << "network " << llvm::cast<NetworkStmt>(stmt).name.text;
    return;
  case StmtKind::Experiment:
    output << "simulate " << llvm::cast<ExperimentStmt>(stmt).network.text;
    return;
  case StmtKind::Variable: {
    auto &variable = llvm::cast<VariableStmt>(stmt);
    output << spelling(variable.keyword) << ' ' << variable.name.text;
    return;
  }
  case StmtKind::Equation: {
    auto &equation = llvm::cast<EquationStmt>(stmt);
    output << (equation.startsGroup ? "then equation " : "equation ") << equation.state.text;
    return;
  }
  case StmtKind::Spike: {
    auto &spike = llvm::cast<SpikeStmt>(stmt);
    static constexpr llvm::StringLiteral forms[] = {"when", "crossing", "rate"};
    output << "spike " << forms[static_cast<unsigned>(spike.form)] << (spike.multiple ? " multiple" : "");
    return;
  }
  case StmtKind::Refractory: {
    auto &refractory = llvm::cast<RefractoryStmt>(stmt);
    output << "refractory" << (refractory.full ? " full" : "");
    if (!refractory.held.empty())
      output << " holding ";
    printNames(refractory.held, output);
    return;
  }
  case StmtKind::Method:
    output << "method";
    return;
  case StmtKind::Handler:
    output << "on " << llvm::cast<HandlerStmt>(stmt).event.text;
    return;
  case StmtKind::Result:
    output << "result";
    return;
  case StmtKind::Assignment:
    output << "assign " << spelling(llvm::cast<AssignmentStmt>(stmt).op);
    return;
  case StmtKind::Population:
    output << "population " << llvm::cast<PopulationStmt>(stmt).name.text;
    return;
  case StmtKind::Group:
    output << "group " << llvm::cast<GroupStmt>(stmt).name.text;
    return;
  case StmtKind::Projection: {
    auto &projection = llvm::cast<ProjectionStmt>(stmt);
    output << "project";
    if (projection.alias)
      output << " as " << projection.alias.text;
    return;
  }
  case StmtKind::Clause:
    output << spelling(llvm::cast<ClauseStmt>(stmt).keyword);
    return;
  case StmtKind::Option:
    output << spelling(llvm::cast<OptionStmt>(stmt).keyword);
    return;
  case StmtKind::Record:
    output << "record ";
    printNames(llvm::cast<RecordStmt>(stmt).what, output);
    return;
  case StmtKind::Unsupported:
    output << "unsupported " << llvm::cast<UnsupportedStmt>(stmt).construct;
    return;
  }
}

void ASTPrinter::print(const Stmt &stmt) {
  printHead(stmt, line());
  output << '\n';
  indent();
  llvm::StringRef rest = stmt.documentation;
  while (!rest.empty()) {
    auto [first, behind] = rest.split('\n');
    line() << "## " << first << '\n';
    rest = behind;
  }
  printParts(stmt);
  dedent();
}

void ASTPrinter::print(const Block &block, llvm::StringRef label) {
  if (!block.range.isValid())
    return;
  if (!label.empty()) {
    line() << label << '\n';
    indent();
  }
  for (const Stmt *stmt : block.statements)
    print(*stmt);
  if (block.incomplete)
    line() << "incomplete\n";
  if (!label.empty())
    dedent();
}

void ASTPrinter::print(const ModelUse &use, llvm::StringRef label) {
  if (!use.model)
    return;
  line() << label << ": " << use.model.text << '\n';
  indent();
  for (const Argument &argument : use.arguments)
    print(argument);
  dedent();
}

void ASTPrinter::print(const MethodClause &method) {
  if (method.name)
    line() << "method: " << method.name.text << '\n';
}

void ASTPrinter::printParts(const VariableStmt &variable) {
  if (variable.dimension) {
    line() << "dimension:";
    print(*variable.dimension);
    output << '\n';
  }
  print(variable.value, "value");
  for (const BoundClause &bound : variable.bounds)
    print(bound.value, ("where " + spelling(bound.relation)).str());
}

void ASTPrinter::printParts(const Stmt &stmt) {
  if (auto *definition = llvm::dyn_cast<DefinitionStmt>(&stmt)) {
    print(definition->body, "");
  } else if (auto *derived = llvm::dyn_cast<DerivedDefinitionStmt>(&stmt)) {
    print(derived->settings, "");
  } else if (auto *function = llvm::dyn_cast<FunctionStmt>(&stmt)) {
    print(function->value);
  } else if (auto *network = llvm::dyn_cast<NetworkStmt>(&stmt)) {
    print(network->body, "");
  } else if (auto *experiment = llvm::dyn_cast<ExperimentStmt>(&stmt)) {
    print(experiment->body, "");
  } else if (auto *variable = llvm::dyn_cast<VariableStmt>(&stmt)) {
    printParts(*variable);
  } else if (auto *equation = llvm::dyn_cast<EquationStmt>(&stmt)) {
    print(equation->value);
    print(equation->method);
  } else if (auto *spike = llvm::dyn_cast<SpikeStmt>(&stmt)) {
    print(spike->condition);
    print(spike->threshold, "threshold");
    print(spike->reset, "reset");
  } else if (auto *refractory = llvm::dyn_cast<RefractoryStmt>(&stmt)) {
    print(refractory->duration);
    print(refractory->atEnd, "at end");
  } else if (auto *method = llvm::dyn_cast<MethodStmt>(&stmt)) {
    print(method->method);
  } else if (auto *handler = llvm::dyn_cast<HandlerStmt>(&stmt)) {
    print(handler->body, "");
  } else if (auto *result = llvm::dyn_cast<ResultStmt>(&stmt)) {
    print(result->value);
  } else if (auto *assignment = llvm::dyn_cast<AssignmentStmt>(&stmt)) {
    print(assignment->target);
    print(assignment->value);
  } else if (auto *population = llvm::dyn_cast<PopulationStmt>(&stmt)) {
    print(population->model, "model");
    print(population->size, "size");
    print(population->settings, "");
  } else if (auto *group = llvm::dyn_cast<GroupStmt>(&stmt)) {
    print(group->members);
  } else if (auto *projection = llvm::dyn_cast<ProjectionStmt>(&stmt)) {
    print(projection->source, "source");
    print(projection->target, "target");
    print(projection->body, "");
  } else if (auto *clause = llvm::dyn_cast<ClauseStmt>(&stmt)) {
    print(clause->value);
    print(clause->model, "model");
  } else if (auto *option = llvm::dyn_cast<OptionStmt>(&stmt)) {
    print(option->value);
  } else if (auto *record = llvm::dyn_cast<RecordStmt>(&stmt)) {
    print(record->group, "of");
    print(record->every, "every");
    print(record->from, "from");
  }
}

void printAST(const File &file, llvm::raw_ostream &output) {
  ASTPrinter printer(output);
  for (const Stmt *item : file.items)
    printer.print(*item);
  if (file.incomplete)
    output << "incomplete\n";
}

} // namespace snn
