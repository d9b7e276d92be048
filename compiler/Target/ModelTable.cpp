#include "compiler/Target/ModelTable.h"

#include "compiler/Target/DataText.h"
#include "compiler/Target/LiveSettings.h"
#include "compiler/Target/PairShares.h"
#include "compiler/Target/ProgramLowering.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

#include "snn/abi.h"

using namespace mlir;

namespace snn {
namespace {

/// Members of one struct in the order of abi.h.
class Members {
public:
  explicit Members(llvm::Module &module) : module(module) {}

  Members &text(StringRef value) {
    llvm::Constant *data = llvm::ConstantDataArray::getString(module.getContext(), value);
    auto *global = new llvm::GlobalVariable(module, data->getType(), true, llvm::GlobalValue::PrivateLinkage, data, "text");
    return add(global);
  }
  Members &textOrNull(std::optional<StringRef> value) { return value ? text(*value) : pointer(nullptr); }
  Members &pointer(llvm::Constant *value) {
    return add(value ? value : llvm::ConstantPointerNull::get(llvm::PointerType::get(module.getContext(), 0)));
  }
  Members &byte(uint8_t value) { return add(llvm::ConstantInt::get(llvm::Type::getInt8Ty(module.getContext()), value)); }
  Members &word(uint32_t value) { return add(llvm::ConstantInt::get(llvm::Type::getInt32Ty(module.getContext()), value)); }
  Members &wide(uint64_t value) { return add(llvm::ConstantInt::get(llvm::Type::getInt64Ty(module.getContext()), value)); }
  Members &real(double value) { return add(llvm::ConstantFP::get(llvm::Type::getDoubleTy(module.getContext()), value)); }

  llvm::Constant *build() const { return llvm::ConstantStruct::getAnon(module.getContext(), members); }

private:
  Members &add(llvm::Constant *value) {
    members.push_back(value);
    return *this;
  }
  llvm::Module &module;
  SmallVector<llvm::Constant *> members;
};

class ModelTable {
public:
  ModelTable(llvm::Module &module, ir::ProgramOp program)
      : module(module), program(program), symbols(program), indices(program) {}
  void build(uint64_t fingerprint, bool profiled);

private:
  using Rows = SmallVector<llvm::Constant *>;
  llvm::Constant *array(const Rows &rows, StringRef name);
  Rows settings(), populations(), groups(), projections(), records(), changes(), stops(), lookBacks(), spikeTimes(), series();
  llvm::Constant *fieldsOf(ir::BodyOp body);
  uint32_t optionalSetting(std::optional<StringRef> name) { return name ? indices.setting(*name) : SNN_NONE; }
  uint32_t fieldIndex(StringRef population, StringRef field);
  uint32_t synapseField(StringRef route, StringRef field);
  uint8_t realType() { return static_cast<uint8_t>(program.getPrecision() == ir::Precision::F32 ? SNN_F32 : SNN_F64); }

  llvm::Module &module;
  ir::ProgramOp program;
  SymbolTable symbols;
  TableIndices indices;
  llvm::StringMap<llvm::Constant *> fieldTables;
};

} // namespace

llvm::Constant *ModelTable::array(const Rows &rows, StringRef name) {
  if (rows.empty())
    return nullptr;
  auto *type = llvm::ArrayType::get(rows.front()->getType(), rows.size());
  return new llvm::GlobalVariable(module, type, true, llvm::GlobalValue::PrivateLinkage, llvm::ConstantArray::get(type, rows), name);
}

ModelTable::Rows ModelTable::settings() {
  Rows rows;
  llvm::StringSet<> kept = keptSettings(program), connecting = connectingSettings(program);
  for (auto op : program.getBody().getOps<ir::SettingOp>())
    rows.push_back(Members(module).text(op.getSymName()).text(op.getUnit()).real(op.getScale().convertToDouble())
                       .real(op.getValue().convertToDouble()).byte(!kept.contains(op.getSymName()))
                       .text(op.getDocumentation()).byte(connecting.contains(op.getSymName())).build());
  return rows;
}

llvm::Constant *ModelTable::fieldsOf(ir::BodyOp body) {
  llvm::Constant *&table = fieldTables[body.getSymName()];
  if (table)
    return table;
  Rows rows;
  for (auto op : body.getBody().getOps<ir::FieldOp>())
    rows.push_back(Members(module).text(op.getSymName()).text(op.getUnit()).real(op.getScale().convertToDouble())
                       .byte(op.getType().isF64() ? realType() : static_cast<uint8_t>(op.getType().isInteger(32) ? SNN_U32 : SNN_U16)).byte(static_cast<uint8_t>(op.getKind()))
                       .text(op.getDocumentation()).build());
  return table = array(rows, "fields");
}

static uint32_t countOf(ir::BodyOp body, bool fields) {
  auto isField = [](Operation &op) { return isa<ir::FieldOp>(op); };
  auto isUniform = [](Operation &op) { return isa<ir::UniformOp>(op); };
  auto &ops = body.getBody().front();
  return static_cast<uint32_t>(fields ? llvm::count_if(ops, isField) : llvm::count_if(ops, isUniform));
}

ModelTable::Rows ModelTable::populations() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::InstanceOp>()) {
    auto body = symbols.lookup<ir::BodyOp>(op.getOf());
    StringRef name = op.getSymName();
    rows.push_back(Members(module).text(name).text(body.getModel()).word(indices.setting(op.getSize()))
                       .word(countOf(body, true)).pointer(fieldsOf(body)).word(indices.firstField(name))
                       .word(countOf(body, false)).word(indices.firstUniform(name)).word(body.getSpikesPerStep())
                       .byte(op.getAnonymous()).build());
  }
  return rows;
}

ModelTable::Rows ModelTable::groups() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::RangeOp>()) {
    StringRef name = op.getSymName();
    name.consume_back(".range");
    rows.push_back(Members(module).text(name).word(indices.population(op.getPopulation()))
                       .word(indices.setting(op.getBegin())).word(indices.setting(op.getEnd())).build());
  }
  return rows;
}

uint32_t ModelTable::fieldIndex(StringRef population, StringRef field) {
  auto body = symbols.lookup(symbols.lookup<ir::InstanceOp>(population).getOf());
  return *cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, field)).getIndex();
}

/// Of the elements of a route's body.
uint32_t ModelTable::synapseField(StringRef route, StringRef field) {
  for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
    if (synapses.getRoute() == route)
      return *cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(symbols.lookup(synapses.getOf()), field)).getIndex();
  llvm_unreachable("synapses with states of their own have a body");
}

static snn_mirror mirrorOf(ir::RouteOp op) {
  if (!op.getMirrors())
    return SNN_ONE_WAY;
  return *op.getMirrors() == op.getSymName() ? SNN_BOTH_WAYS : SNN_REVERSED;
}

static snn_weight_form weightFormOf(ir::RouteOp op, ir::ConnectorOp connector) {
  if (op.getWeightHidden())
    return SNN_WEIGHT_HIDDEN;
  return connector.getPerWeight().empty() ? SNN_WEIGHT_ITSELF : SNN_WEIGHT_SCALED;
}

/// Where the program finds how far pairs reach, and the places of neurons.
static Members &addReach(Members &members, ir::ConnectorOp connector) {
  ReachOfPair reach = reachOfPair(connector);
  members.word(reach.axes).word(reach.reach);
  for (const auto &positions : {reach.source, reach.target, reach.period})
    for (uint32_t position : positions)
      members.word(position);
  return members;
}

ModelTable::Rows ModelTable::projections() {
  Rows rows;
  llvm::StringMap<ir::SynapsesOp> synapses;
  for (auto op : program.getBody().getOps<ir::SynapsesOp>())
    synapses[op.getRoute()] = op;
  llvm::StringSet<> responsive;
  program.walk([&](ir::RespondOp op) {
    for (Attribute route : op.getRoutes())
      responsive.insert(cast<FlatSymbolRefAttr>(route).getValue());
  });
  llvm::StringSet<> changed;
  for (auto op : program.getBody().getOps<ir::ChangeOp>())
    changed.insert(op.getRoute());
  auto isChanged = [&](ir::RouteOp op) {
    return changed.contains(op.getSymName()) || op.getWeightsFile() || (op.getMirrors() && changed.contains(*op.getMirrors()));
  };
  llvm::StringMap<uint32_t> totals; // by route: 1 + index for `synapses`
  auto counted = static_cast<uint32_t>(2 * llvm::range_size(program.getBody().getOps<ir::RouteOp>()) +
                                       llvm::range_size(program.getBody().getOps<ir::ChangeOp>()));
  for (auto op : program.getBody().getOps<ir::TotalOp>())
    totals[op.getRoute()] = ++counted;
  for (auto op : program.getBody().getOps<ir::RouteOp>()) {
    auto connector = symbols.lookup<ir::ConnectorOp>(op.getConnector());
    std::string edges = op.getPath() ? dataText(*op.getPath(), op.getDataSet()) : "";
    Members members(module);
    members.text(op.getSymName()).word(indices.population(op.getSource()))
                       .word(indices.population(op.getTarget())).word(indices.setting(op.getSourceBegin()))
                       .word(indices.setting(op.getSourceEnd())).word(indices.setting(op.getTargetBegin()))
                       .word(indices.setting(op.getTargetEnd())).byte(static_cast<uint8_t>(op.getRule()))
                       .byte(op.getAutapses()).byte(op.getMultapses()).byte(connector.getAmountStored())
                       .byte(connector.getDelayStored()).word(optionalSetting(op.getNumber()))
                       .textOrNull(edges.empty() ? std::nullopt : std::optional<StringRef>(edges))
                       .word(op.getStream()).word(fieldIndex(op.getTarget(), op.getField()));
    ir::SynapsesOp ownStates = synapses.lookup(op.getSymName());
    auto body = ownStates ? symbols.lookup<ir::BodyOp>(ownStates.getOf()) : ir::BodyOp();
    bool isPost = !ownStates || ownStates.getTargetStates();
    members.byte(static_cast<uint8_t>(isPost ? ir::Alignment::Post : ownStates.getAlignment()))
                       .word(body ? countOf(body, true) : 0).pointer(body ? fieldsOf(body) : nullptr)
                       .byte((ownStates && ownStates.getPlastic()) || isChanged(op)).byte(responsive.contains(op.getSymName()))
                       .byte(static_cast<uint8_t>(mirrorOf(op))).word(op.getMirrors() ? indices.route(*op.getMirrors()) : SNN_NONE)
                       .byte(op.getProcedural()).word(sharesOfPair(connector).source.size()).word(sharesOfPair(connector).target.size())
                       .byte(static_cast<uint8_t>(weightFormOf(op, connector))).text(op.getWeightUnit())
                       .real(op.getWeightScale().convertToDouble()).textOrNull(op.getWeightsFile())
                       .byte(ownStates && ownStates.getDendritic()).word(totals.lookup(op.getSymName()));
    rows.push_back(addReach(members, connector).build());
  }
  return rows;
}

/// Positions among the uniforms of all populations.
ModelTable::Rows ModelTable::lookBacks() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::InstanceOp>())
    for (auto uniform : symbols.lookup<ir::BodyOp>(op.getOf()).getBody().getOps<ir::UniformOp>())
      if (uniform.getLookBack() && uniform.getIndex())
        rows.push_back(llvm::ConstantInt::get(llvm::Type::getInt32Ty(module.getContext()), indices.firstUniform(op.getSymName()) + *uniform.getIndex()));
  return rows;
}

ModelTable::Rows ModelTable::records() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::ProbeOp>()) {
    bool isField = op.getField().has_value();
    uint8_t kind = op.getRoute() && isField ? SNN_RECORD_SYNAPSES : op.getRoute() ? SNN_RECORD_WEIGHTS : op.getRate() ? SNN_RECORD_RATE : op.getMean() ? SNN_RECORD_MEAN : isField ? SNN_RECORD_FIELD : SNN_RECORD_SPIKES;
    rows.push_back(Members(module).text(op.getName()).text(op.getVariable())
                      .byte(kind).word(indices.population(op.getPopulation()))
                      .word(indices.setting(op.getBegin())).word(indices.setting(op.getEnd()))
                      .word(!isField ? SNN_NONE : op.getRoute() ? synapseField(*op.getRoute(), *op.getField()) : fieldIndex(op.getPopulation(), *op.getField()))
                      .word(optionalSetting(op.getEvery())).word(optionalSetting(op.getFrom())).word(optionalSetting(op.getUntil()))
                      .word(static_cast<uint32_t>(op.getStride()))
                      .word(op.getRoute() ? indices.route(*op.getRoute()) : SNN_NONE).text(op.getUnit())
                      .real(op.getScale().convertToDouble()).build());
  }
  return rows;
}

ModelTable::Rows ModelTable::changes() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::ChangeOp>())
    rows.push_back(Members(module).word(indices.route(op.getRoute())).word(indices.setting(op.getTime())).build());
  return rows;
}

ModelTable::Rows ModelTable::stops() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::LimitOp>())
    rows.push_back(Members(module).text(op.getName()).word(indices.population(op.getPopulation()))
                       .word(indices.setting(op.getBegin())).word(indices.setting(op.getEnd()))
                       .word(indices.setting(op.getWindow())).word(indices.setting(op.getLimit()))
                       .byte(op.getBelow()).byte(op.getInclusive()).build());
  return rows;
}

ModelTable::Rows ModelTable::spikeTimes() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::SpikeTimesOp>()) {
    std::string data = op.getPath() ? dataText(*op.getPath(), op.getDataSet(), "ms") : "";
    Rows times;
    for (double time : op.getTimes().value_or(ArrayRef<double>()))
      times.push_back(llvm::ConstantFP::get(llvm::Type::getDoubleTy(module.getContext()), time));
    rows.push_back(Members(module).word(indices.population(op.getPopulation())).word(indices.setting(op.getBegin()))
                       .word(indices.setting(op.getEnd())).word(fieldIndex(op.getPopulation(), op.getField()))
                       .textOrNull(op.getPath() ? std::optional<StringRef>(data) : std::nullopt)
                       .word(static_cast<uint32_t>(times.size())).pointer(array(times, "times")).build());
  }
  return rows;
}

ModelTable::Rows ModelTable::series() {
  Rows rows;
  for (auto op : program.getBody().getOps<ir::SupplyOp>())
    rows.push_back(Members(module).text(op.getDrive()).word(indices.population(op.getPopulation()))
                       .word(indices.setting(op.getBegin())).word(indices.setting(op.getEnd()))
                       .word(fieldIndex(op.getPopulation(), op.getField()))
                       .text(dataText(op.getPath(), op.getDataSet(), op.getUnit())).word(optionalSetting(op.getEvery()))
                       .byte(static_cast<uint8_t>(op.getBetween())).byte(static_cast<uint8_t>(op.getBeyond())).build());
  return rows;
}

void ModelTable::build(uint64_t fingerprint, bool profiled) {
  Rows s = settings(), p = populations(), g = groups(), c = projections(), r = records(), h = changes(), t = stops(), l = lookBacks(), i = spikeTimes(), d = series();
  auto size = [](const Rows &rows) { return static_cast<uint32_t>(rows.size()); };
  llvm::Constant *model =
      Members(module).word(SNN_ABI_VERSION).text(program.getSymName()).byte(realType()).word(size(s))
          .pointer(array(s, "settings")).word(indices.setting("dt")).word(indices.setting("duration")).wide(program.getSeed()).wide(fingerprint)
          .word(size(p)).pointer(array(p, "populations")).word(indices.fieldCount()).word(indices.uniformCount())
          .word(size(g)).pointer(array(g, "groups")).word(size(c)).pointer(array(c, "projections"))
          .word(size(r)).pointer(array(r, "records")).pointer(module.getFunction("snn_prepare"))
          .pointer(module.getFunction("snn_initialise")).pointer(module.getFunction("snn_synapses"))
          .pointer(module.getFunction("snn_initialise_synapses"))
          .pointer(module.getFunction("snn_contact_values")).pointer(module.getFunction("snn_contact_probabilities"))
          .pointer(module.getFunction("snn_run")).byte(profiled).word(size(h)).pointer(array(h, "changes"))
          .word(size(t)).pointer(array(t, "stops"))
          .word(size(l)).pointer(array(l, "look_backs"))
          .word(size(i)).pointer(array(i, "spike_times"))
          .pointer(module.getFunction("snn_react")).word(size(d)).pointer(array(d, "series")).build();
  auto *global = new llvm::GlobalVariable(module, model->getType(), true, llvm::GlobalValue::InternalLinkage, model, "snn_model");
  auto *type = llvm::FunctionType::get(llvm::PointerType::get(module.getContext(), 0), false);
  std::string ownName = ("snn_query_" + program.getSymName()).str();
  auto *query = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, ownName, module);
  llvm::GlobalAlias::create(type, 0, llvm::GlobalValue::WeakAnyLinkage, "snn_query_model", query, &module);
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(module.getContext(), "", query));
  builder.CreateRet(global);
  for (const char *name : {"snn_prepare", "snn_initialise", "snn_synapses", "snn_initialise_synapses",
                           "snn_contact_values", "snn_contact_probabilities", "snn_run", "snn_react"})
    module.getFunction(name)->setLinkage(llvm::GlobalValue::InternalLinkage);
}

void addModelTable(llvm::Module &module, ir::ProgramOp program, uint64_t fingerprint, bool profiled) {
  ModelTable(module, program).build(fingerprint, profiled);
}

} // namespace snn
