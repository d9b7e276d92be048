#include "compiler/Target/Delivery.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;

namespace snn {

static constexpr const char deliverTemplate[] = {
#include "compiler/Target/Deliver.mlir.inc"
    , 0};

static void replaceAll(std::string &text, StringRef from, StringRef to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to.data(), to.size());
}

/// One addition into a target, for lane `n` of the unrolled loop. Additions stay in order: two synapses of a row may end on the
/// same neuron.
static std::string addition(unsigned n, bool amountStored) {
  std::string k = std::to_string(n);
  std::string amount = "%uniform";
  std::string text;
  if (amountStored) {
    text = "%w" + k + "_at = llvm.getelementptr %stored0[" + k + "] : (!llvm.ptr) -> !llvm.ptr, !real\n" +
           "%w" + k + " = llvm.load %w" + k + "_at : !llvm.ptr -> !real\n";
    amount = "%w" + k;
  }
  return text + "%x" + k + " = llvm.load %a" + k + "_at : !llvm.ptr -> !real\n" +
         "%y" + k + " = arith.addf %x" + k + ", " + amount + " : !real\n" +
         "llvm.store %y" + k + ", %a" + k + "_at : !real, !llvm.ptr\n";
}

/// Completes the template and moves its function into the module.
static void addFromTemplate(ModuleOp module, Location place, Type type, std::string text, StringRef name,
                            uint32_t sourceEntry, uint32_t fieldEntry) {
  bool isSingle = type.isF32();
  replaceAll(text, "@DELIVER", ("@\"" + name + "\"").str());
  replaceAll(text, "[SOURCE]", "[" + std::to_string(sourceEntry) + "]");
  replaceAll(text, "[FIELD]", "[" + std::to_string(fieldEntry) + "]");
  replaceAll(text, "TRUNCATE %amount64", isSingle ? "arith.truncf %amount64 : f64 to f32" : "arith.addf %amount64, %nothing : f64");
  if (!isSingle)
    replaceAll(text, "%null = llvm", "%nothing = arith.constant -0.0 : f64\n  %null = llvm");
  text = std::string("!real = ") + (isSingle ? "f32" : "f64") + "\n" + text;
  // What is called stands in the other module, so there is nothing to verify yet.
  ParserConfig config(module.getContext(), /*verifyAfterParse=*/false);
  OwningOpRef<ModuleOp> parsed = parseSourceString<ModuleOp>(text, config, "deliver.mlir");
  assert(parsed && "the template is valid");
  // The template's own lines mean nothing to an author.
  parsed->walk([&](Operation *op) { op->setLoc(place); });
  for (Operation &op : llvm::make_early_inc_range(parsed->getBody()->getOperations()))
    op.moveBefore(module.getBody(), module.getBody()->end());
}

/// Instead of being looked up, the row is drawn into the arrays of its block.
static void regenerateRows(std::string &text) {
  size_t begin = text.find("// RANGE\n"), end = text.find("// ROW\n");
  text.replace(begin, end - begin,
               "%regenerate_at = llvm.getelementptr %state[0, 21] : (!llvm.ptr) -> !llvm.ptr, !state\n"
               "%regenerate = llvm.load %regenerate_at : !llvm.ptr -> !llvm.ptr\n"
               "%from = arith.constant 0 : i64\n"
               "%to = llvm.call %regenerate(%state, %worker, %projection, %b, %row64) : "
               "!llvm.ptr, (!llvm.ptr, !llvm.ptr, i32, i64, i64) -> i64\n");
}

std::string addDeliveryFunction(ModuleOp module, Location place, Type type, DeliveryKind kind) {
  std::string name = kind.amountStored ? "deliver_stored" : "deliver_uniform";
  if (kind.procedural)
    name += "_procedural";
  if (module.lookupSymbol(name))
    return name;
  std::string text = deliverTemplate;
  if (kind.procedural)
    regenerateRows(text);
  for (unsigned n = 0; n < 4; ++n)
    replaceAll(text, "ADD " + std::to_string(n), addition(n, kind.amountStored));
  addFromTemplate(module, place, type, text, name, /*sourceEntry=*/1, /*fieldEntry=*/2);
  return name;
}

std::string addEventWalk(ModuleOp module, Location place, Type type, StringRef event, uint32_t sourceEntry,
                         uint32_t fieldEntry) {
  std::string name = (event + ".walk").str();
  std::string text = deliverTemplate;
  size_t begin = text.find("// ROW\n"), end = text.find("// END\n");
  text.replace(begin, end - begin,
               "%block = llvm.getelementptr %blocks[%b] : (!llvm.ptr, i64) -> !llvm.ptr, !block\n"
               "llvm.call @\"" + event.str() + "\"(%state, %worker, %route, %k, %block, %row64, %from, %to, %delay) : "
               "(!llvm.ptr, !llvm.ptr, !llvm.ptr, i64, !llvm.ptr, i64, i64, i64, i64) -> ()\n"
               "%count = arith.subi %to, %from : i64\n");
  addFromTemplate(module, place, type, text, name, sourceEntry, fieldEntry);
  return name;
}

} // namespace snn
