#include "compiler/tools/language-server/Symbols.h"

using namespace snn;
using namespace snn::ast;
using namespace snn::editor;
using llvm::StringRef;
using llvm::lsp::SymbolKind;

namespace {
/// Adds what the statements of a block declare.
void addMembers(const Block &block, std::vector<Symbol> &members) {
  for (const Stmt *stmt : block.statements) {
    Symbol symbol = symbolOf(*stmt);
    if (symbol.name)
      members.push_back(std::move(symbol));
  }
}
} // namespace

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
  default:
    return "declaration";
  }
}

static StringRef keywordOf(DefinitionKeyword keyword) {
  switch (keyword) {
  case DefinitionKeyword::Neuron:
    return "neuron";
  case DefinitionKeyword::Synapse:
    return "synapse";
  case DefinitionKeyword::Output:
    return "output";
  case DefinitionKeyword::Plasticity:
    return "plasticity";
  default:
    return "model";
  }
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
    return "simulate";
  case StmtKind::Population:
    return "population";
  case StmtKind::Group:
    return "group";
  case StmtKind::Projection:
    return "project";
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
