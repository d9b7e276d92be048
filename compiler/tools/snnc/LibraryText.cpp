#include "compiler/tools/snnc/LibraryText.h"

#include "llvm/ADT/STLExtras.h"

using llvm::StringRef;
using snn::model::VariableKind;

namespace snn::tool {

namespace {

/// Lines of columns, each as wide as its widest entry. A column that is empty throughout takes no room.
class Columns {
public:
  void add(std::vector<std::string> row) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t k = 0; k < row.size(); ++k)
      widths[k] = std::max(widths[k], row[k].size());
    rows.push_back(std::move(row));
  }

  void print(llvm::raw_ostream &output) const {
    for (const std::vector<std::string> &row : rows) {
      std::string line;
      for (size_t k = 0; k < row.size(); ++k)
        if (widths[k])
          line += "  " + row[k] + std::string(widths[k] - row[k].size(), ' ');
      output << StringRef(line).rtrim() << '\n';
    }
  }

private:
  std::vector<size_t> widths;
  std::vector<std::vector<std::string>> rows;
};

} // namespace

void printList(llvm::ArrayRef<CatalogueModel> models, llvm::raw_ostream &output) {
  while (!models.empty()) {
    StringRef kind = models.front().kind;
    output << (kind == "plasticity" ? "plasticity rules" : kind.str() + "s") << '\n';
    Columns columns;
    for (; !models.empty() && models.front().kind == kind; models = models.drop_front()) {
      const CatalogueModel &model = models.front();
      columns.add({model.name, model.summary, model.dois.empty() ? "" : "doi:" + model.dois.front()});
    }
    columns.print(output);
    output << '\n';
  }
  output << "`snnc models NAME` prints equations, parameters and documentation of a model.\n";
}

static std::string asOneLine(StringRef text) {
  std::string line = text.str();
  llvm::replace(line, '\n', ' ');
  return line;
}

static void printVariables(const CatalogueModel &model, VariableKind kind, StringRef heading,
                           llvm::raw_ostream &output) {
  std::vector<CatalogueVariable> variables = model.variablesOf(kind);
  if (variables.empty())
    return;
  output << '\n' << heading << '\n';
  Columns columns;
  for (const CatalogueVariable &variable : variables)
    columns.add({variable.name, variable.value.empty() ? "" : "= " + asOneLine(variable.value),
                 variable.bounds.empty() ? "" : "where " + variable.bounds, variable.dimension,
                 asOneLine(variable.documentation)});
  columns.print(output);
}

static void printIndented(StringRef text, llvm::raw_ostream &output) {
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    output << "  " << line << '\n';
    text = rest;
  }
}

void printModel(const CatalogueModel &model, llvm::raw_ostream &output) {
  output << model.kind << ' ' << model.name;
  if (!model.base.empty())
    output << ", which is " << model.base << " with other defaults";
  output << " (" << model.file << ")\n";
  if (!model.documentation.empty())
    output << '\n' << model.documentation << '\n';

  printVariables(model, VariableKind::Constant, "constants", output);
  printVariables(model, VariableKind::Parameter, "parameters", output);
  printVariables(model, VariableKind::Weight, "weight", output);
  printVariables(model, VariableKind::State, "states", output);
  printVariables(model, VariableKind::Input, "inputs", output);
  printVariables(model, VariableKind::Pre, "of the source neuron", output);
  printVariables(model, VariableKind::Post, "of the target neuron", output);
  printVariables(model, VariableKind::Let, "derived quantities", output);
  if (!model.dynamics.empty()) {
    output << "\ndynamics\n";
    for (const std::string &statement : model.dynamics)
      printIndented(statement, output);
  }
  bool isIntegrated = llvm::any_of(model.dynamics, [](StringRef line) { return line.contains("' ="); });
  if (isIntegrated)
    output << "\nmethod\n  " << (model.method.empty() ? "chosen by the compiler" : model.method) << '\n';
}

} // namespace snn::tool
