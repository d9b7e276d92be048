#include "compiler/Target/Fingerprint.h"

#include "llvm/ADT/StableHashing.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using llvm::stable_hash;
using llvm::stable_hash_combine;

namespace snn {
namespace {

/// Hashes values by what they are made of, so that the name and the position of a hoisted coefficient do not count and an
/// operation nobody uses does not either. A block comes to its effects, in order: writes of slots that outlive it, spikes,
/// contributions.
class Fingerprint {
public:
  stable_hash of(ir::ProgramOp program);

private:
  /// What a slot holds at the current point of a block.
  using Slots = llvm::StringMap<stable_hash>;

  stable_hash hashOf(StringRef text) { return llvm::xxh3_64bits(text); }
  stable_hash hashOf(Attribute attribute);
  stable_hash hashOf(Value value);
  stable_hash hashOf(Operation &op, Slots &slots);
  stable_hash hashOf(Block &block, Slots &slots);
  stable_hash hashOf(ir::BodyOp body);
  void write(ir::WriteOp write, Slots &slots, SmallVectorImpl<stable_hash> &effects);

  DenseMap<Attribute, stable_hash> attributes;
  DenseMap<Value, stable_hash> values;
  llvm::StringMap<ir::FieldKind> fields; ///< of the body that is being hashed
  llvm::StringMap<Slots> slotsOfBodies;  ///< at the beginning of a step
};

} // namespace

stable_hash Fingerprint::hashOf(Attribute attribute) {
  auto [known, isNew] = attributes.try_emplace(attribute, 0);
  if (isNew) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    attribute.print(stream);
    known->second = hashOf(text);
  }
  return known->second;
}

stable_hash Fingerprint::hashOf(Value value) {
  auto known = values.find(value);
  if (known != values.end())
    return known->second;
  return hashOf("argument of a block"); // the only values that no operation has made
}

/// The operation with its regions; results are remembered.
stable_hash Fingerprint::hashOf(Operation &op, Slots &slots) {
  SmallVector<stable_hash> parts = {hashOf(op.getName().getStringRef()), hashOf(op.getAttrDictionary())};
  for (Value operand : op.getOperands())
    parts.push_back(hashOf(operand));
  for (Type type : op.getResultTypes())
    parts.push_back(hashOf(TypeAttr::get(type)));
  Slots before;
  if (op.getNumRegions() > 0)
    before = slots;
  for (Region &region : op.getRegions())
    for (Block &block : region)
      parts.push_back(hashOf(block, slots));
  stable_hash hash = stable_hash_combine(parts);
  // What is written in a region is written if the operation says so.
  for (auto &slot : slots)
    if (op.getNumRegions() > 0 && slot.second != before.lookup(slot.first()))
      slot.second = stable_hash_combine(hash, before.lookup(slot.first()), slot.second);
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    values[result] = stable_hash_combine(hash, i);
  return hash;
}

void Fingerprint::write(ir::WriteOp write, Slots &slots, SmallVectorImpl<stable_hash> &effects) {
  stable_hash value = hashOf(write.getValue());
  auto field = fields.find(write.getSlot());
  bool isField = field != fields.end();
  if (isField && field->second == ir::FieldKind::Tap)
    return; // only what is recorded comes from there
  slots[write.getSlot()] = value;
  bool isEvolving = isField && field->second != ir::FieldKind::Parameter && field->second != ir::FieldKind::Constant;
  if (isEvolving)
    effects.push_back(stable_hash_combine(hashOf(write.getSlot()), value));
}

stable_hash Fingerprint::hashOf(Block &block, Slots &slots) {
  SmallVector<stable_hash> effects;
  for (BlockArgument argument : block.getArguments())
    values[argument] = stable_hash_combine(hashOf("argument"), argument.getArgNumber());
  for (Operation &op : block) {
    if (auto read = dyn_cast<ir::ReadOp>(op)) {
      auto slot = slots.find(read.getSlot());
      values[read.getResult()] = slot != slots.end() ? slot->second : hashOf(read.getSlot());
    } else if (auto writeOp = dyn_cast<ir::WriteOp>(op)) {
      write(writeOp, slots, effects);
    } else if (stable_hash hash = hashOf(op, slots); op.getNumResults() == 0 || isa<ir::CountDownOp>(op)) {
      effects.push_back(hash);
    }
  }
  return stable_hash_combine(effects);
}

stable_hash Fingerprint::hashOf(ir::BodyOp body) {
  SmallVector<stable_hash> parts = {hashOf(body.getSymName()), hashOf(body.getModel()), body.getSpikesPerStep()};
  Slots slots;
  fields.clear();
  for (auto field : body.getBody().getOps<ir::FieldOp>()) {
    fields[field.getSymName()] = field.getKind();
    if (field.getKind() == ir::FieldKind::Tap || field.getKind() == ir::FieldKind::Parameter ||
        field.getKind() == ir::FieldKind::Constant)
      continue;
    slots[field.getSymName()] = hashOf(field.getSymName());
    parts.push_back(stable_hash_combine(hashOf(field.getSymName()), static_cast<stable_hash>(field.getKind()),
                                        hashOf(TypeAttr::get(field.getType()))));
  }
  const Slots evolving = slots;
  for (auto prepare : body.getBody().getOps<ir::PrepareOp>())
    parts.push_back(hashOf(prepare.getBody().front(), slots));
  for (auto initialise : body.getBody().getOps<ir::InitialiseOp>())
    parts.push_back(hashOf(initialise.getBody().front(), slots));
  for (auto &slot : evolving)
    slots[slot.first()] = slot.second;
  slotsOfBodies[body.getSymName()] = std::move(slots);
  return stable_hash_combine(parts);
}

stable_hash Fingerprint::of(ir::ProgramOp program) {
  SmallVector<stable_hash> parts = {hashOf(program.getSymName()), static_cast<stable_hash>(program.getPrecision())};
  llvm::StringMap<llvm::StringMap<ir::FieldKind>> fieldsOfBodies;
  for (auto body : program.getBody().getOps<ir::BodyOp>()) {
    parts.push_back(hashOf(body));
    fieldsOfBodies[body.getSymName()] = fields;
  }
  Slots none;
  for (Operation &op : program.getBody().front())
    if (isa<ir::InstanceOp, ir::ConnectorOp, ir::RouteOp, ir::ChangeOp, ir::TotalOp, ir::SupplyOp, ir::SynapsesOp>(op))
      parts.push_back(hashOf(op, none));
  auto timeLoop = *program.getBody().getOps<ir::TimeLoopOp>().begin();
  for (Operation &phase : timeLoop.getBody().front()) {
    Slots slots;
    if (auto of = phase.getAttrOfType<FlatSymbolRefAttr>("of")) {
      slots = slotsOfBodies[of.getValue()];
      fields = fieldsOfBodies[of.getValue()];
    }
    parts.push_back(hashOf(phase, slots));
  }
  return stable_hash_combine(parts);
}

uint64_t fingerprintOf(ir::ProgramOp program) { return Fingerprint().of(program); }

} // namespace snn
