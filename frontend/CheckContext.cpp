#include "frontend/CheckContext.h"

#include "frontend/CheckIndex.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

#include <numbers>

using namespace snn;
using llvm::SMRange;
using llvm::StringRef;

namespace {
/// CODATA 2018. All but the last two are exact by definition of the SI.
struct PhysicalConstant {
  const char *name;
  const char *digits;
  std::initializer_list<UnitFactor> unit;
};
} // namespace

static llvm::ArrayRef<PhysicalConstant> physicalConstants() {
  static const PhysicalConstant table[] = {
      {"elementary_charge", "1.602176634e-19", {{"C", 1}}},
      {"boltzmann_constant", "1.380649e-23", {{"J", 1}, {"K", -1}}},
      {"avogadro_constant", "6.02214076e23", {{"mol", -1}}},
      {"gas_constant", "8.31446261815324", {{"J", 1}, {"K", -1}, {"mol", -1}}},
      {"faraday_constant", "96485.3321233100184", {{"C", 1}, {"mol", -1}}},
      {"zero_celsius", "273.15", {{"K", 1}}},
      {"electric_constant", "8.8541878128e-12", {{"F", 1}, {"m", -1}}},
  };
  return table;
}

CheckContext::CheckContext(const ast::File &file, Library &library, Diagnostics &diagnostics, model::Model &model)
    : diagnostics(diagnostics), model(model), file(file), library(library) {
  for (const ast::Stmt *item : file.items)
    if (auto *network = llvm::dyn_cast<ast::NetworkStmt>(item))
      networks.try_emplace(network->name.text, network); // a second one is reported where it is checked
  for (const ast::Stmt *item : file.items)
    if (auto *function = llvm::dyn_cast<ast::FunctionStmt>(item)) {
      auto [earlier, isNew] = functions.try_emplace(function->name.text.str(), function);
      if (!isNew)
        error(DiagnosticCode::N2, function->name.range, "function `" + function->name.text + "` is declared twice")
            .note(earlier->second->name.range, "it is declared here first");
    }
  constantScope.add("pi", [this](SMRange range) { return number(std::numbers::pi, Dimension::number(), range); });
  constantScope.add("true", [this](SMRange range) { return truth(true, range); });
  constantScope.add("false", [this](SMRange range) { return truth(false, range); });
  for (const PhysicalConstant &constant : physicalConstants())
    constantScope.add(constant.name, [this, &constant](SMRange range) {
      Unit unit = productOf(constant.unit);
      return number(toBaseUnits(constant.digits, unit), unit.dimension, range);
    });
}

CheckContext::InCopy::InCopy(CheckContext &context, const IndexCopy &copy)
    : InCopy(context, copy.range(), "where " + copy.describe()) {}

CheckContext::InCopy::InCopy(CheckContext &context, SMRange range, const llvm::Twine &which) : context(context) {
  context.copies.push_back({range, which.str()});
}

bool CheckContext::isRepeated(DiagnosticCode code, SMRange range) {
  return !reported.insert({code, range.Start.getPointer()}).second && !copies.empty();
}

Diagnostic &CheckContext::error(DiagnosticCode code, SMRange range, const llvm::Twine &message) {
  if (isRepeated(code, range)) {
    repeated = std::make_unique<Diagnostic>();
    return *repeated;
  }
  constexpr size_t mostNotes = 8; // of a deep chain, the innermost calls
  Diagnostic &diagnostic = diagnostics.error(code, range, message);
  for (const ast::CallExpr *call : llvm::reverse(llvm::ArrayRef(calls).take_back(mostNotes)))
    diagnostic.note(call->range, "in this call of `" + call->callee.text + "`");
  if (!copies.empty())
    diagnostic.note(copies.back().range, copies.back().which);
  return diagnostic;
}

Diagnostic &CheckContext::warning(DiagnosticCode code, SMRange range, const llvm::Twine &message) {
  if (isRepeated(code, range)) {
    repeated = std::make_unique<Diagnostic>();
    return *repeated;
  }
  return diagnostics.warning(code, range, message);
}

bool CheckContext::isTooDeep(SMRange range, const llvm::Twine &what) {
  if (depth <= heightLimit)
    return false;
  // Those around it fail too, and have nothing to add.
  if (!reportedDepth)
    error(DiagnosticCode::P5, range, "more than " + llvm::Twine(heightLimit) + " " + what + " depend on each other here");
  reportedDepth = true;
  return true;
}

model::Expr *CheckContext::make(model::Expr::Kind kind, SMRange range) {
  model::Expr &expr = model.expressions.emplace_back();
  expr.kind = kind;
  expr.range = range;
  return &expr;
}

Value CheckContext::number(double value, const DimensionTerm &dimension, SMRange range, UnitSpelling unit) {
  model::Expr *expr = make(model::Expr::Kind::Number, range);
  expr->number = value;
  expr->dimension = dimension.known;
  return {expr, dimension, std::move(unit)};
}

Value CheckContext::truth(bool value, SMRange range) {
  model::Expr *expr = make(model::Expr::Kind::Truth, range);
  expr->number = value;
  expr->isTruth = true;
  return {expr, {}, {}};
}

Value CheckContext::simulation(model::Expr::Kind kind, const Dimension &dimension, SMRange range) {
  model::Expr *expr = make(kind, range);
  expr->dimension = dimension;
  return {expr, dimension, {}};
}

Value CheckContext::variable(model::Expr::Kind kind, const model::Variable &variable, SMRange range) {
  model::Expr *expr = make(kind, range);
  expr->variable = &variable;
  expr->dimension = variable.dimension;
  return {expr, {variable.dimension, variable.weightPower}, variable.unit};
}

const ast::FunctionStmt *CheckContext::findFunction(StringRef name) const {
  auto found = functions.find(name.str());
  return found == functions.end() ? nullptr : found->second;
}

std::string CheckContext::dataPath(const ast::TextExpr &path) const {
  unsigned buffer = diagnostics.sourceManager().FindBufferContainingLoc(path.range.Start);
  auto folder = file.folders.find(buffer);
  if (folder == file.folders.end() || llvm::sys::path::is_absolute(path.value))
    return path.value.str();
  llvm::SmallString<128> whole(folder->second);
  llvm::sys::path::append(whole, path.value);
  return whole.str().str();
}

const ast::NetworkStmt *CheckContext::networkNamed(const ast::Name &name) {
  if (const ast::NetworkStmt *found = networks.lookup(name.text))
    return found;
  if (file.lacksNames || !name)
    return nullptr;
  NearestName nearest(name.text);
  for (const auto &entry : networks)
    nearest.consider(entry.first());
  suggest(error(DiagnosticCode::N5, name.range, "unknown network `" + name.text + "`" + nearest.hint()), name.range,
          nearest);
  return nullptr;
}

void snn::suggest(Diagnostic &report, SMRange misspelt, const NearestName &nearest) {
  if (nearest.isCertain())
    report.fixIt(misspelt, nearest.best());
}

ast::Name snn::pathOf(const ast::Expr &expr) {
  if (auto *name = llvm::dyn_cast<ast::NameExpr>(&expr))
    return {name->name, name->range};
  auto *index = llvm::dyn_cast<ast::IndexExpr>(&expr); // an element of a vector
  if (index && index->subscripts.size() == 1 && !index->subscripts[0].isSlice && pathOf(*index->base))
    return {expr.text(), expr.range};
  auto *member = llvm::dyn_cast<ast::MemberExpr>(&expr);
  return member && pathOf(*member->base) ? ast::Name{expr.text(), expr.range} : ast::Name();
}

std::string snn::quoted(const ast::Expr &expr, StringRef otherwise) {
  StringRef text = expr.text();
  if (text.size() > 40 || text.contains('\n'))
    return otherwise.str();
  return "`" + text.str() + "`";
}

std::string snn::butIs(const ast::Expr &expr, double value) {
  std::string text = formatQuantity(value, {});
  return expr.text() == text ? ", not `" + text + "`" : ", but " + quoted(expr) + " is " + text;
}
