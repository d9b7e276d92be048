// snn/compile.h: the front end and the compiler, behind a C interface.

#include "snn/compile.h"

#include "compiler/Compiler.h"
#include "frontend/ChooseExperiment.h"
#include "frontend/Frontend.h"

using namespace snn;

static std::string &threadDiagnostics() {
  thread_local std::string text;
  return text;
}

namespace {

/// One call of `snn_compile`.
class HostCompilation {
public:
  HostCompilation(const char *text, const snn_compile_options &options)
      : options(options), name(options.name ? options.name : "host.snn"), checked(loadText(name, text, sources, found)) {}

  llvm::Expected<std::unique_ptr<LoadedProgram>> run();
  /// Everything that was found so far.
  std::string diagnostics() const;
  bool isTextAtFault() const { return found.hasErrors() || later.hasErrors(); }

private:
  llvm::Expected<const model::Experiment *> experiment();

  const snn_compile_options &options;
  std::string name;
  llvm::SourceMgr sources;
  Diagnostics found{sources}, later{sources};
  FrontendResult checked;
  std::unique_ptr<model::Experiment> ofHost;
};

} // namespace

llvm::Expected<const model::Experiment *> HostCompilation::experiment() {
  ExperimentChoice wanted = {name, options.experiment ? options.experiment : "", "`snn_compile_options::experiment`"};
  if (!checked.model->experiments.empty())
    return chooseExperiment(*checked.model, wanted);
  llvm::Expected<const model::Network *> network = chooseNetwork(*checked.model, wanted);
  if (!network)
    return network.takeError();
  ofHost = model::hostExperiment(**network);
  if (options.dt > 0)
    ofHost->dt = options.dt;
  ofHost->precision = options.precision == SNN_F64 ? model::Precision::F64 : model::Precision::F32;
  return ofHost.get();
}

llvm::Expected<std::unique_ptr<LoadedProgram>> HostCompilation::run() {
  if (!checked.model)
    return llvm::createStringError("`" + name + "` has errors");
  llvm::Expected<const model::Experiment *> chosen = experiment();
  if (!chosen)
    return chosen.takeError();
  std::unique_ptr<Compiler> compiler(snn_create_compiler());
  CompileOptions compileOptions;
  compileOptions.cpu = options.cpu ? options.cpu : "";
  return compiler->load(*checked.model, **chosen, later, compileOptions);
}

std::string HostCompilation::diagnostics() const {
  std::string text;
  llvm::raw_string_ostream stream(text);
  found.print(stream);
  later.print(stream);
  return text;
}

static void release(void *program) { delete static_cast<LoadedProgram *>(program); }

/// Fails as a call without a simulation does.
static snn_status refuse(snn_status status, const std::string &message) { return snn_refuse(status, message.c_str()); }

snn_status snn_compile(const char *text, const snn_compile_options *options, snn_program **program) {
  threadDiagnostics().clear();
  if (!text || !program)
    return refuse(SNN_WRONG_USE, "compiling needs a text and a place to put the program");
  snn_compile_options none = {};
  HostCompilation compilation(text, options ? *options : none);
  llvm::Expected<std::unique_ptr<LoadedProgram>> loaded = compilation.run();
  threadDiagnostics() = compilation.diagnostics();
  if (!loaded)
    return refuse(compilation.isTextAtFault() ? SNN_WRONG_VALUE : SNN_WRONG_USE, llvm::toString(loaded.takeError()));
  const snn_model &model = (*loaded)->model();
  snn_status status = snn_program_adopt(&model, loaded->get(), release, program);
  if (status == SNN_OK)
    loaded->release();
  return status;
}

const char *snn_compile_diagnostics(void) { return threadDiagnostics().c_str(); }
