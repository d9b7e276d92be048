// `data x -> inp.spikes, y from load("digits.npz") split 0.8`

#include "frontend/CheckData.h"
#include "frontend/CheckDimension.h"
#include "frontend/CheckExperiment.h"
#include "frontend/CheckFold.h"
#include "frontend/CheckTraining.h"

using namespace snn;
using model::TrainingArray;

void TrainingChecker::checkData(const ast::DataStmt &data) {
  if (data.split)
    checkSplit(*data.split);
  const ast::CallExpr *load = loadCall(*data.file);
  if (!load && !llvm::isa<ast::ErrorExpr>(data.file))
    context.error(DiagnosticCode::T5, data.file->range, "data come from a file, as in `from load(\"digits.npz\")`");
  const model::DataSource *file = load ? checkSource(*load, context) : nullptr;
  llvm::StringRef path = file ? llvm::StringRef(file->path) : llvm::StringRef();
  if (path.ends_with_insensitive(".npy"))
    context.error(
        DiagnosticCode::T5, load->range,
        "a `.npy` file is one array without a name, and data are arrays by name: those of a `.npz` or HDF5 file");
  else if (path.ends_with_insensitive(".npz") && !file->dataSet.empty())
    context.error(DiagnosticCode::T5, load->range,
                  "the names before `from` say which arrays of `" + path + "` are read; only HDF5 files have groups");
  model::DataSource none;
  for (const ast::DataEntry &entry : data.entries)
    if (entry.array)
      checkEntry(entry, file ? *file : none);
    else
      dataKnown = false;
}

void TrainingChecker::checkSplit(const ast::Expr &split) {
  WeightDimension none;
  ExpressionChecker checker(context, scopes, none);
  Value value = checker.requireDimension(checker.checkQuantity(split), split, Dimension::number(), "a split");
  std::optional<double> share = value ? constantValue(*value.expr) : std::nullopt;
  if (value && !share)
    context.error(DiagnosticCode::C9, split.range, "a split must be known before the run");
  else if (share && !(*share > 0 && *share < 1))
    context.error(DiagnosticCode::T4, split.range,
                  "a split is the share of the samples that is trained on, between 0 and 1" + butIs(split, *share));
  else if (share)
    training.split = *share;
}

void TrainingChecker::checkEntry(const ast::DataEntry &entry, const model::DataSource &file) {
  for (const auto &other : training.arrays)
    if (other->name == entry.array.text) {
      context.error(DiagnosticCode::N2, entry.array.range, "`" + entry.array.text + "` is given twice")
          .note(other->range, "it is given here first");
      return;
    }
  auto array = std::make_unique<TrainingArray>();
  array->name = entry.array.text.str();
  array->range = entry.array.range;
  model::DataSource &source = context.model.dataSources.emplace_back(file);
  source.dataSet = (file.dataSet.empty() ? "" : file.dataSet + "/") + array->name;
  array->data = &source;
  if (entry.target && !checkTarget(*entry.target, *array)) {
    dataKnown = false;
    return;
  }
  if (array->input) {
    source.unit = array->unit;
    source.dimension = array->dimension;
  }
  training.arrays.push_back(std::move(array));
}

/// What an array is given to: the spikes of a source, or an input.
bool TrainingChecker::checkTarget(const ast::Expr &target, TrainingArray &array) {
  auto *member = llvm::dyn_cast<ast::MemberExpr>(&target);
  if (!member) {
    if (!llvm::isa<ast::ErrorExpr>(target))
      context.error(DiagnosticCode::T5, target.range,
                    "data are given to the spikes of a source or to an input, as in `" + array.name +
                        " -> inp.spikes`");
    return false;
  }
  auto [owner, name] = ownerAndVariable(*member, names);
  std::optional<model::Group> group = names.group(*owner);
  if (!group || !definitions.isSound(*group->population->model.definition))
    return false;
  const model::Definition &definition = *group->population->model.definition;
  const model::Variable *variable = definition.find(name.text);
  bool isSpikes = !variable && name.text == "spikes";
  if (isSpikes)
    variable = model::inputOfSpikes(definition);
  if (!variable || variable->kind != model::VariableKind::Input || variable->isEvent) {
    std::string what =
        isSpikes ? "`" + definition.name + "` makes its own spikes; data are given to a `source`, or to an input"
                 : "`" + definition.name + "` has no input `" + name.text.str() + "` that data can be given to";
    context.error(DiagnosticCode::T5, target.range, what)
        .note(definition.range, "`" + definition.name + "` is declared here");
    return false;
  }
  for (const auto &other : training.arrays)
    if (other->input == variable && other->group.population == group->population && other->group.begin < group->end &&
        group->begin < other->group.end) {
      context.error(DiagnosticCode::T5, target.range, "some of these neurons are given data already")
          .note(other->range, "they are given `" + other->name + "` here");
      return false;
    }
  array.use = isSpikes ? TrainingArray::Use::Spikes : TrainingArray::Use::Values;
  array.group = *group;
  array.input = variable;
  array.shape = {true, group->end - group->begin, nullptr};
  array.dimension = variable->dimension;
  array.unit = variable->unit.text.empty() ? baseUnit(variable->dimension) : variable->unit;
  return true;
}

void TrainingChecker::warnOfUnusedLabels() {
  for (const auto &array : training.arrays)
    if (array->use == TrainingArray::Use::Unused)
      context.warning(DiagnosticCode::W4, array->range, "nothing uses `" + array->name + "`");
}
