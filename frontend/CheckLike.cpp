// `connect like NAME`: the contacts of another projection.

#include "frontend/CheckProjection.h"

using namespace snn;

const ast::CallExpr *snn::likeClause(const ast::ClauseStmt &clause) {
  auto *call = clause.value ? llvm::dyn_cast<ast::CallExpr>(clause.value) : nullptr;
  return call && call->callee.text == "like" ? call : nullptr;
}

bool snn::takesContacts(const ast::ProjectionStmt &projection) {
  return llvm::any_of(projection.body.statements, [](const ast::Stmt *stmt) {
    auto *clause = llvm::dyn_cast<ast::ClauseStmt>(stmt);
    return clause && clause->keyword == ast::ClauseKeyword::Connect && likeClause(*clause);
  });
}

static bool isSame(const model::Group &a, const model::Group &b) {
  return a.population == b.population && a.begin == b.begin && a.end == b.end;
}

static bool isLikeItself(const ast::Expr &name, NetworkNames &names) {
  const ast::ProjectionStmt *syntax = names.projectionSyntax(name);
  return syntax && takesContacts(*syntax);
}

const ast::ProjectionStmt *NetworkNames::projectionSyntax(const ast::Expr &expr) {
  Found found = find(expr);
  return found.what == Found::One ? llvm::dyn_cast<ast::ProjectionStmt>(found.one->syntax) : nullptr;
}

std::optional<model::Connectivity> ProjectionChecker::contactsOf(const ast::CallExpr &like) {
  auto reject = [&](llvm::SMRange range, const llvm::Twine &message) -> Diagnostic & {
    return context.error(DiagnosticCode::C14, range, message);
  };
  if (like.arguments.size() != 1 || like.arguments[0].name) {
    reject(like.range, "`like` takes the name of a projection, as in `connect like W`");
    return std::nullopt;
  }
  const ast::Expr &name = *like.arguments[0].value;
  auto found = names.projections(name);
  if (!found) {
    reject(name.range, quoted(name) + " is not the name of a projection; a projection is named by `as`, as in `project A -> B as W`");
    return std::nullopt;
  }
  if (isLikeItself(name, names)) {
    reject(name.range, quoted(name) + " has the contacts of another projection itself; name that one");
    return std::nullopt;
  }
  if (found->empty()) // in error, which has been reported
    return std::nullopt;
  if (found->size() > 1) {
    reject(name.range, quoted(name) + " is a family of projections, and the contacts are those of one");
    return std::nullopt;
  }
  const model::Projection &other = *found->front();
  const bool sameSource = isSame(other.source, projection->source), sameTarget = isSame(other.target, projection->target);
  if (!sameSource || !sameTarget) {
    reject(like.range, "`" + other.name + "` joins other " + (sameSource ? "targets" : "sources") +
                           " than this projection, so its contacts mean nothing here")
        .note(other.range, "it is declared here");
    return std::nullopt;
  }
  model::Connectivity contacts = other.connect;
  contacts.like = &other;
  contacts.range = like.range;
  return contacts;
}
