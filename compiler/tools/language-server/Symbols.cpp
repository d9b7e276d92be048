#include "compiler/tools/language-server/Symbols.h"

using namespace snn;
using namespace snn::ast;
using namespace snn::editor;
using llvm::StringRef;
using llvm::lsp::SymbolKind;

void editor::forEachStatement(const Block &block, llvm::function_ref<void(const Stmt &)> visit) {
  for (const Stmt *stmt : block.statements) {
    visit(*stmt);
    if (auto *loop = llvm::dyn_cast<ForStmt>(stmt))
      forEachStatement(loop->body, visit);
    if (auto *guard = llvm::dyn_cast<GuardStmt>(stmt))
      forEachStatement(guard->body, visit);
    if (auto *choice = llvm::dyn_cast<IfStmt>(stmt)) {
      forEachStatement(choice->then, visit);
      forEachStatement(choice->otherwise, visit);
    }
  }
}

static void addMembers(const Block &block, std::vector<Symbol> &members) {
  forEachStatement(block, [&](const Stmt &stmt) {
    if (auto *data = llvm::dyn_cast<DataStmt>(&stmt))
      for (const DataEntry &entry : data->entries)
        members.push_back({entry.array, data, {}});
    if (Symbol symbol = symbolOf(stmt); symbol.name)
      members.push_back(std::move(symbol));
  });
}

Symbol editor::symbolOf(const Stmt &declaration) {
  Symbol symbol;
  symbol.declaration = &declaration;
  if (auto *definition = llvm::dyn_cast<DefinitionStmt>(&declaration)) {
    symbol.name = definition->name;
    addMembers(definition->body, symbol.members);
  } else if (auto *derived = llvm::dyn_cast<DerivedDefinitionStmt>(&declaration)) {
    symbol.name = derived->name;
  } else if (auto *function = llvm::dyn_cast<FunctionStmt>(&declaration)) {
    symbol.name = function->name;
  } else if (auto *network = llvm::dyn_cast<NetworkStmt>(&declaration)) {
    symbol.name = network->name;
    addMembers(network->body, symbol.members);
  } else if (auto *experiment = llvm::dyn_cast<ExperimentStmt>(&declaration)) {
    symbol.name = experiment->network;
    addMembers(experiment->body, symbol.members);
  } else if (auto *variable = llvm::dyn_cast<VariableStmt>(&declaration)) {
    symbol.name = variable->name;
  } else if (auto *population = llvm::dyn_cast<PopulationStmt>(&declaration)) {
    symbol.name = population->name;
    addMembers(population->settings, symbol.members);
  } else if (auto *group = llvm::dyn_cast<GroupStmt>(&declaration)) {
    symbol.name = group->name;
  } else if (auto *projection = llvm::dyn_cast<ProjectionStmt>(&declaration)) {
    symbol.name = projection->alias;
    addMembers(projection->body, symbol.members);
  } else if (auto *set = llvm::dyn_cast<IndexStmt>(&declaration)) {
    symbol.name = set->name;
  } else if (auto *table = llvm::dyn_cast<TableStmt>(&declaration)) {
    symbol.name = table->name;
  } else if (auto *part = llvm::dyn_cast<PartStmt>(&declaration)) {
    symbol.name = part->name;
  } else if (auto *mechanism = llvm::dyn_cast<UseStmt>(&declaration)) {
    symbol.name = mechanism->alias;
  }
  return symbol;
}

std::vector<Symbol> editor::symbolsOf(const File &file) {
  std::vector<Symbol> symbols;
  for (const Stmt *item : file.items)
    if (Symbol symbol = symbolOf(*item); symbol.name)
      symbols.push_back(std::move(symbol));
  return symbols;
}

static StringRef keywordOf(VariableKeyword keyword) {
  switch (keyword) {
  case VariableKeyword::Param:
    return "param";
  case VariableKeyword::Const:
    return "const";
  case VariableKeyword::State:
    return "state";
  case VariableKeyword::Input:
    return "input";
  case VariableKeyword::Let:
    return "let";
  case VariableKeyword::Weight:
    return "weight";
  case VariableKeyword::Pre:
    return "pre";
  case VariableKeyword::Post:
    return "post";
  case VariableKeyword::PreState:
    return "pre state";
  case VariableKeyword::PostState:
    return "post state";
  case VariableKeyword::Syn:
    return "syn";
  case VariableKeyword::Modulator:
    return "modulator";
  }
  llvm_unreachable("every keyword is listed");
}

static StringRef keywordOf(DefinitionKeyword keyword) {
  switch (keyword) {
  case DefinitionKeyword::Neuron:
    return "neuron";
  case DefinitionKeyword::Synapse:
    return "synapse";
  case DefinitionKeyword::Output:
    return "output";
  case DefinitionKeyword::Current:
    return "current";
  case DefinitionKeyword::Plasticity:
    return "plasticity";
  }
  llvm_unreachable("every keyword is listed");
}

StringRef Symbol::keyword() const {
  if (auto *variable = llvm::dyn_cast<VariableStmt>(declaration))
    return keywordOf(variable->keyword);
  if (auto *definition = llvm::dyn_cast<DefinitionStmt>(declaration))
    return keywordOf(definition->keyword);
  if (auto *derived = llvm::dyn_cast<DerivedDefinitionStmt>(declaration))
    return keywordOf(derived->keyword);
  switch (declaration->kind) {
  case StmtKind::Function:
    return "function";
  case StmtKind::Network:
    return "network";
  case StmtKind::Experiment:
    return llvm::cast<ExperimentStmt>(declaration)->trains ? "train" : "simulate";
  case StmtKind::Data:
    return "data";
  case StmtKind::Population:
    return llvm::cast<PopulationStmt>(declaration)->isSource ? "source" : "population";
  case StmtKind::Group:
    return "group";
  case StmtKind::Projection:
    return "project";
  case StmtKind::Index:
    return "index";
  case StmtKind::Table:
    return "table";
  case StmtKind::Part:
    return "part";
  case StmtKind::Use:
    return "use";
  default:
    return "declaration";
  }
}

SymbolKind Symbol::kind() const {
  switch (declaration->kind) {
  case StmtKind::Definition:
  case StmtKind::DerivedDefinition:
    return SymbolKind::Class;
  case StmtKind::Function:
    return SymbolKind::Function;
  case StmtKind::Network:
    return SymbolKind::Module;
  case StmtKind::Experiment:
    return SymbolKind::Event;
  case StmtKind::Population:
  case StmtKind::Group:
    return SymbolKind::Array;
  case StmtKind::Projection:
    return SymbolKind::Interface;
  default:
    return keyword() == "param" || keyword() == "const" ? SymbolKind::Constant : SymbolKind::Variable;
  }
}
