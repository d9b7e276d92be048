#include "compiler/tools/snnc/LibraryText.h"

#include "llvm/Support/JSON.h"

namespace json = llvm::json;
using snn::model::VariableKind;

namespace snn::tool {

static json::Array namesOf(const std::vector<std::string> &texts) {
  json::Array array;
  for (const std::string &text : texts)
    array.push_back(text);
  return array;
}

/// An absent text is null rather than empty.
static json::Value orNull(const std::string &text) { return text.empty() ? json::Value(nullptr) : json::Value(text); }

static json::Array variablesOf(const CatalogueModel &model, VariableKind kind) {
  json::Array array;
  for (const CatalogueVariable &variable : model.variablesOf(kind))
    array.push_back(json::Object{{"name", variable.name},
                                 {"dimension", variable.dimension},
                                 {"value", orNull(variable.value)},
                                 {"where", orNull(variable.bounds)},
                                 {"documentation", orNull(variable.documentation)}});
  return array;
}

void printJson(llvm::ArrayRef<CatalogueModel> models, llvm::raw_ostream &output) {
  json::Array array;
  for (const CatalogueModel &model : models)
    array.push_back(json::Object{{"name", model.name},
                                 {"kind", model.kind},
                                 {"file", model.file},
                                 {"base", orNull(model.base)},
                                 {"summary", model.summary},
                                 {"documentation", model.documentation},
                                 {"dois", namesOf(model.dois)},
                                 {"constants", variablesOf(model, VariableKind::Constant)},
                                 {"parameters", variablesOf(model, VariableKind::Parameter)},
                                 {"weight", variablesOf(model, VariableKind::Weight)},
                                 {"states", variablesOf(model, VariableKind::State)},
                                 {"inputs", variablesOf(model, VariableKind::Input)},
                                 {"pre", variablesOf(model, VariableKind::Pre)},
                                 {"post", variablesOf(model, VariableKind::Post)},
                                 {"derived", variablesOf(model, VariableKind::Let)},
                                 {"dynamics", namesOf(model.dynamics)},
                                 {"method", orNull(model.method)}});
  output << llvm::formatv("{0:2}", json::Value(std::move(array))) << '\n';
}

} // namespace snn::tool
