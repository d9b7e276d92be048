#include "frontend/CheckVectorSettings.h"

using namespace snn;
using llvm::StringRef;

unsigned snn::vectorLength(const model::Definition &definition, StringRef name) {
  unsigned length = 0;
  while (definition.find((name + "[" + llvm::Twine(length) + "]").str()))
    ++length;
  return length;
}

const ast::Expr *snn::listElement(const ast::ListExpr &list, unsigned k, CheckContext &context) {
  const ast::Expr *element = list.elements[k];
  if (!list.unit)
    return element;
  if (auto *number = llvm::dyn_cast<ast::NumberExpr>(element)) {
    auto *quantity = new (context.arena) ast::NumberExpr(*number);
    quantity->unit = number->unit ? number->unit : list.unit;
    return quantity;
  }
  if (auto *sign = llvm::dyn_cast<ast::UnaryExpr>(element))
    if (auto *number = llvm::dyn_cast<ast::NumberExpr>(sign->operand)) {
      auto *quantity = new (context.arena) ast::NumberExpr(*number);
      quantity->unit = number->unit ? number->unit : list.unit;
      auto *copy = new (context.arena) ast::UnaryExpr(*sign);
      copy->operand = quantity;
      return copy;
    }
  return element;
}

/// As `sumsOrPicks`; inside a sum every mention counts.
static bool dependsOnOthers(const ast::Expr &expr, StringRef name, bool inSum) {
  auto of = [&](const ast::Expr *part) { return dependsOnOthers(*part, name, inSum); };
  if (auto *own = llvm::dyn_cast<ast::NameExpr>(&expr))
    return inSum && own->name == name;
  if (auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr))
    return dependsOnOthers(*index->base, name, true);
  if (auto *unary = llvm::dyn_cast<ast::UnaryExpr>(&expr))
    return of(unary->operand);
  if (auto *binary = llvm::dyn_cast<ast::BinaryExpr>(&expr))
    return of(binary->left) || of(binary->right);
  if (auto *choice = llvm::dyn_cast<ast::IfExpr>(&expr))
    return of(choice->condition) || of(choice->thenValue) || of(choice->elseValue);
  auto *call = llvm::dyn_cast<ast::CallExpr>(&expr);
  if (!call || call->callee.text == "old")
    return false;
  bool sums = inSum || call->callee.text == "sum";
  return llvm::any_of(call->arguments, [&](const ast::Argument &argument) { return dependsOnOthers(*argument.value, name, sums); });
}

bool snn::sumsOrPicks(const ast::Expr &expr, StringRef name) { return dependsOnOthers(expr, name, false); }

SettingsSyntax snn::expandVectors(const SettingsSyntax &settings, const model::Definition &definition, CheckContext &context) {
  SettingsSyntax all;
  all.incomplete = settings.incomplete;
  for (const SettingSyntax &setting : settings.list) {
    unsigned length = definition.find(setting.name.text) ? 0 : vectorLength(definition, setting.name.text);
    if (length == 0) {
      all.list.push_back(setting);
      continue;
    }
    auto *list = llvm::dyn_cast<ast::ListExpr>(setting.value);
    if (list && list->elements.size() != length) {
      context.error(DiagnosticCode::M17, setting.value->range,
                    "`" + setting.name.text + "` has " + llvm::Twine(length) + " elements, but " + quoted(*setting.value, "its value") +
                        " has " + llvm::Twine(list->elements.size()));
      all.incomplete = true;
      continue;
    }
    for (unsigned k = 0; k < length; ++k) {
      std::string name = (setting.name.text + "[" + llvm::Twine(k) + "]").str();
      SettingSyntax element = setting;
      element.name.text = StringRef(name).copy(context.arena);
      if (list)
        element.value = listElement(*list, k, context);
      all.list.push_back(element);
    }
  }
  return all;
}
