#include "compiler/Target/SourceLines.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;

namespace snn {
namespace {

/// Gives the locations of one module the form that translation understands.
class SourceLines {
public:
  SourceLines(ModuleOp module, StringRef modelFile, StringRef libraryFolder)
      : module(module), context(module.getContext()), modelFile(modelFile), libraryFolder(libraryFolder) {}

  void add();

private:
  LLVM::DIFileAttr fileOf(StringRef name);
  void addTo(LLVM::LLVMFuncOp function);
  Location lineIn(LLVM::DISubprogramAttr subprogram, Location location);

  ModuleOp module;
  MLIRContext *context;
  StringRef modelFile, libraryFolder;
  LLVM::DICompileUnitAttr unit;
  llvm::StringMap<LLVM::DIFileAttr> files;
  llvm::DenseMap<std::pair<Attribute, Attribute>, Location> lines; ///< by subprogram and location
};

} // namespace

/// The place in a text that a location is about; of several, the first.
static FileLineColRange placeOf(Location location) {
  FileLineColRange place;
  location->walk([&](Location inner) {
    place = dyn_cast<FileLineColRange>(inner);
    return place ? WalkResult::interrupt() : WalkResult::advance();
  });
  return place;
}

/// A relative name is relative to where the compiler was started.
LLVM::DIFileAttr SourceLines::fileOf(StringRef name) {
  LLVM::DIFileAttr &file = files[name];
  if (file)
    return file;
  llvm::SmallString<256> folder(libraryFolder);
  if (name == modelFile)
    llvm::sys::fs::current_path(folder);
  return file = LLVM::DIFileAttr::get(context, name, folder);
}

/// Models of the library stand in files of their own, so every line says which file it is of.
Location SourceLines::lineIn(LLVM::DISubprogramAttr subprogram, Location location) {
  auto [known, isNew] = lines.try_emplace({subprogram, location}, location);
  if (!isNew)
    return known->second;
  FileLineColRange place = placeOf(location);
  if (!place)
    return known->second = FusedLoc::get(context, {FileLineColLoc::get(context, modelFile, subprogram.getLine(), 0)}, subprogram);
  LLVM::DILocalScopeAttr scope = subprogram;
  LLVM::DIFileAttr file = fileOf(place.getFilename());
  if (file != subprogram.getFile())
    scope = LLVM::DILexicalBlockFileAttr::get(subprogram, file, /*discriminator=*/0);
  Location line = FileLineColLoc::get(place.getFilename(), place.getStartLine(), place.getStartColumn());
  return known->second = FusedLoc::get(context, {line}, scope);
}

void SourceLines::addTo(LLVM::LLVMFuncOp function) {
  auto named = function.getLoc()->findInstanceOf<NameLoc>();
  StringRef shown = named ? named.getName().getValue() : function.getName();
  FileLineColRange place = placeOf(function.getLoc());
  LLVM::DIFileAttr file = place ? fileOf(place.getFilename()) : unit.getFile();
  unsigned line = place ? place.getStartLine() : 1;
  auto flags = LLVM::DISubprogramFlags::Definition | LLVM::DISubprogramFlags::Optimized;
  auto subprogram = LLVM::DISubprogramAttr::get(
      context, DistinctAttr::create(UnitAttr::get(context)), unit, file, StringAttr::get(context, shown),
      /*linkageName=*/StringAttr(), file, line, line, flags,
      LLVM::DISubroutineTypeAttr::get(context, ArrayRef<LLVM::DITypeAttr>()), {}, {});
  function.walk([&](Operation *op) {
    if (op != function)
      op->setLoc(lineIn(subprogram, op->getLoc()));
  });
  function->setLoc(FusedLoc::get(context, {function.getLoc()}, subprogram));
}

void SourceLines::add() {
  // C is the language whose expressions debuggers evaluate for us.
  unit = LLVM::DICompileUnitAttr::get(DistinctAttr::create(UnitAttr::get(context)), llvm::dwarf::DW_LANG_C11,
                                      fileOf(modelFile), StringAttr::get(context, "snnc"), /*isOptimized=*/true,
                                      LLVM::DIEmissionKind::Full);
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (!function.isExternal())
      addTo(function);
}

void addSourceLines(ModuleOp module, StringRef modelFile, StringRef libraryFolder) {
  SourceLines(module, modelFile, libraryFolder).add();
}

} // namespace snn
