// The table of run-time numbers of a program, made while it is instantiated.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_SETTINGS_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_SETTINGS_H

#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/Builders.h"

namespace snn {

class Settings {
public:
  /// Settings are inserted at the start of the program, in the order of their creation.
  explicit Settings(ir::ProgramOp program) : program(program) {}

  /// The setting of this name; created with the given default if there is none yet. `origin` is the location of the number
  /// in the model that it stands for.
  mlir::FlatSymbolRefAttr get(llvm::StringRef name, double value, llvm::StringRef unit = "", double scale = 1,
                              std::optional<mlir::Location> origin = std::nullopt);

  /// The border of a range of a population: its size, zero, or a number of its own.
  mlir::FlatSymbolRefAttr border(llvm::StringRef population, int64_t value, int64_t size);

  /// What the setting of a population's size is called: not "N.size", which would be its parameter `size`.
  static std::string sizeOf(llvm::StringRef population) { return ("size(" + population + ")").str(); }

private:
  ir::ProgramOp program;
  mlir::Operation *last = nullptr;
  llvm::StringMap<mlir::FlatSymbolRefAttr> known;
};

/// The settings a body or connector takes as arguments: position k of `snn.argument k`.
class Arguments {
public:
  unsigned add(mlir::FlatSymbolRefAttr setting) {
    auto it = llvm::find(list, setting);
    if (it != list.end())
      return it - list.begin();
    list.push_back(setting);
    return list.size() - 1;
  }
  llvm::ArrayRef<mlir::Attribute> all() const { return list; }

private:
  llvm::SmallVector<mlir::Attribute> list;
};

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_SETTINGS_H
