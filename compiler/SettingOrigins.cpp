#include "compiler/SettingOrigins.h"

#include "snn/abi.h"

using namespace mlir;
using snn::model::Structure;

namespace snn {

/// Of settings that stand for a number in an expression.
static void addExpressions(ir::ProgramOp program, const Structure &structure, llvm::StringMap<uint32_t> &origins) {
  for (auto setting : program.getBody().getOps<ir::SettingOp>())
    if (auto *expr = OpaqueLoc::getUnderlyingLocationOrNull<const model::Expr *>(setting.getLoc()))
      if (std::optional<uint32_t> position = structure.position(*expr))
        origins[setting.getSymName()] = *position;
}

static void addSizes(ir::ProgramOp program, const model::Network &network, llvm::StringMap<uint32_t> &origins) {
  llvm::StringMap<uint32_t> positions;
  for (const auto &population : network.populations)
    positions[population->name] = Structure::sizePosition(*population);
  for (auto instance : program.getBody().getOps<ir::InstanceOp>())
    origins[instance.getSize()] = positions.lookup(instance.getSymName());
}

/// Of the times of records and of what ends the run, which are attributes in the IR.
static void addRecords(ir::ProgramOp program, const model::Experiment &experiment, const Structure &structure,
                       llvm::StringMap<uint32_t> &origins) {
  auto add = [&](std::optional<StringRef> setting, const model::Expr *time) {
    if (std::optional<uint32_t> position = time ? structure.position(*time) : std::nullopt)
      origins.try_emplace(*setting, *position);
  };
  auto probes = program.getBody().getOps<ir::ProbeOp>();
  for (auto [probe, record] : llvm::zip_equal(probes, experiment.records)) {
    add(probe.getEvery(), record.every);
    add(probe.getFrom(), record.from);
    add(probe.getUntil(), record.until);
  }
  for (auto [limit, stop] : llvm::zip_equal(program.getBody().getOps<ir::LimitOp>(), experiment.stops)) {
    add(limit.getWindow(), stop.window);
    add(limit.getLimit(), stop.limit);
  }
}

std::vector<uint32_t> originsOfSettings(ir::ProgramOp program, const model::Experiment &experiment,
                                        const Structure &structure) {
  llvm::StringMap<uint32_t> origins;
  origins["dt"] = Structure::dtPosition;
  origins["duration"] = Structure::durationPosition;
  addSizes(program, *experiment.network, origins);
  addExpressions(program, structure, origins);
  addRecords(program, experiment, structure, origins);
  std::vector<uint32_t> list;
  for (auto setting : program.getBody().getOps<ir::SettingOp>()) {
    auto origin = origins.find(setting.getSymName());
    list.push_back(origin == origins.end() ? SNN_NONE : origin->second);
  }
  return list;
}

} // namespace snn
