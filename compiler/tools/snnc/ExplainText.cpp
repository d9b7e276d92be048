#include "compiler/tools/snnc/Explain.h"

#include "compiler/tools/snnc/Readable.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <cmath>

namespace snn::tool {

namespace {

class ExplanationPrinter {
public:
  ExplanationPrinter(const Explanation &explanation, llvm::raw_ostream &output)
      : explanation(explanation), output(output) {}
  void print();

private:
  void printBody(const ExplainedBody &body);
  void printOwners(const ExplainedBody &body);
  void printEquation(const ExplainedEquation &equation);
  void printHoisted(const ExplainedBody &body);
  void printCost(const ExplainedBody &body);
  void printBuffers(const ExplainedBody &body);
  void printProjection(const ExplainedProjection &projection);
  void printTotal();
  /// Elements of the body: neurons of its populations. Nothing for synapses, which are counted with their projections.
  uint64_t elementsOf(const ExplainedBody &body) const;

  const Explanation &explanation;
  llvm::raw_ostream &output;
};

} // namespace

static std::string counted(size_t count, llvm::StringRef noun) {
  return readableCount(count) + " " + noun.str() + (count == 1 ? "" : "s");
}

uint64_t ExplanationPrinter::elementsOf(const ExplainedBody &body) const {
  uint64_t elements = 0;
  for (const ExplainedPopulation &population : explanation.populations)
    if (llvm::is_contained(body.owners, population.name))
      elements += population.size;
  return elements;
}

void ExplanationPrinter::print() {
  output << explanation.network << ": " << counted(explanation.populations.size(), "population") << ", "
         << counted(explanation.projections.size(), "projection") << ", "
         << counted(explanation.bodies.size(), "piece") << " of code, " << explanation.precision << ", dt "
         << readableModelTime(explanation.dt) << '\n';
  for (const ExplainedBody &body : explanation.bodies)
    printBody(body);
  for (const ExplainedProjection &projection : explanation.projections)
    printProjection(projection);
  printTotal();
}

//===-- Neurons and synapses with states of their own -------------------------------------------------------------------===//

void ExplanationPrinter::printOwners(const ExplainedBody &body) {
  output << '\n' << llvm::join(body.owners, ", ") << ": " << body.model;
  uint64_t elements = elementsOf(body);
  output << (elements ? ", " + counted(elements, "neuron") : ", synapses with states of their own");
  output << (body.owners.size() > 1 ? ", one piece of code for all\n" : "\n");
  for (const auto &[prefix, clause] : body.parts)
    output << "  " << prefix << " is " << clause << '\n';
}

void ExplanationPrinter::printEquation(const ExplainedEquation &equation) {
  output << "\n  " << (equation.place.text.empty() ? equation.state + "'" : equation.place.text);
  if (!equation.place.position.empty())
    output << "   (" << equation.place.position << ")";
  output << "\n    " << equation.method << ": " << equation.why << "\n    " << equation.state
         << "(t + dt) = " << equation.update << '\n';
  if (!equation.rate.empty())
    output << "      a = " << equation.rate << '\n';
  if (!equation.rest.empty())
    output << "      c = " << equation.rest << '\n';
}

void ExplanationPrinter::printHoisted(const ExplainedBody &body) {
  for (bool perElement : {false, true}) {
    auto isOne = [&](const HoistedValue &value) { return value.perElement == perElement; };
    if (llvm::none_of(body.hoisted, isOne))
      continue;
    output << (perElement ? "\n  computed once for each, and loaded in every step\n"
                          : "\n  computed once, when a setting changes\n");
    for (const HoistedValue &value : body.hoisted)
      if (isOne(value))
        output << "    " << value.formula << '\n';
  }
}

void ExplanationPrinter::printCost(const ExplainedBody &body) {
  const StepCost &step = body.step;
  output << "\n  each in every step: " << counted(step.operations, "operation");
  for (auto [count, noun] : {std::pair(step.divisions, "division"), {step.transcendentals, "exponential or the like"},
                             {step.randomNumbers, "random number"}})
    if (count)
      output << ", " << count << " " << noun << (count > 1 && llvm::StringRef(noun) != "exponential or the like" ? "s" : "");
  output << "; " << step.bytes << " bytes read and written\n";
}

void ExplanationPrinter::printBuffers(const ExplainedBody &body) {
  if (body.buffers.empty())
    return;
  size_t width = 0;
  for (const ExplainedBuffer &buffer : body.buffers)
    width = std::max(width, buffer.name.size());
  uint64_t elements = elementsOf(body);
  output << "\n  memory\n";
  for (const ExplainedBuffer &buffer : body.buffers) {
    output << "    " << llvm::left_justify(buffer.name, width) << "  " << buffer.kind << ", " << buffer.bytes
           << " bytes each";
    if (elements)
      output << ", " << readableBytes(elements * buffer.bytes);
    output << '\n';
  }
}

void ExplanationPrinter::printBody(const ExplainedBody &body) {
  printOwners(body);
  for (const ExplainedEquation &equation : body.equations)
    printEquation(equation);
  printHoisted(body);
  printCost(body);
  printBuffers(body);
}

//===-- Projections -----------------------------------------------------------------------------------------------------===//

static std::string placeText(const ExplainedProjection &projection) {
  if (projection.alignment == "none")
    return "no state of its own";
  return "one state per " + projection.alignment;
}

void ExplanationPrinter::printProjection(const ExplainedProjection &projection) {
  output << '\n' << projection.name << ": " << projection.rule;
  if (projection.synapses)
    output << ", " << readableCount(static_cast<uint64_t>(std::llround(*projection.synapses))) << " synapses expected";
  if (projection.bytesPerSynapse)
    output << ", " << projection.bytesPerSynapse << " bytes each";
  if (projection.bytes)
    output << ", " << readableBytes(static_cast<uint64_t>(*projection.bytes)) << " in all";
  output << "\n  " << placeText(projection) << ": " << projection.why;
  if (!projection.place.position.empty())
    output << "   (" << projection.place.position << ")";
  output << '\n';
  if (projection.alignment != "target" && projection.alignment != "none" && !projection.place.text.empty())
    output << "    " << projection.place.text << '\n';
  if (!projection.mergedInto.empty())
    output << "  shares its states with " << projection.mergedInto << ", which has equal synapses onto the same input\n";
  bool ofSource = projection.alignment == "source" && projection.whyRulesAdvance.empty();
  if (projection.advancesSynapses)
    output << "  costs work for every " << (ofSource ? "source, and an addition for every synapse," : "synapse")
           << " in every step, whether or not a spike arrives\n";
  if (!projection.whyRulesAdvance.empty())
    output << "    because in a plasticity rule " << projection.whyRulesAdvance << "\n";
  if (!projection.advancesSynapses)
    output << "  costs work only where a spike arrives\n";
}

void ExplanationPrinter::printTotal() {
  uint64_t states = 0;
  double synapses = 0, rows = 0;
  for (const ExplainedPopulation &population : explanation.populations)
    states += population.bytes;
  for (const ExplainedProjection &projection : explanation.projections) {
    synapses += projection.synapses.value_or(0);
    rows += projection.bytes.value_or(0);
  }
  output << "\nin all: " << readableBytes(states) << " of neurons, " << readableBytes(static_cast<uint64_t>(rows)) << " of "
         << readableCount(static_cast<uint64_t>(std::llround(synapses))) << " synapses\n";
  bool usesExprel = llvm::any_of(explanation.bodies, [](const ExplainedBody &body) {
    return llvm::any_of(body.equations, [](const ExplainedEquation &equation) {
      return llvm::StringRef(equation.update).contains("exprel");
    });
  });
  if (usesExprel)
    output << "\nexprel(x) is (exp(x) - 1) / x\n";
}

void printExplanation(const Explanation &explanation, llvm::raw_ostream &output) {
  ExplanationPrinter(explanation, output).print();
}

} // namespace snn::tool
