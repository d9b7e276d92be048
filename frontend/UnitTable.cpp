// The only file that sees Boost.Units: dimensions, scales and symbols are read off its types.

#include "frontend/UnitTable.h"

#include <boost/units/base_units/cgs/gram.hpp>
#include <boost/units/base_units/metric/liter.hpp>
#include <boost/units/io.hpp>
#include <boost/units/physical_dimensions.hpp>
#include <boost/units/systems/si.hpp>
#include <boost/units/systems/si/io.hpp>
#include <boost/units/systems/si/prefixes.hpp>

#include <cmath>
#include <vector>

namespace si = boost::units::si;
namespace units = boost::units;
using namespace snn;

namespace {

template <typename Tag> constexpr Dimension base = {};
template <> constexpr Dimension base<units::length_base_dimension> = Dimension(Dimension::Length);
template <> constexpr Dimension base<units::mass_base_dimension> = Dimension(Dimension::Mass);
template <> constexpr Dimension base<units::time_base_dimension> = Dimension(Dimension::Time);
template <> constexpr Dimension base<units::current_base_dimension> = Dimension(Dimension::Current);
template <> constexpr Dimension base<units::temperature_base_dimension> = Dimension(Dimension::Temperature);
template <> constexpr Dimension base<units::amount_base_dimension> = Dimension(Dimension::Amount);
template <>
constexpr Dimension base<units::luminous_intensity_base_dimension> = Dimension(Dimension::LuminousIntensity);

/// Multiplies out a Boost.Units list of base dimensions with their powers.
template <typename List> struct Read {
  using Item = typename List::item;
  using Power = typename Item::value_type;
  static constexpr Dimension dimension =
      base<typename Item::tag_type>.pow(Rational(int64_t(Power::Numerator), int64_t(Power::Denominator))) *
      Read<typename List::next>::dimension;
};
template <> struct Read<units::dimensionless_type> { static constexpr Dimension dimension = {}; };
template <typename List> constexpr Dimension dimensionOf = Read<List>::dimension;

static_assert(dimensionOf<units::length_dimension> == Dimension::length());
static_assert(dimensionOf<units::mass_dimension> == Dimension::mass());
static_assert(dimensionOf<units::time_dimension> == Dimension::time());
static_assert(dimensionOf<units::current_dimension> == Dimension::current());
static_assert(dimensionOf<units::temperature_dimension> == Dimension::temperature());
static_assert(dimensionOf<units::amount_dimension> == Dimension::amount());
static_assert(dimensionOf<units::frequency_dimension> == Dimension::frequency());
static_assert(dimensionOf<units::energy_dimension> == Dimension::energy());
static_assert(dimensionOf<units::electric_charge_dimension> == Dimension::charge());
static_assert(dimensionOf<units::electric_potential_dimension> == Dimension::voltage());
static_assert(dimensionOf<units::resistance_dimension> == Dimension::resistance());
static_assert(dimensionOf<units::conductance_dimension> == Dimension::conductance());
static_assert(dimensionOf<units::capacitance_dimension> == Dimension::capacitance());

using Concentration = units::derived_dimension<units::amount_base_dimension, 1, units::length_base_dimension, -3>::type;

constexpr NamedDimension dimensions[] = {
    {"number", Dimension::number()},
    {"voltage", Dimension::voltage()},
    {"current", Dimension::current()},
    {"conductance", Dimension::conductance()},
    {"resistance", Dimension::resistance()},
    {"capacitance", Dimension::capacitance()},
    {"time", Dimension::time()},
    {"frequency", Dimension::frequency()},
    {"charge", Dimension::charge()},
    {"length", Dimension::length()},
    {"area", dimensionOf<units::area_dimension>},
    {"volume", dimensionOf<units::volume_dimension>},
    {"velocity", dimensionOf<units::velocity_dimension>},
    {"mass", Dimension::mass()},
    {"force", dimensionOf<units::force_dimension>},
    {"energy", Dimension::energy()},
    {"power", dimensionOf<units::power_dimension>},
    {"pressure", dimensionOf<units::pressure_dimension>},
    {"temperature", Dimension::temperature()},
    {"amount", Dimension::amount()},
    {"concentration", dimensionOf<Concentration>},
};

template <typename U> NamedUnit named(std::string symbol, bool takesCenti = false) {
  using Coherent = units::unit<typename U::dimension_type, si::system>;
  double factor = units::conversion_factor(U(), Coherent());
  return {std::move(symbol), dimensionOf<typename U::dimension_type>, int(std::lround(std::log10(factor))), takesCenti};
}

/// The unit under the symbol Boost.Units prints for it.
template <typename U> NamedUnit unitOf(bool takesCenti = false) {
  return named<U>(units::symbol_string(typename units::reduce_unit<U>::type()), takesCenti);
}

template <long Power> Prefix prefixOf() {
  using Scale = units::scale<10, units::static_rational<Power>>;
  return {Scale::symbol(), int(Power), Power == -1 || Power == -2};
}

} // namespace

std::span<const NamedDimension> snn::dimensionTable() { return dimensions; }

std::span<const NamedUnit> snn::unitTable() {
  using Gram = units::cgs::gram_base_unit::unit_type;
  using Liter = units::metric::liter_base_unit::unit_type;
  using Molar = units::divide_typeof_helper<si::amount, Liter>::type;
  static const std::vector<NamedUnit> table = {
      unitOf<si::electric_potential>(),
      unitOf<si::time>(),
      unitOf<si::current>(),
      unitOf<si::conductance>(),
      named<si::resistance>(units::name_string(units::reduce_unit<si::resistance>::type())), // Boost's symbol is "Ohm"
      unitOf<si::capacitance>(),
      unitOf<si::frequency>(),
      unitOf<si::length>(true),
      unitOf<Gram>(),
      unitOf<si::amount>(),
      unitOf<si::temperature>(),
      unitOf<Liter>(true),
      named<Liter>("l", true),
      named<Molar>("M"),
      unitOf<si::electric_charge>(),
      unitOf<si::energy>(),
      unitOf<si::power>(),
      unitOf<si::force>(),
      unitOf<si::pressure>(),
  };
  return table;
}

std::span<const Prefix> snn::prefixTable() {
  static const std::vector<Prefix> table = {
      prefixOf<-3>(),  prefixOf<3>(), prefixOf<-6>(), prefixOf<-9>(), prefixOf<-12>(), prefixOf<6>(),
      prefixOf<-15>(), prefixOf<9>(), prefixOf<-2>(), prefixOf<-1>(), prefixOf<-18>(), prefixOf<12>(),
  };
  return table;
}

Rational snn::basePower(const Dimension &dimension) {
  // Metre, kilogram, second, ampere, kelvin, mole, candela: um, 1e-12 kg (= mV pA ms^3 / um^2), ms, pA, K, 1e-18 mol
  // (= mM um^3), cd.
  constexpr int powers[Dimension::numBases] = {-6, -12, -3, -12, 0, -18, 0};
  Rational sum = 0;
  for (unsigned base = 0; base < Dimension::numBases; ++base)
    sum = sum + dimension.exponent(Dimension::Base(base)) * powers[base];
  return sum;
}
