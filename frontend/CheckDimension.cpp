#include "frontend/CheckDimension.h"
#include "frontend/UnitTable.h"

using namespace snn;
using llvm::StringRef;

bool snn::isCelsius(const ast::UnitExpr &unit) {
  return unit.factors.size() == 1 && unit.factors[0].name.text == "degC" && unit.factors[0].power == Rational(1);
}

std::optional<Unit> snn::unitOf(const ast::UnitExpr &unit, CheckContext &context) {
  llvm::SmallVector<UnitFactor, 4> factors;
  for (const ast::UnitFactor &factor : unit.factors) {
    StringRef name = factor.name.text;
    if (name == "1")
      continue;
    if (name == "degC") {
      context.error(DiagnosticCode::U6, factor.range,
                    "`degC` stands only as a whole absolute temperature; a difference is in `K`");
      return std::nullopt;
    }
    assert(findUnit(name) && "the lexer takes only known units for one");
    factors.push_back({name, factor.power});
  }
  return productOf(factors);
}

static void reportUnknownDimension(const ast::Name &name, CheckContext &context, const Scope &names) {
  if (names.incomplete || !names.isFirstUnknown(name.text))
    return;
  NearestName nearest(name.text);
  names.considerAll(nearest);
  for (const NamedDimension &named : dimensionTable())
    nearest.consider(named.name);
  if (std::optional<std::string> unit = nearestUnitName(name.text); unit && nearest.best().empty())
    nearest.consider(*unit);
  Diagnostic &report =
      context.error(DiagnosticCode::U6, name.range,
                    "`" + name.text + "` is neither a declared name nor a dimension nor a unit" + nearest.hint());
  if (llvm::SMRange declaration = names.declarationOf(nearest.best()); declaration.isValid())
    report.note(declaration, "`" + nearest.best() + "` is declared here");
}

std::optional<DimensionClause> snn::dimensionOf(const ast::UnitExpr &clause, CheckContext &context,
                                                DeclaredDimension declared, const Scope &names) {
  DimensionClause result;
  bool onlyUnits = true;
  Rational tenPower = 0;
  for (const ast::UnitFactor &factor : clause.factors) {
    StringRef name = factor.name.text;
    if (name == "1")
      continue;
    if (name == "event")
      return std::nullopt; // `input ex: event conductance`: the parser has reported it
    DimensionTerm term;
    if (std::optional<std::optional<DimensionTerm>> variable = declared(factor.name)) {
      if (!*variable)
        return std::nullopt;
      term = **variable;
      onlyUnits = false;
    } else if (std::optional<Dimension> dimension = dimensionNamed(name.str())) {
      term = *dimension;
      onlyUnits = false;
    } else if (std::optional<Unit> unit = findUnit(name)) {
      term = unit->dimension;
      tenPower = tenPower + unit->tenPower * factor.power;
    } else {
      reportUnknownDimension(factor.name, context, names);
      return std::nullopt;
    }
    result.dimension = result.dimension * term.pow(factor.power);
  }
  if (onlyUnits)
    result.unit = {clause.text().str(), Unit{Dimension(), tenPower}.scale()};
  else
    result.unit = baseUnit(result.dimension);
  return result;
}

UnitSpelling snn::baseUnit(const DimensionTerm &dimension) {
  if (dimension.weightPower != Rational(0))
    return {};
  return {baseUnitText(dimension.known), 1};
}
