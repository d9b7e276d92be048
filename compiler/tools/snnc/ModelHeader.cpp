#include "compiler/tools/snnc/ModelHeader.h"

#include "compiler/tools/snnc/Identifier.h"
#include "frontend/Units.h"

#include "llvm/ADT/StringExtras.h"

#include <charconv>
#include <vector>

using llvm::StringRef;

namespace snn::tool {

namespace {

struct Setting {
  std::string member;
  const snn_setting *declared;
};

/// "N.V" as the member "N_V"; "N_count" is the number of its values.
struct Array {
  std::string member, name, count;
  const snn_field *declared;
  const char *type;
};

class HeaderWriter {
public:
  HeaderWriter(const snn_model &model, StringRef source, llvm::raw_ostream &output);
  void write();

private:
  void writeParameters();
  void writeStates();
  void writeKeys();

  const snn_model &model;
  StringRef source;
  llvm::raw_ostream &output;
  std::string network;
  std::vector<Setting> settings;
  std::vector<Array> arrays;
};

} // namespace

/// Numbers inside expressions and borders of slices have names that nobody writes.
static bool isWritable(const snn_setting &setting) { return StringRef(setting.name).find_first_of("#@") == StringRef::npos; }

/// States, and inputs left to the host. Internal ones have names with a dot of their own, as synapses' states have too.
static bool isShown(const snn_field &field) {
  return (field.kind == SNN_STATE || field.kind == SNN_EXTERNAL) && !StringRef(field.name).starts_with("refractory.");
}

HeaderWriter::HeaderWriter(const snn_model &model, StringRef source, llvm::raw_ostream &output)
    : model(model), source(source), output(output), network(model.network) {
  Identifiers members;
  for (uint32_t s = 0; s < model.n_settings; ++s)
    if (isWritable(model.settings[s]))
      settings.push_back({members.make(model.settings[s].name), &model.settings[s]});
  Identifiers states;
  for (uint32_t p = 0; p < model.n_populations; ++p) {
    const snn_population &population = model.populations[p];
    std::string count = states.make(std::string(population.name) + ".count");
    for (uint32_t k = 0; k < population.n_fields; ++k) {
      const snn_field &field = population.fields[k];
      std::string name = std::string(population.name) + "." + field.name;
      if (isShown(field) && !population.anonymous)
        arrays.push_back({states.make(name), name, count, &field, field.type == SNN_F32 ? "float" : "double"});
    }
  }
}

/// Text inside a comment of C.
static std::string harmless(StringRef text) {
  std::string result;
  for (char c : text.trim())
    result += c == '\n' ? ' ' : c;
  for (size_t at = result.find("*/"); at != std::string::npos; at = result.find("*/"))
    result[at + 1] = ' ';
  return result;
}

static std::string quoted(StringRef text) {
  std::string result;
  llvm::raw_string_ostream stream(result);
  stream << '"';
  llvm::printEscapedString(text, stream);
  stream << '"';
  return result;
}

static std::string number(double value) {
  char digits[32];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, end);
}

static double inAuthorsUnit(const snn_setting &setting) { return setting.value / setting.scale; }

static std::string sentence(const char *documentation) {
  std::string text = documentation ? harmless(documentation) : "";
  return text.empty() ? "" : ": " + text;
}

void HeaderWriter::write() {
  std::string guard = "SNN_MODEL_" + StringRef(network).upper() + "_H";
  output << "/* What a host of the network " << network << " needs to know. Written by snnc from " << harmless(source)
         << "; it is written anew whenever\n * that is compiled. */\n#ifndef " << guard << "\n#define " << guard
         << "\n\n#include <snn/snn.h>\n\n#include <stddef.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n"
         << "/* The program, for a host that links it; `snn_program_open` opens it by the path of the shared object. */\n"
         << "const snn_model *snn_query_" << network << "(void);\n\n";
  writeParameters();
  writeStates();
  output << "#ifdef __cplusplus\n}\n#endif\n\n";
  writeKeys();
  output << "#endif\n";
}

void HeaderWriter::writeParameters() {
  output << "/* Its run-time values. Those marked `live` may also be set, by `snn_set`, while it runs. */\ntypedef struct "
         << network << "_parameters {\n";
  for (const Setting &setting : settings) {
    const snn_setting &declared = *setting.declared;
    output << "  double " << setting.member << "; /* `" << harmless(declared.name) << "`"
           << (*declared.unit ? " in " : "") << declared.unit << (declared.live ? ", live" : "")
           << sentence(declared.documentation) << " */\n";
  }
  output << "} " << network << "_parameters;\n\nstatic inline " << network << "_parameters " << network
         << "_defaults(void) {\n  " << network << "_parameters values;\n";
  for (const Setting &setting : settings)
    output << "  values." << setting.member << " = " << number(inAuthorsUnit(*setting.declared)) << ";\n";
  output << "  return values;\n}\n\n/* Sets them all; before `snn_build`. */\nstatic inline snn_status " << network
         << "_set(snn_simulation *simulation, const " << network << "_parameters *values) {\n  snn_status status = SNN_OK;\n";
  for (const Setting &setting : settings)
    output << "  if (status == SNN_OK) status = snn_set(simulation, " << quoted(setting.declared->name) << ", values->"
           << setting.member << ", " << quoted(setting.declared->unit) << ");\n";
  output << "  return status;\n}\n\n";
}

void HeaderWriter::writeStates() {
  output << "/* Its states, and the inputs that are left to the host: one value per neuron, where the program keeps them, in base\n"
         << " * units. They live as long as the simulation. */\ntypedef struct " << network << "_states {\n";
  StringRef lastCount;
  for (const Array &array : arrays) {
    const snn_field &declared = *array.declared;
    if (array.count != lastCount)
      output << "  uint64_t " << array.count << "; /* neurons of `" << StringRef(array.name).split('.').first << "` */\n";
    lastCount = array.count;
    output << "  " << array.type << " *" << array.member << "; /* `" << array.name << "`"
           << (declared.kind == SNN_EXTERNAL ? ", written by the host" : "") << (*declared.unit ? ", in " : "")
           << declared.unit;
    if (declared.scale != 1)
      output << " (1 " << declared.unit << " is stored as " << number(declared.scale) << ")";
    output << sentence(declared.documentation) << " */\n";
  }
  output << "} " << network << "_states;\n\n/* Points them into a built simulation. */\nstatic inline snn_status " << network
         << "_view(snn_simulation *simulation, " << network << "_states *states) {\n  snn_view view;\n  snn_status status = SNN_OK;\n";
  for (const Array &array : arrays) {
    output << "  if (status == SNN_OK && (status = snn_view_field(simulation, " << quoted(array.name)
           << ", &view)) == SNN_OK) {\n    states->" << array.member << " = (" << array.type << " *)view.values;\n    states->"
           << array.count << " = view.count;\n  }\n";
  }
  output << "  return status;\n}\n\n";
}

/// The dimension of a unit as Boost.Units calls it; null where it has no name.
static const char *boostDimension(StringRef unit) {
  std::optional<Unit> parsed = parseUnit(unit);
  if (!parsed)
    return nullptr;
  static const std::pair<Dimension, const char *> names[] = {
      {Dimension::time(), "time"},
      {Dimension::frequency(), "frequency"},
      {Dimension::voltage(), "electric_potential"},
      {Dimension::current(), "current"},
      {Dimension::conductance(), "conductance"},
      {Dimension::resistance(), "resistance"},
      {Dimension::capacitance(), "capacitance"},
      {Dimension::charge(), "electric_charge"},
  };
  for (const auto &[dimension, name] : names)
    if (parsed->dimension == dimension)
      return name;
  return nullptr;
}

/// A host in C++ that has included snn/snn.hpp before gets names with a dimension, so that another one does not compile.
void HeaderWriter::writeKeys() {
  output << "#ifdef SNN_SNN_HPP\n/* `simulation.set(" << network
         << "_keys::NAME, quantity)`: a quantity of another dimension does not compile. */\nnamespace " << network
         << "_keys {\n";
  for (const Setting &setting : settings)
    if (const char *dimension = boostDimension(setting.declared->unit))
      output << "inline constexpr ::snn::Key<::boost::units::" << dimension << "_dimension> " << setting.member << "{"
             << quoted(setting.declared->name) << "};\n";
  output << "}\n#endif\n\n";
}

void writeModelHeader(const snn_model &model, StringRef source, llvm::raw_ostream &output) {
  HeaderWriter(model, source, output).write();
}

} // namespace snn::tool
