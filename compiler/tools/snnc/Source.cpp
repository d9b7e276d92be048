#include "compiler/tools/snnc/Source.h"

#include "llvm/Support/Path.h"

namespace snn::tool {

llvm::Expected<std::unique_ptr<Source>> Source::load(llvm::StringRef path, Warnings warnings) {
  std::unique_ptr<Source> source(new Source(path));
  llvm::Expected<FrontendResult> result = loadFile(path, source->sourceMgr, source->found);
  if (!result)
    return result.takeError();
  source->result = std::move(*result);
  if (warnings == Warnings::AreErrors && source->found.warningCount()) {
    source->found.makeWarningsErrors();
    source->result.model.reset();
  }
  return source;
}

/// Standard input is called as in the command line, as it is when it is read as a file.
std::unique_ptr<Source> Source::fromText(llvm::StringRef path, llvm::StringRef text) {
  std::unique_ptr<Source> source(new Source(path));
  source->result = loadText(path == "-" ? "<stdin>" : path, text, source->sourceMgr, source->found);
  return source;
}

std::string Source::folder() const {
  llvm::StringRef parent = llvm::sys::path::parent_path(filePath);
  return parent.empty() ? "." : parent.str();
}

/// "`Coba`, `Cuba`": the experiments there are, by the names of their networks.
static std::string namesOf(const std::vector<std::unique_ptr<model::Experiment>> &experiments) {
  std::string names;
  for (const auto &experiment : experiments)
    names += (names.empty() ? "`" : ", `") + experiment->network->name + "`";
  return names;
}

llvm::Expected<const model::Experiment *> Source::experiment(llvm::StringRef choice) const {
  const auto &experiments = model()->experiments;
  if (experiments.empty())
    return llvm::createStringError("nothing to run: `" + filePath + "` has no `simulate`");
  if (choice.empty()) {
    if (experiments.size() == 1)
      return experiments.front().get();
    return llvm::createStringError("`" + filePath + "` has " + std::to_string(experiments.size()) + " `simulate`, of " +
                                   namesOf(experiments) + "; choose one with `--experiment`");
  }
  size_t position;
  if (!choice.getAsInteger(10, position) && position >= 1 && position <= experiments.size())
    return experiments[position - 1].get();
  for (const auto &experiment : experiments)
    if (choice == experiment->network->name)
      return experiment.get();
  return llvm::createStringError("`" + filePath + "` has no `simulate " + choice.str() + "`; it has those of " +
                                 namesOf(experiments));
}

} // namespace snn::tool
