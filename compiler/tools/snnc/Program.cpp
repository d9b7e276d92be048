#include "compiler/tools/snnc/Program.h"

#include "compiler/Cache/ObjectCache.h"
#include "compiler/Cache/ProgramKey.h"
#include "compiler/Cache/SharedProgram.h"
#include "compiler/tools/snnc/CommandLibrary.h"
#include "compiler/tools/snnc/CompileOptions.h"
#include "compiler/tools/snnc/Report.h"

#include "llvm/Support/FileSystem.h"

namespace snn::tool {

namespace {

/// One search for a program.
class Search {
public:
  Search(const Source &source, const model::Experiment &experiment, const Options &options,
         llvm::ArrayRef<std::string> arguments, Timing &timing)
      : source(source), experiment(experiment), options(options), arguments(arguments), timing(timing),
        structure(experiment) {}

  ExitStatus obtain(Program &program);

private:
  llvm::Error openCache();
  bool load(const ObjectCache::Program &kept, Program &program);
  ExitStatus compile(const std::string &sharedObject, ProgramAnswer &answer);
  ExitStatus compileAndKeep(const std::string &scratch, Program &program);
  ExitStatus compileInMemory(const llvm::Twine &why, Program &program);

  const Source &source;
  const model::Experiment &experiment;
  const Options &options;
  llvm::ArrayRef<std::string> arguments;
  Timing &timing;
  const model::Structure structure;
  std::optional<ObjectCache> cache;
  model::Digest key;
};

} // namespace

llvm::Error Search::openCache() {
  llvm::Expected<ObjectCache> opened = ObjectCache::open();
  if (!opened)
    return opened.takeError();
  std::optional<model::Digest> found = programKey(structure, compileOptionsOf(options), compilerLibraries());
  if (!found)
    return llvm::createStringError("cannot tell which build of the compiler this is");
  key = *found;
  cache = std::move(*opened);
  return llvm::Error::success();
}

/// A program that does not load, from a folder where nothing may be executed, for one, is compiled anew.
bool Search::load(const ObjectCache::Program &kept, Program &program) {
  Stopwatch loading;
  auto loaded = loadShared(kept.path, kept.origins, experiment, structure);
  if (!loaded) {
    llvm::consumeError(loaded.takeError());
    return false;
  }
  program.loaded = std::move(*loaded);
  timing.add("load", loading.milliseconds());
  return true;
}

ExitStatus Search::compile(const std::string &sharedObject, ProgramAnswer &answer) {
  ProgramRequest request{arguments.vec(), source.text().str(), sharedObject};
  llvm::Expected<ExitStatus> status = compileInLibrary(request, answer);
  timing.add(answer.phases);
  if (status)
    return *status;
  reportError(status.takeError());
  return exitWrongUse;
}

ExitStatus Search::compileInMemory(const llvm::Twine &why, Program &program) {
  program.account = ("compiled, not kept: " + why).str();
  ProgramAnswer answer;
  ExitStatus status = compile("", answer);
  program.loaded = std::move(answer.program);
  return status;
}

ExitStatus Search::compileAndKeep(const std::string &scratch, Program &program) {
  ProgramAnswer answer;
  if (ExitStatus status = compile(scratch, answer)) {
    llvm::sys::fs::remove(scratch);
    return status;
  }
  if (answer.program) {
    llvm::sys::fs::remove(scratch);
    program = {std::move(answer.program), "compiled, not kept: " + answer.notLinked};
    return exitFine;
  }
  Stopwatch keeping;
  llvm::Expected<ObjectCache::Program> kept = cache->keep(scratch, key, std::move(answer.origins));
  if (!kept)
    return compileInMemory(llvm::toString(kept.takeError()), program);
  timing.add("keep", keeping.milliseconds());
  bool isLoaded = load(*kept, program);
  if (answer.hasMessages) // which a later run would have to repeat
    llvm::sys::fs::remove(kept->path);
  if (!isLoaded)
    return compileInMemory("`" + kept->path + "` cannot be loaded", program);
  program.account = "compiled, kept as " + kept->path;
  return exitFine;
}

ExitStatus Search::obtain(Program &program) {
  if (!options.usesCache)
    return compileInMemory("`--no-cache`", program);
  if (options.debugInfo)
    return compileInMemory("its lines belong to this text", program);
  Stopwatch searching;
  if (llvm::Error error = openCache())
    return compileInMemory(llvm::toString(std::move(error)), program);
  std::optional<ObjectCache::Program> kept = cache->find(key);
  timing.add("cache", searching.milliseconds());
  if (kept && load(*kept, program)) {
    program.account = "reused " + kept->path;
    return exitFine;
  }
  llvm::Expected<std::string> scratch = cache->createScratch();
  if (!scratch)
    return compileInMemory(llvm::toString(scratch.takeError()), program);
  return compileAndKeep(*scratch, program);
}

ExitStatus obtainProgram(const Source &source, const model::Experiment &experiment, const Options &options,
                         llvm::ArrayRef<std::string> arguments, Timing &timing, Program &program) {
  return Search(source, experiment, options, arguments, timing).obtain(program);
}

} // namespace snn::tool
