// snn/snn.h for C++17: objects that clean up after themselves, and quantities of Boost.Units (headers only).
//
//   snn::Program program("./libcoba.so");
//   snn::Simulation simulation(program);
//   simulation.set("N.tau", 10.0 * snn::milliseconds);
//   simulation.build();
//   simulation.run(100.0 * snn::milliseconds);
//   for (float V : simulation.state<float>("N.V")) ...
//
// Whatever fails throws an `snn::Error` with the sentence of `snn_message`. A quantity of the wrong dimension is such an error,
// naming both dimensions, where the kind of a setting is known by its name alone; through an `snn::Key`, whose type has the
// dimension, it does not compile. Names, units, threads and lifetimes are as in snn/snn.h.

#ifndef SNN_SNN_HPP
#define SNN_SNN_HPP

#include "snn/snn.h"

#include <boost/units/quantity.hpp>
#include <boost/units/systems/si.hpp>
#include <boost/units/systems/si/prefixes.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace snn {

// ---- Units -------------------------------------------------------------------------------------------------------------

namespace si = boost::units::si;

/// The units of neurons; others are made alike, with the prefixes of Boost.Units.
inline const auto milliseconds = si::milli * si::seconds;
inline const auto millivolts = si::milli * si::volts;
inline const auto picoamperes = si::pico * si::amperes;
inline const auto nanoamperes = si::nano * si::amperes;
inline const auto nanosiemens = si::nano * si::siemens;
inline const auto picofarads = si::pico * si::farads;
inline const auto hertz = si::hertz;

namespace detail {

template <typename Tag> constexpr const char *symbol = nullptr;
template <> inline constexpr const char *symbol<boost::units::length_base_dimension> = "m";
template <> inline constexpr const char *symbol<boost::units::mass_base_dimension> = "kg";
template <> inline constexpr const char *symbol<boost::units::time_base_dimension> = "s";
template <> inline constexpr const char *symbol<boost::units::current_base_dimension> = "A";
template <> inline constexpr const char *symbol<boost::units::temperature_base_dimension> = "K";
template <> inline constexpr const char *symbol<boost::units::amount_base_dimension> = "mol";

/// A dimension of Boost.Units as the text of its coherent SI unit: "m^2*kg*s^-3*A^-1"; "" for a number.
template <typename List> std::string unitText() {
  if constexpr (std::is_same_v<List, boost::units::dimensionless_type>) {
    return "";
  } else {
    using Item = typename List::item;
    using Power = typename Item::value_type;
    static_assert(symbol<typename Item::tag_type> != nullptr, "a dimension that models of neurons do not have");
    std::string text = symbol<typename Item::tag_type>;
    if (Power::Denominator != 1)
      text += "^(" + std::to_string(Power::Numerator) + "/" + std::to_string(Power::Denominator) + ")";
    else if (Power::Numerator != 1)
      text += "^" + std::to_string(Power::Numerator);
    std::string rest = unitText<typename List::next>();
    return rest.empty() ? text : text + "*" + rest;
  }
}

template <typename Dimension> using Coherent = boost::units::unit<Dimension, si::system>;

template <typename Unit, typename Number> double coherentValue(const boost::units::quantity<Unit, Number> &quantity) {
  using Target = boost::units::quantity<Coherent<typename Unit::dimension_type>, double>;
  return Target(boost::units::quantity<Unit, double>(quantity)).value();
}

template <typename Unit, typename Number>
std::vector<double> coherentValues(const std::vector<boost::units::quantity<Unit, Number>> &quantities) {
  std::vector<double> values;
  for (const auto &quantity : quantities)
    values.push_back(coherentValue(quantity));
  return values;
}

/// Values in the coherent SI unit as quantities of another one.
template <typename Unit> std::vector<boost::units::quantity<Unit>> quantities(const std::vector<double> &values) {
  using CoherentUnit = Coherent<typename Unit::dimension_type>;
  std::vector<boost::units::quantity<Unit>> result;
  for (double value : values)
    result.push_back(boost::units::quantity<Unit>(boost::units::quantity<CoherentUnit>::from_value(value)));
  return result;
}

} // namespace detail

/// A name that knows the dimension of what it names: `constexpr snn::Key<boost::units::time_dimension> tau{"N.tau"};`
template <typename Dimension> struct Key {
  const char *name;
};

// ---- Errors ------------------------------------------------------------------------------------------------------------

class Error : public std::runtime_error {
public:
  Error(snn_status status, const char *message) : std::runtime_error(message), code(status) {}
  snn_status status() const { return code; }

private:
  snn_status code;
};

// ---- Programs ------------------------------------------------------------------------------------------------------------

/// Owns a compiled program. Simulations of it must not outlive it.
class Program {
public:
  /// Opens a shared object.
  explicit Program(const std::string &path) {
    if (snn_status status = snn_program_open(path.c_str(), &handle))
      throw Error(status, snn_message(nullptr));
  }
  /// Takes over what `snn_compile` or another call of C has made.
  explicit Program(snn_program *handle) : handle(handle) {}
  Program(Program &&other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
  Program &operator=(Program &&other) noexcept {
    std::swap(handle, other.handle);
    return *this;
  }
  ~Program() { snn_program_close(handle); }

  const snn_model &model() const { return *snn_program_model(handle); }

private:
  snn_program *handle = nullptr;
};

// ---- Arrays ------------------------------------------------------------------------------------------------------------

/// Values that somebody else owns, one behind the other.
template <typename T> class Span {
public:
  Span(T *values, size_t count) : values(values), count(count) {}
  T *begin() const { return values; }
  T *end() const { return values + count; }
  T *data() const { return values; }
  size_t size() const { return count; }
  T &operator[](size_t i) const { return values[i]; }

private:
  T *values;
  size_t count;
};

/// Spike k is one of neuron `neurons[k]` in step `steps[k]`.
struct Spikes {
  Span<const uint64_t> steps;
  Span<const uint32_t> neurons;
  size_t size() const { return steps.size(); }
};

/// Synapse k goes from neuron `pre[k]` to neuron `post[k]`, positions in their populations.
struct Contacts {
  std::vector<uint32_t> pre, post;
  size_t size() const { return pre.size(); }
};

// ---- Simulations ---------------------------------------------------------------------------------------------------------

class Simulation {
public:
  /// The model outlives the simulation.
  explicit Simulation(const snn_model &model, const snn_options &options = {}) {
    snn_simulation *made = nullptr;
    if (snn_status status = snn_create(&model, &options, &made))
      throw Error(status, snn_message(nullptr));
    handle.reset(made);
  }
  explicit Simulation(const Program &program, const snn_options &options = {}) : Simulation(program.model(), options) {}

  /// Sets a value by name, before the network is built or, where it is live, at any time.
  template <typename Unit, typename Number>
  void set(const std::string &name, const boost::units::quantity<Unit, Number> &value) {
    const std::string unit = detail::unitText<typename Unit::dimension_type>();
    check(snn_set(handle.get(), name.c_str(), detail::coherentValue(value), unit.c_str()));
  }
  void set(const std::string &name, double number) { check(snn_set(handle.get(), name.c_str(), number, "")); }
  /// The same where the name has a dimension: another one does not compile.
  template <typename Dimension, typename Unit, typename Number>
  void set(Key<Dimension> key, const boost::units::quantity<Unit, Number> &value) {
    static_assert(std::is_same_v<Dimension, typename Unit::dimension_type>,
                  "the value has another dimension than what it is given to");
    set(std::string(key.name), value);
  }

  /// A setting as in force, in the unit that is asked for: `simulation.get("N.tau", snn::milliseconds)`.
  template <typename Unit> auto get(const std::string &name, const Unit &) const {
    double value = 0;
    const std::string unit = detail::unitText<typename Unit::dimension_type>();
    check(snn_get(handle.get(), name.c_str(), &value, unit.c_str()));
    using Coherent = detail::Coherent<typename Unit::dimension_type>;
    return boost::units::quantity<Unit>(boost::units::quantity<Coherent>::from_value(value));
  }

  void setSeed(uint64_t seed) { check(snn_set_seed(handle.get(), seed)); }
  void setFolder(const std::string &folder) { check(snn_set_folder(handle.get(), folder.c_str())); }
  void build() { check(snn_build(handle.get())); }
  void reset() { check(snn_reset(handle.get())); }

  /// Advances by a time, which is a multiple of `dt`. False if the sink has asked to stop.
  template <typename Unit, typename Number>
  bool run(const boost::units::quantity<Unit, Number> &duration, const snn_sink *sink = nullptr) {
    static_assert(std::is_same_v<typename Unit::dimension_type, boost::units::time_dimension>, "a duration is a time");
    return finished(snn_run(handle.get(), detail::coherentValue(duration), "s", sink));
  }
  /// Advances by steps; 0: to the end of the experiment.
  bool advance(uint64_t steps, const snn_sink *sink = nullptr) { return finished(snn_advance(handle.get(), steps, sink)); }

  uint64_t step() const { return snn_step(handle.get()); }

  /// The values of "N.V" where the program keeps them, in base units (ms, mV, pA, nS); T is float, or double with f64. Lives as
  /// long as the simulation.
  template <typename T> Span<T> state(const std::string &name) {
    static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>, "states are float or double");
    snn_view view;
    check(snn_view_field(handle.get(), name.c_str(), &view));
    if (view.type != (std::is_same_v<T, float> ? SNN_F32 : SNN_F64))
      throw Error(SNN_WRONG_USE, ("`" + name + "` is kept as " + typeName(view.type)).c_str());
    return {static_cast<T *>(view.values), static_cast<size_t>(view.count)};
  }

  /// Copies of the values, and the other way round, with their unit.
  template <typename Unit> std::vector<boost::units::quantity<Unit>> read(const std::string &name, const Unit &) const {
    snn_view view;
    check(snn_view_field(handle.get(), name.c_str(), &view));
    std::vector<double> values(view.count);
    const std::string unit = detail::unitText<typename Unit::dimension_type>();
    check(snn_read(handle.get(), name.c_str(), 0, view.count, values.data(), unit.c_str()));
    return detail::quantities<Unit>(values);
  }
  template <typename Unit, typename Number>
  void write(const std::string &name, const std::vector<boost::units::quantity<Unit, Number>> &quantities, uint64_t first = 0) {
    const std::vector<double> values = detail::coherentValues(quantities);
    const std::string unit = detail::unitText<typename Unit::dimension_type>();
    check(snn_write(handle.get(), name.c_str(), first, values.size(), values.data(), unit.c_str()));
  }

  /// How many synapses a projection has, between whom, and the unit of their weights; they are counted as snn.h says.
  snn_connections connections(const std::string &projection) const {
    snn_connections found;
    check(snn_get_connections(handle.get(), projection.c_str(), &found));
    return found;
  }
  /// The ends, delays and weights of all its synapses.
  Contacts contacts(const std::string &projection) const {
    const uint64_t count = connections(projection).count;
    Contacts found{std::vector<uint32_t>(count), std::vector<uint32_t>(count)};
    check(snn_read_contacts(handle.get(), projection.c_str(), 0, count, found.pre.data(), found.post.data()));
    return found;
  }
  template <typename Unit> std::vector<boost::units::quantity<Unit>> delays(const std::string &projection, const Unit &) const {
    return ofSynapses<Unit>(projection, snn_read_delays);
  }
  template <typename Unit> std::vector<boost::units::quantity<Unit>> weights(const std::string &projection, const Unit &) const {
    return ofSynapses<Unit>(projection, snn_read_weights);
  }
  /// Writes the weights of as many synapses from synapse `first` on.
  template <typename Unit, typename Number>
  void setWeights(const std::string &projection, const std::vector<boost::units::quantity<Unit, Number>> &weights, uint64_t first = 0) {
    const std::vector<double> values = detail::coherentValues(weights);
    const std::string unit = detail::unitText<typename Unit::dimension_type>();
    check(snn_write_weights(handle.get(), projection.c_str(), first, values.size(), values.data(), unit.c_str()));
  }
  /// The weights in a file, of one projection or of all that are in it.
  void loadWeights(const std::string &path) { check(snn_load_weights(handle.get(), path.c_str(), nullptr)); }
  void loadWeights(const std::string &path, const std::string &projection) {
    check(snn_load_weights(handle.get(), path.c_str(), projection.c_str()));
  }

  void injectSpikes(const std::string &population, uint64_t step, const std::vector<uint32_t> &neurons) {
    check(snn_inject_spikes(handle.get(), population.c_str(), step, neurons.size(), neurons.data()));
  }
  void keepSpikes(const std::string &population) { check(snn_keep_spikes(handle.get(), population.c_str())); }
  /// Those since the last call; they live until the next.
  Spikes takeSpikes(const std::string &population) {
    uint64_t n = 0;
    const uint64_t *steps = nullptr;
    const uint32_t *neurons = nullptr;
    check(snn_take_spikes(handle.get(), population.c_str(), &n, &steps, &neurons));
    return {{steps, static_cast<size_t>(n)}, {neurons, static_cast<size_t>(n)}};
  }

  snn_figures figures() const {
    snn_figures result;
    snn_get_figures(handle.get(), &result);
    return result;
  }

  /// For calls of snn/snn.h; still owned.
  snn_simulation *get() const { return handle.get(); }

private:
  static const char *typeName(uint8_t type) {
    return type == SNN_F32 ? "float" : type == SNN_F64 ? "double" : "a counter of steps";
  }
  template <typename Unit, typename Read>
  std::vector<boost::units::quantity<Unit>> ofSynapses(const std::string &projection, Read read) const {
    std::vector<double> values(connections(projection).count);
    const std::string unit = detail::unitText<typename Unit::dimension_type>();
    check(read(handle.get(), projection.c_str(), 0, values.size(), values.data(), unit.c_str()));
    return detail::quantities<Unit>(values);
  }
  void check(snn_status status) const {
    if (status != SNN_OK)
      throw Error(status, snn_message(handle.get()));
  }
  bool finished(snn_status status) const {
    if (status != SNN_STOPPED && status != SNN_ENDED)
      check(status);
    return status == SNN_OK;
  }

  struct Destroy {
    void operator()(snn_simulation *simulation) const { snn_destroy(simulation); }
  };
  std::unique_ptr<snn_simulation, Destroy> handle;
};

} // namespace snn

#endif // SNN_SNN_HPP
