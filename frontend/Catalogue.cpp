#include "frontend/Catalogue.h"

#include "frontend/CheckDefinitions.h"
#include "frontend/Frontend.h"
#include "frontend/Library.h"
#include "frontend/ModelPrintExpr.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace snn;
using llvm::StringRef;

/// Text of the source as it is written, without the indentation of the line it begins on.
static std::string writtenText(llvm::SMRange range, const llvm::SourceMgr &sources) {
  StringRef rest(range.Start.getPointer(), range.End.getPointer() - range.Start.getPointer());
  StringRef file = sources.getMemoryBuffer(sources.FindBufferContainingLoc(range.Start))->getBuffer();
  StringRef firstLine = file.drop_front(file.take_front(rest.begin() - file.begin()).rfind('\n') + 1);
  size_t indentation = firstLine.size() - firstLine.ltrim(' ').size();
  std::string text;
  while (!rest.empty()) {
    auto [line, next] = rest.split('\n');
    bool isFirst = text.empty();
    size_t blanks = line.size() - line.ltrim(' ').size();
    text += (isFirst ? "" : "\n") + line.drop_front(isFirst ? 0 : std::min(blanks, indentation)).str();
    rest = next;
  }
  return text;
}

static CatalogueVariable describe(const model::Variable &variable, const llvm::SourceMgr &sources) {
  CatalogueVariable entry{variable.kind, variable.name, dimensionText(variable), "", "", variable.documentation};
  if (variable.value)
    entry.value = writtenText(variable.value->range, sources);
  for (const model::Bound &bound : variable.bounds)
    entry.bounds += (entry.bounds.empty() ? "" : " and ") + relationText(bound.relation).str() + " " +
                    writtenText(bound.value->range, sources);
  return entry;
}

static void describeBody(const ast::Block &body, const llvm::SourceMgr &sources, CatalogueModel &entry) {
  for (const ast::Stmt *stmt : body.statements) {
    if (auto *method = llvm::dyn_cast<ast::MethodStmt>(stmt))
      entry.method = method->method.name.text.str();
    else if (!llvm::isa<ast::VariableStmt>(stmt))
      entry.dynamics.push_back(writtenText(stmt->range, sources));
  }
}

/// What a statement is about: "V'", "spike".
static StringRef subjectOf(StringRef statement) {
  statement.consume_front("then ");
  return statement.take_until([](char c) { return c == ' ' || c == '='; });
}

/// A model derived by other defaults behaves as its base does; one that extends it, but for what it replaces.
static void inheritBodies(std::vector<CatalogueModel> &models) {
  auto find = [&](StringRef name) {
    return llvm::find_if(models, [&](const CatalogueModel &model) { return model.name == name; });
  };
  for (CatalogueModel &model : models) {
    auto root = find(model.name);
    while (root != models.end() && !root->base.empty())
      root = find(root->base);
    if (root == models.end() || root->name == model.name)
      continue;
    std::vector<std::string> whole;
    for (const std::string &statement : root->dynamics)
      if (llvm::none_of(model.dynamics, [&](StringRef own) { return subjectOf(own) == subjectOf(statement); }))
        whole.push_back(statement);
    llvm::append_range(whole, model.dynamics);
    model.dynamics = whole;
    if (model.method.empty())
      model.method = root->method;
  }
}

static void readFile(const LibraryFile &file, std::vector<CatalogueModel> &models) {
  llvm::SourceMgr sources;
  Diagnostics diagnostics(sources);
  FrontendResult result = loadText(file.name, StringRef(file.text, file.size), sources, diagnostics);
  assert(result.model && "the library has no errors");
  for (const ast::Stmt *item : result.file->items) {
    auto *definition = llvm::dyn_cast<ast::DefinitionStmt>(item);
    auto *derived = llvm::dyn_cast<ast::DerivedDefinitionStmt>(item);
    if (!definition && !derived)
      continue;
    const model::Definition &checked =
        *result.model->findDefinition(definition ? definition->name.text : derived->name.text);
    CatalogueModel &entry = models.emplace_back();
    entry.kind = spelling(checked.kind).str();
    entry.name = checked.name;
    entry.file = file.name;
    entry.documentation = checked.documentation;
    entry.summary = summaryOf(checked.documentation);
    entry.dois = doisIn(checked.documentation);
    for (const auto &variable : checked.variables)
      if (!variable->isImplied)
        entry.variables.push_back(describe(*variable, sources));
    if (definition)
      describeBody(definition->body, sources, entry);
    entry.base = (definition ? definition->base : derived->base).text.str();
  }
}

std::vector<CatalogueVariable> CatalogueModel::variablesOf(model::VariableKind kind) const {
  std::vector<CatalogueVariable> found;
  llvm::copy_if(variables, std::back_inserter(found), [&](const CatalogueVariable &entry) { return entry.kind == kind; });
  return found;
}

std::vector<CatalogueModel> snn::readCatalogue() {
  std::vector<CatalogueModel> models;
  for (const LibraryFile &file : libraryFiles())
    readFile(file, models);
  inheritBodies(models);
  llvm::sort(models, [](const CatalogueModel &a, const CatalogueModel &b) {
    return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
  });
  return models;
}

std::vector<std::string> snn::doisIn(StringRef text) {
  std::vector<std::string> dois;
  while (true) {
    size_t begin = text.find("doi:");
    if (begin == StringRef::npos)
      return dois;
    text = text.drop_front(begin + 4);
    StringRef doi = text.take_until([](char c) { return c == ' ' || c == '\n' || c == ';' || c == ','; });
    // A DOI may have brackets of its own: 10.1016/S0896-6273(02)01092-9.
    while (doi.ends_with(".") || doi.ends_with(":") || (doi.ends_with(")") && doi.count(')') > doi.count('(')))
      doi = doi.drop_back();
    dois.push_back(doi.str());
  }
}

std::string snn::summaryOf(StringRef documentation) {
  std::string text;
  size_t open = StringRef::npos, depth = 0; // of the outermost bracket
  for (char c : documentation) {
    text += c == '\n' ? ' ' : c;
    if (c == '(' && depth++ == 0)
      open = text.size() - 1;
    if (c == ')' && depth > 0 && --depth == 0 && StringRef(text).drop_front(open).contains("doi:"))
      text.resize(StringRef(text).take_front(open).rtrim().size());
  }
  size_t end = text.find(". ");
  return StringRef(text).take_front(end).rtrim(". ").str();
}
