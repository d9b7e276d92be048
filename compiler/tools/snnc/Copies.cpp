#include "compiler/tools/snnc/Copies.h"

#include "compiler/tools/snnc/SweepOption.h"

#include "llvm/ADT/STLExtras.h"

namespace snn::tool {

static constexpr uint64_t copiesAtMost = 1000000;

static std::optional<uint32_t> findSetting(const snn_model &program, llvm::StringRef name) {
  for (uint32_t k = 0; k < program.n_settings; ++k)
    if (name == program.settings[k].name)
      return k;
  return std::nullopt;
}

static llvm::Expected<SweepAxis> axisOf(const snn_model &program, const model::Sweep &sweep) {
  SweepAxis axis;
  for (const model::SetTarget &target : sweep.targets) {
    std::optional<uint32_t> setting = findSetting(program, target.setting);
    if (!setting)
      return llvm::createStringError("the program has no setting `" + target.setting + "` for `set` to give");
    axis.settings.push_back(*setting);
  }
  for (const auto &row : sweep.rows) {
    auto &values = axis.rows.emplace_back();
    for (const model::Expr *value : row)
      values.push_back(value->number);
  }
  return axis;
}

static llvm::Expected<SweepAxis> axisOf(const snn_model &program, llvm::StringRef text) {
  llvm::Expected<SweepOption> option = parseSweep(text);
  if (!option)
    return option.takeError();
  std::optional<uint32_t> setting = findSetting(program, option->name);
  if (!setting)
    return llvm::createStringError("`--sweep`: `" + llvm::StringRef(program.network) + "` has no setting `" + option->name + "`");
  llvm::Expected<std::vector<double>> values = option->inBaseUnitsOf(program.settings[*setting]);
  if (!values)
    return values.takeError();
  SweepAxis axis;
  axis.settings = {*setting};
  for (double value : *values)
    axis.rows.push_back({value});
  return axis;
}

/// What the command line says of a setting is in the place of the experiment's.
static void removeAxis(std::vector<SweepAxis> &axes, uint32_t setting) {
  llvm::erase_if(axes, [&](const SweepAxis &axis) { return llvm::is_contained(axis.settings, setting); });
}

llvm::Expected<Copies> Copies::plan(const snn_model &program, const model::Experiment &experiment, const Options &options) {
  Copies copies;
  for (const model::Sweep &sweep : experiment.sweeps) {
    llvm::Expected<SweepAxis> axis = axisOf(program, sweep);
    if (!axis)
      return axis.takeError();
    copies.axes.push_back(std::move(*axis));
  }
  for (llvm::StringRef text : options.settings)
    if (std::optional<uint32_t> setting = findSetting(program, text.split('=').first.trim()))
      removeAxis(copies.axes, *setting);
  std::vector<SweepAxis> given;
  for (const std::string &text : options.sweeps) {
    llvm::Expected<SweepAxis> axis = axisOf(program, text);
    if (!axis)
      return axis.takeError();
    removeAxis(copies.axes, axis->settings.front());
    if (llvm::any_of(given, [&](const SweepAxis &other) { return other.settings == axis->settings; }))
      return llvm::createStringError("`--sweep`: `" + llvm::StringRef(program.settings[axis->settings.front()].name) +
                                     "` is swept twice");
    given.push_back(std::move(*axis));
  }
  copies.axes.insert(copies.axes.end(), given.begin(), given.end());

  double points = 1;
  for (const SweepAxis &axis : copies.axes)
    points *= static_cast<double>(axis.rows.size());
  double batch = static_cast<double>(options.batch.value_or(experiment.batch));
  if (points * batch > copiesAtMost)
    return llvm::createStringError("the sweeps and the batch make more than " + std::to_string(copiesAtMost) + " copies");
  copies.points = static_cast<uint32_t>(points);
  copies.batch = static_cast<uint32_t>(batch);
  copies.redraws = experiment.redraws || options.redrawsConnectivity;
  return copies;
}

snn_status Copies::apply(snn_simulation &simulation, uint32_t copy) const {
  uint32_t point = copy / batch;
  for (const SweepAxis &axis : llvm::reverse(axes)) {
    const std::vector<double> &row = axis.rows[point % axis.rows.size()];
    point /= static_cast<uint32_t>(axis.rows.size());
    for (auto [setting, value] : llvm::zip_equal(axis.settings, row))
      if (snn_status status = snn_set_at(&simulation, setting, value))
        return status;
  }
  return snn_set_copy(&simulation, copy % batch, redraws);
}

std::vector<uint32_t> Copies::varied() const {
  std::vector<uint32_t> settings;
  for (const SweepAxis &axis : axes)
    if (axis.rows.size() > 1)
      settings.insert(settings.end(), axis.settings.begin(), axis.settings.end());
  return settings;
}

} // namespace snn::tool
