// `use NaF(g = 100 mS/cm^2) as na at Vd`: a membrane mechanism becomes variables and equations of the neuron, `na.m`,
// `na.g` and `na.current` among them.

#include "frontend/CheckCompose.h"
#include "frontend/SyntaxCopy.h"

using namespace snn;
using llvm::StringRef;
using model::VariableKind;

void ModelComposer::checkArguments(const ast::UseStmt &use, const model::Definition &mechanism) {
  for (const ast::Argument &argument : use.mechanism.arguments) {
    if (!argument.name) {
      context.error(DiagnosticCode::N7, argument.value->range,
                    "what is given to a mechanism has a name, as in `" + use.mechanism.model.text + "(g = 10 nS)`");
      fail();
      continue;
    }
    const model::Variable *variable = mechanism.find(argument.name.text);
    if (variable && (variable->kind == VariableKind::Parameter || variable->kind == VariableKind::State))
      continue;
    NearestName nearest(argument.name.text);
    for (const auto &other : mechanism.variables)
      if (other->kind == VariableKind::Parameter || other->kind == VariableKind::State)
        nearest.consider(other->name);
    suggest(context.error(DiagnosticCode::N4, argument.name.range,
                          "`" + mechanism.name + "` has no parameter or state `" + argument.name.text + "`" + nearest.hint())
                .note(mechanism.range, "`" + mechanism.name + "` is declared here"),
            argument.name.range, nearest);
    fail();
  }
}

/// What the mechanism's `post V` is: the neuron's variable of that name, or the one behind `at` in the place of `V`.
const ast::Expr *ModelComposer::readOfHost(const ast::UseStmt &use, const ast::VariableStmt &variable,
                                           const Statements &host) {
  bool isVoltage = variable.name.text == "V" && use.readsAt;
  ast::Name name = isVoltage ? use.readsAt : ast::Name{variable.name.text, use.range};
  bool isDeclared = llvm::any_of(host, [&](const ast::Stmt *stmt) {
    auto *declared = llvm::dyn_cast<ast::VariableStmt>(stmt);
    return declared && declared->name.text == name.text;
  });
  if (!isDeclared && !lacksNames) {
    context.error(DiagnosticCode::C7, name.range,
                  "`" + use.mechanism.model.text + "` reads `" + name.text + "` of the neuron, which has no variable of that name")
        .note(variable.name.range, "`" + variable.name.text + "` is declared here");
    fail();
  }
  auto *read = make<ast::NameExpr>(name.range);
  read->name = name.text;
  return read;
}

static const ast::Expr *argumentFor(const ast::UseStmt &use, StringRef name) {
  for (const ast::Argument &argument : use.mechanism.arguments)
    if (argument.name.text == name)
      return argument.value;
  return nullptr;
}

/// The dimension of a default, as the clause that would say so; null where that cannot be told from its literal.
static const ast::UnitExpr *dimensionOf(const ast::Expr *value) {
  if (auto *sign = llvm::dyn_cast_or_null<ast::UnaryExpr>(value))
    value = sign->operand;
  auto *number = llvm::dyn_cast_or_null<ast::NumberExpr>(value);
  return number ? number->unit : nullptr;
}

void ModelComposer::expandUse(const ast::UseStmt &use, const Statements &host, Statements &into) {
  const CheckedDefinition &checked = definitions.find(use.mechanism.model, model::DefinitionKind::Current);
  if (checked.failed)
    return fail();
  checkArguments(use, *checked.definition);
  Overrides changed;
  const ast::DefinitionStmt *syntax = definitions.rootOf(use.mechanism.model, changed);
  Statements parts = statementsOf(*syntax, changed);
  llvm::StringMap<StringRef> names;
  for (const ast::Stmt *stmt : parts)
    if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt))
      names[variable->name.text] = keep(use.alias.text + "." + variable->name.text);
  SyntaxCopy copy(context.arena, names);
  bool readsVoltage = false;
  for (const ast::Stmt *stmt : parts) {
    if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt)) {
      if (variable->keyword == ast::VariableKeyword::Post) {
        readsVoltage |= variable->name.text == "V";
        auto *read = new (context.arena) ast::VariableStmt(*copy.copy(*variable, readOfHost(use, *variable, host)));
        read->keyword = ast::VariableKeyword::Let;
        into.push_back(read);
        continue;
      }
      const ast::Expr *value = argumentFor(use, variable->name.text);
      auto change = changed.find(variable->name.text);
      if (!value && change != changed.end())
        value = copy.copy(change->second->value);
      auto *own = new (context.arena) ast::VariableStmt(*copy.copy(*variable, value));
      if (value && !own->dimension) // what is given has the dimension that was declared
        own->dimension = dimensionOf(variable->value);
      into.push_back(own);
    } else if (auto *equation = llvm::dyn_cast<ast::EquationStmt>(stmt)) {
      into.push_back(copy.copy(*equation));
    } else if (auto *result = llvm::dyn_cast<ast::ResultStmt>(stmt)) {
      auto *current = make<ast::VariableStmt>(result->range);
      current->keyword = ast::VariableKeyword::Let;
      current->name = {keep(use.alias.text + ".current"), use.alias.range};
      current->value = copy.copy(result->value);
      into.push_back(current);
    }
  }
  if (use.readsAt && !readsVoltage) {
    context.error(DiagnosticCode::C7, use.readsAt.range, "`" + use.mechanism.model.text + "` reads no `V`, so `at` has no meaning")
        .note(checked.definition->range, "`" + use.mechanism.model.text + "` is declared here");
    fail();
  }
}
