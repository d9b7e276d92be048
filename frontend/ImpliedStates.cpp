#include "frontend/ImpliedStates.h"

#include <limits>

using namespace snn;
using model::Variable;
using model::VariableKind;

Variable &ImpliedStates::add(std::string name, VariableKind kind, const model::Expr *value, llvm::SMRange range) {
  auto &made = definition.variables.emplace_back(std::make_unique<Variable>());
  made->name = std::move(name); // with a blank: no author can have declared it
  made->kind = kind;
  made->value = value;
  made->isImplied = true;
  made->index = definition.variables.size() - 1;
  made->range = range;
  return *made;
}

const Variable &ImpliedStates::since(llvm::StringRef event, llvm::SMRange range) {
  const Variable *&known = event == "pre" ? sincePre : sincePost;
  if (known)
    return *known;
  Value never = context.number(std::numeric_limits<double>::infinity(), Dimension::time(), range);
  Variable &made = add(("since " + event).str(), VariableKind::State, never.expr, range);
  made.dimension = Dimension::time();
  made.unit = {"ms", 1};
  return *(known = &made);
}

void ImpliedStates::lookBack(const model::Expr &expr) {
  Variable &made = add("delayed " + std::to_string(++delays), VariableKind::Past, &expr, expr.range);
  made.dimension = expr.dimension;
}

void ImpliedStates::complete() {
  auto follow = [&](const Variable *state, std::vector<model::Assignment> &handler) {
    if (!state)
      return;
    const Value rate = context.number(1, Dimension::number(), state->range), none = context.number(0, Dimension::time(), state->range);
    // Whatever the definition chooses for its own equations, this one counts.
    definition.equations.push_back({state, rate.expr, {.method = model::Method::Euler}, 0, state->range});
    handler.push_back({state, none.expr, state->range});
  };
  follow(sincePre, definition.onPre);
  follow(sincePost, definition.onPost);
}
