// `part V1 = Column(scale = 0.1)`: a network in a network.

#include "frontend/CheckFold.h"
#include "frontend/CheckNetwork.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace snn;
using llvm::StringRef;

/// All parts of all networks together, since parts of parts may double at every level.
static constexpr unsigned mostParts = 10000;

/// Networks inside each other.
static constexpr unsigned deepest = 100;

NetworkNames::NetworkNames(const ast::NetworkStmt &syntax, const PartUse &partUse, StringRef name)
    : context(partUse.whole.context), syntax(syntax), network(partUse.whole.network), prefix(name.str() + "."),
      use(partUse) {
  checkOverrides();
  declareAll();
}

std::unique_ptr<NetworkNames> NetworkNames::makePart(const ast::PartStmt &part, const IndexCopy *inCopy,
                                                     const Declared &declared) {
  const ast::Name &name = part.network.model;
  const ast::NetworkStmt *inner = context.networkNamed(name);
  if (!inner)
    return nullptr;
  unsigned depth = 0;
  for (const NetworkNames *outer = this; outer; outer = outer->use ? &outer->use->whole : nullptr) {
    if (++depth > deepest) {
      context.error(DiagnosticCode::P5, name.range,
                    "more than " + llvm::Twine(deepest) + " networks inside each other");
      return nullptr;
    }
    if (&outer->syntax == inner) {
      context.error(DiagnosticCode::N6, name.range, "network `" + name.text + "` is part of itself")
          .note(inner->name.range, "it is declared here");
      return nullptr;
    }
  }
  if (++context.parts > mostParts) {
    context.error(DiagnosticCode::C1, name.range,
                  "the networks of the model have more than " + llvm::Twine(mostParts) + " parts");
    return nullptr;
  }
  CheckContext::InCopy inPart(context, part.name.range, "in this part of network `" + syntax.name.text + "`");
  return std::make_unique<NetworkNames>(*inner, PartUse{*this, part, inCopy}, declared.name);
}

/// The `param` or `const` of `network` called `name`, or null.
static const ast::VariableStmt *findOverridable(const ast::NetworkStmt &network, StringRef name) {
  for (const ast::Stmt *stmt : network.body.statements)
    if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
        variable && variable->keyword != ast::VariableKeyword::Let && variable->name.text == name)
      return variable;
  return nullptr;
}

void NetworkNames::checkOverrides() {
  llvm::StringMap<llvm::SMRange> given;
  for (const ast::Argument &argument : use->syntax.network.arguments) {
    if (!argument.name) {
      context.error(DiagnosticCode::N7, argument.value->range,
                    "what is given to a network has a name, as in `" + syntax.name.text + "(scale = 0.1)`");
      continue;
    }
    auto [first, isNew] = given.try_emplace(argument.name.text, argument.name.range);
    if (!isNew)
      context.error(DiagnosticCode::N2, argument.name.range, "`" + argument.name.text + "` is given twice")
          .note(first->second, "it is given here first");
    if (findOverridable(syntax, argument.name.text) || syntax.body.lacksNames)
      continue;
    NearestName nearest(argument.name.text);
    for (const ast::Stmt *stmt : syntax.body.statements)
      if (auto *variable = llvm::dyn_cast<ast::VariableStmt>(stmt);
          variable && variable->keyword != ast::VariableKeyword::Let)
        nearest.consider(variable->name.text);
    suggest(context
                .error(DiagnosticCode::N4, argument.name.range,
                       "network `" + syntax.name.text + "` has no `param` or `const` called `" + argument.name.text +
                           "`" + nearest.hint())
                .note(syntax.name.range, "`" + syntax.name.text + "` is declared here"),
            argument.name.range, nearest);
  }
}

/// What the part gives in the place of a default; nothing if it gives none. Empty after a report.
std::optional<Value> NetworkNames::overriddenValue(const ast::VariableStmt &variable, const Value &otherwise) {
  if (!use || variable.keyword == ast::VariableKeyword::Let)
    return std::nullopt;
  auto arguments = use->syntax.network.arguments;
  auto argument = llvm::find_if(arguments, [&](const auto &a) { return a.name.text == variable.name.text; });
  if (argument == arguments.end())
    return std::nullopt;
  InInstance there(use->whole, use->copy);
  WeightDimension none;
  ExpressionChecker checker(context, use->whole.scopes(), none);
  std::string what = "`" + variable.name.text.str() + "`";
  Value value = otherwise.isTruth() ? checker.checkTruth(*argument->value)
                                    : checker.checkAs(*argument->value, otherwise.dimension, what);
  if (!value || !otherwise)
    return Value();
  if (value.expr->kind == model::Expr::Kind::Draw) {
    context.error(DiagnosticCode::P6, argument->value->range, "a value drawn for a whole network is not supported yet");
    return Value();
  }
  if (variable.keyword == ast::VariableKeyword::Const && dependsOnParameter(*value.expr)) {
    context
        .error(DiagnosticCode::C9, argument->value->range,
               what + " is a `const`, so it cannot depend on a `param`, which may change at run time")
        .note(variable.name.range, "it is declared here");
    return Value();
  }
  return value;
}
