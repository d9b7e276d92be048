// The compiler as its callers see it: a checked `Model` in, an artefact or a loaded program out.
//
// The library behind this header links LLVM and MLIR, which take longer to load than a file takes to check. The driver
// therefore keeps all that needs it in a library of its own, which it opens when there is something to compile
// (compiler/tools/snnc/CommandLibrary.h).

#ifndef SNN_COMPILER_COMPILER_H
#define SNN_COMPILER_COMPILER_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <string>
#include <vector>

struct snn_model;

namespace snn::model {
struct Model;
struct Experiment;
} // namespace snn::model

namespace snn {

class Diagnostics;

/// Artefacts of the back half of the pipe, in order.
enum class Stage { Snn, Step, Target, Llvm, Assembly, Object };

struct CompileOptions {
  std::string cpu;         ///< an LLVM CPU name such as "x86-64-v3"; empty: this machine
  bool verifyEach = false; ///< run the verifier after every pass
  bool debugInfo = false;  ///< tell debuggers and profilers the lines of the model; the machine code is the same
  bool jitDump = false;    ///< write a file from which `perf inject --jit` learns of code in memory
};

/// Wall time of one phase of a compilation, in milliseconds.
struct PhaseTime {
  std::string phase; ///< "import", "passes", "llvm", "link"
  double milliseconds;
};

/// A program as an object that can be linked or loaded.
struct CompiledObject {
  llvm::SmallVector<char, 0> bytes;
  /// For every setting of the program, where in the values of the experiment's `model::Structure` its default is; SNN_NONE
  /// if it is part of the structure.
  std::vector<uint32_t> origins;
};

/// A program in memory; owns the machine code that `model()` points into.
class LoadedProgram {
public:
  virtual ~LoadedProgram() = default;
  virtual const snn_model &model() const = 0;
};

class Compiler {
public:
  virtual ~Compiler() = default;

  /// Prints the artefact of `stage` (text, or bytes for `Object`).
  /// What is wrong with the user's program goes to `diagnostics`, made for the texts the model was read from, and makes
  /// this fail.
  virtual llvm::Error emit(const model::Model &model, const model::Experiment &experiment, Diagnostics &diagnostics,
                           const CompileOptions &options, Stage stage, llvm::raw_ostream &output) = 0;

  /// Object bytes, from the same path as `load`.
  virtual llvm::Expected<CompiledObject> compile(const model::Model &model, const model::Experiment &experiment,
                                                 Diagnostics &diagnostics, const CompileOptions &options) = 0;

  /// Compiles and loads through ORC.
  virtual llvm::Expected<std::unique_ptr<LoadedProgram>> load(const model::Model &model, const model::Experiment &experiment,
                                                              Diagnostics &diagnostics, const CompileOptions &options) = 0;

  /// Phases of the last call.
  virtual const std::vector<PhaseTime> &phaseTimes() const = 0;
};

/// Links an object in memory, through ORC, and tells debuggers and profilers of it as `options` say.
llvm::Expected<std::unique_ptr<LoadedProgram>> loadObject(llvm::ArrayRef<char> object, const CompileOptions &options);

/// Links an object into the shared object `path`, whole or not at all.
llvm::Error linkShared(llvm::StringRef path, llvm::ArrayRef<char> object);

} // namespace snn

/// A compiler; the caller owns it.
extern "C" snn::Compiler *snn_create_compiler();

#endif // SNN_COMPILER_COMPILER_H
