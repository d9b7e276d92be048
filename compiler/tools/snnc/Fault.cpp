#include "compiler/tools/snnc/Fault.h"

#include "llvm/ADT/STLExtras.h"

namespace snn::tool {

/// The source text of a range without its line breaks.
static std::string textOf(llvm::SMRange range) {
  llvm::StringRef text(range.Start.getPointer(),
                       static_cast<size_t>(range.End.getPointer() - range.Start.getPointer()));
  std::string line;
  for (llvm::StringRef part; !text.empty(); line += (line.empty() || part.empty() ? "" : " ") + part.str()) {
    std::tie(part, text) = text.split('\n');
    part = part.trim();
  }
  return line;
}

std::string equationOfFault(const snn_model &program, const snn_fault &fault, const model::Experiment &experiment,
                            const Source &source) {
  if (fault.field == SNN_NONE)
    return {};
  const snn_population &population = program.populations[fault.population];
  auto named = [](llvm::StringRef name) { return [=](const auto &thing) { return thing->name == name; }; };
  auto declared = llvm::find_if(experiment.network->populations, named(population.name));
  if (declared == experiment.network->populations.end() || !(*declared)->model.definition)
    return {};
  llvm::StringRef state = population.fields[fault.field].name;
  for (const model::Equation &equation : (*declared)->model.definition->equations)
    if (equation.state->name == state && equation.range.isValid()) {
      SourcePosition at = positionOf(source.diagnostics().sourceManager(), equation.range.Start);
      return "; its equation is " + quoted(textOf(equation.range)) + " (" + at.file.str() + ":" +
             std::to_string(at.line) + ")";
    }
  return {};
}

} // namespace snn::tool
