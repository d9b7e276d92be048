// `extends` and guards. What `use` does is in CheckMechanism.cpp, vectors are in CheckVectors.cpp.

#include "frontend/CheckCompose.h"

#include "llvm/ADT/DenseSet.h"

using namespace snn;
using llvm::StringRef;
using model::Expr;

static bool isWhole(const ast::DefinitionStmt &definition) {
  return !definition.base && llvm::none_of(definition.body.statements, [](const ast::Stmt *stmt) {
    auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
    return llvm::isa<ast::UseStmt, ast::GuardStmt>(stmt) || (variable && variable->size);
  });
}

const ast::DefinitionStmt *ModelComposer::compose(const ast::DefinitionStmt &definition) {
  if (isWhole(definition))
    return &definition;
  Statements parts = statementsOf(definition, overrides), whole;
  for (const ast::Stmt *stmt : parts)
    if (auto *use = llvm::dyn_cast<ast::UseStmt>(stmt))
      expandUse(*use, parts, whole);
    else
      whole.push_back(stmt);
  if (!failed)
    whole = expandVectors(whole);
  bool hasVectors = llvm::any_of(whole, [](const ast::Stmt *stmt) {
    auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
    return variable && variable->size;
  });
  if (failed && hasVectors)
    return nullptr; // nothing could be said about them
  auto *result = new (context.arena) ast::DefinitionStmt(definition);
  result->base = {};
  result->body.statements = llvm::ArrayRef<const ast::Stmt *>(whole).copy(context.arena);
  result->body.incomplete = incomplete || failed;
  result->body.lacksNames = lacksNames || failed;
  return result;
}

/// What a statement says something about. A model that extends another replaces what it says itself.
static std::string subjectOf(const ast::Stmt &stmt) {
  switch (stmt.kind) {
  case ast::StmtKind::Variable:
    return "variable " + llvm::cast<ast::VariableStmt>(stmt).name.text.str();
  case ast::StmtKind::Use:
    return "variable " + llvm::cast<ast::UseStmt>(stmt).alias.text.str();
  case ast::StmtKind::Equation:
    return "equation " + llvm::cast<ast::EquationStmt>(stmt).state.text.str();
  case ast::StmtKind::Handler:
    if (llvm::cast<ast::HandlerStmt>(stmt).condition)
      return "";
    return "on " + llvm::cast<ast::HandlerStmt>(stmt).event.text.str();
  case ast::StmtKind::Spike:
    return "spike";
  case ast::StmtKind::Refractory:
    return "refractory";
  case ast::StmtKind::Surrogate:
    return "surrogate";
  case ast::StmtKind::Method:
    return "method";
  case ast::StmtKind::Result:
    return "result";
  default:
    return "";
  }
}

ModelComposer::Statements ModelComposer::statementsOf(const ast::DefinitionStmt &definition, Overrides &changed) {
  incomplete |= definition.body.incomplete || definition.faulty;
  lacksNames |= definition.body.lacksNames;
  Statements base = baseOf(definition, changed), own;
  decideGuards(definition.body.statements, base, changed, own);
  llvm::StringMap<const ast::Stmt *> replacing;
  for (const ast::Stmt *stmt : own)
    if (std::string subject = subjectOf(*stmt); !subject.empty())
      replacing.try_emplace(subject, stmt);
  Statements all;
  llvm::DenseSet<const ast::Stmt *> placed;
  for (const ast::Stmt *stmt : base) {
    const ast::Stmt *replacement = replacing.lookup(subjectOf(*stmt));
    all.push_back(replacement ? replacement : stmt);
    placed.insert(replacement);
  }
  for (const ast::Stmt *stmt : own)
    if (!placed.contains(stmt))
      all.push_back(stmt);
  return all;
}

ModelComposer::Statements ModelComposer::baseOf(const ast::DefinitionStmt &definition, Overrides &changed) {
  if (!definition.base)
    return {};
  const CheckedDefinition &base = definitions.find(definition.base, kindOf(definition));
  if (base.failed) {
    fail();
    return {};
  }
  const ast::DefinitionStmt *syntax = definitions.rootOf(definition.base, changed);
  return statementsOf(*syntax, changed);
}

//===-- Guards --------------------------------------------------------------------------------------------------------===//

void ModelComposer::decideGuards(llvm::ArrayRef<const ast::Stmt *> statements, const Statements &base,
                                 const Overrides &changed, Statements &kept) {
  for (const ast::Stmt *stmt : statements) {
    auto *guard = llvm::dyn_cast<ast::GuardStmt>(stmt);
    if (!guard) {
      kept.push_back(stmt);
      continue;
    }
    incomplete |= guard->body.incomplete;
    lacksNames |= guard->body.lacksNames;
    Statements visible = base;
    visible.insert(visible.end(), statements.begin(), statements.end());
    if (holds(*guard, visible, changed))
      decideGuards(guard->body.statements, visible, changed, kept);
  }
}

/// What a model consists of is decided before the run, so all that it may ask for are constants.
Value ModelComposer::constant(const ast::Expr &expr, const Statements &visible, const Overrides &changed) {
  WeightDimension none;
  Scope own;
  own.incomplete = lacksNames;
  ScopeList scopes = {&own, &context.constants()};
  for (const ast::Stmt *stmt : visible) {
    auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
    if (!variable)
      continue;
    own.add(variable->name.text, [&, variable](llvm::SMRange range) -> Value {
      if (variable->keyword != ast::VariableKeyword::Const) {
        context.error(DiagnosticCode::M7, range,
                      "`" + variable->name.text + "` is not a `const`, but what a model consists of is decided before the run")
            .note(variable->name.range, "it is declared here");
        return {};
      }
      decisiveConstants.insert(variable->name.text);
      auto change = changed.find(variable->name.text);
      const ast::Expr *value = change == changed.end() ? variable->value : change->second->value;
      return value ? ExpressionChecker(context, scopes, none).check(*value) : Value();
    });
  }
  unsigned before = context.diagnostics.errorCount();
  Value value = ExpressionChecker(context, scopes, none).check(expr);
  if (value && (value.expr->kind == Expr::Kind::Truth || value.expr->kind == Expr::Kind::Number))
    return value;
  fail();
  if (value && context.diagnostics.errorCount() == before)
    context.error(DiagnosticCode::M7, expr.range, "the value of " + quoted(expr) + " is not known before the run");
  return {};
}

bool ModelComposer::holds(const ast::GuardStmt &guard, const Statements &visible, const Overrides &changed) {
  Value value = constant(*guard.condition, visible, changed);
  if (value && !value.isTruth()) {
    context.error(DiagnosticCode::U4, guard.condition->range,
                  quoted(*guard.condition) + " is a quantity, but a condition is needed here");
    fail();
  }
  return value.isTruth() && value.expr->number != 0;
}
