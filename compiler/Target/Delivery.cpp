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

std::string addDeliveryFunction(ModuleOp module, Type type, bool amountStored) {
  bool isSingle = type.isF32();
  std::string name = amountStored ? "deliver_stored" : "deliver_uniform";
  std::string text = deliverTemplate;
  replaceAll(text, "@DELIVER", "@" + name);
  replaceAll(text, "TRUNCATE %amount64", isSingle ? "arith.truncf %amount64 : f64 to f32" : "arith.addf %amount64, %nothing : f64");
  if (!isSingle)
    replaceAll(text, "%null = llvm", "%nothing = arith.constant -0.0 : f64\n  %null = llvm");
  for (unsigned n = 0; n < 4; ++n)
    replaceAll(text, "ADD " + std::to_string(n), addition(n, amountStored));
  text = std::string("!real = ") + (isSingle ? "f32" : "f64") + "\n" + text;
  OwningOpRef<ModuleOp> parsed = parseSourceString<ModuleOp>(text, module.getContext(), "deliver.mlir");
  assert(parsed && "the template is valid");
  for (Operation &op : llvm::make_early_inc_range(parsed->getBody()->getOperations()))
    op.moveBefore(module.getBody(), module.getBody()->end());
  return name;
}

} // namespace snn
