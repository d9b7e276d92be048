// Dimensions and units: golden conversions, which must be exact, and names.

#include "frontend/Units.h"
#include "frontend/UnitTable.h"

#include "gtest/gtest.h"

#include <cmath>
#include <set>

using namespace snn;

static double inBaseUnits(const char *digits, const char *unit) { return toBaseUnits(digits, *findUnit(unit)); }

TEST(Units, ConvertExactly) {
  EXPECT_EQ(inBaseUnits("20", "mA"), 2e10);
  EXPECT_EQ(inBaseUnits("0.1", "ms"), 0.1);
  EXPECT_EQ(inBaseUnits("-60", "mV"), -60.0);
  EXPECT_EQ(inBaseUnits("1", "s"), 1000.0);
  EXPECT_EQ(inBaseUnits("0.3", "s"), 300.0);    // 0.3 * 1000 is 299.99999999999994
  EXPECT_EQ(inBaseUnits("4.35", "nA"), 4350.0); // 4.35 * 1000 is 4349.999999999999
  EXPECT_EQ(inBaseUnits("1", "ohm"), 1e-9);
  EXPECT_EQ(inBaseUnits("100", "Mohm"), 0.1);
  EXPECT_EQ(inBaseUnits("6.7", "S"), 6.7e9);
  EXPECT_EQ(inBaseUnits("200", "pF"), 200.0);
  EXPECT_EQ(inBaseUnits("1", "uF"), 1e6);
  EXPECT_EQ(inBaseUnits("8", "kHz"), 8.0);
  EXPECT_EQ(inBaseUnits("12", "Hz"), 0.012);
  EXPECT_EQ(inBaseUnits("1", "cm"), 1e4);
  EXPECT_EQ(inBaseUnits("50", "um"), 50.0);
  EXPECT_EQ(inBaseUnits("1", "mM"), 1.0);
  EXPECT_EQ(inBaseUnits("1", "kg"), 1e12);
  EXPECT_EQ(inBaseUnits("1", "mol"), 1e18);
  EXPECT_EQ(inBaseUnits("1", "l"), 1e15);
  EXPECT_EQ(inBaseUnits("1", "L"), 1e15);
}

TEST(Units, TakeEveryFormOfNumber) {
  EXPECT_EQ(inBaseUnits(".5", "s"), 500.0);
  EXPECT_EQ(inBaseUnits("1.5e-3", "s"), 1.5);
  EXPECT_EQ(inBaseUnits("2E3", "ms"), 2000.0);
  EXPECT_EQ(inBaseUnits("1e+2", "ms"), 100.0);
  EXPECT_EQ(inBaseUnits("1e-400", "mV"), 0.0);
  EXPECT_EQ(inBaseUnits("1e400", "mV"), HUGE_VAL);
  EXPECT_EQ(kelvinFromCelsius("36"), 309.15);
  EXPECT_EQ(kelvinFromCelsius("-273.15"), 0.0);
}

TEST(Units, AreReadFromText) {
  auto isSame = [](const char *text, const Unit &unit) {
    std::optional<Unit> found = parseUnit(text);
    return found && found->dimension == unit.dimension && found->tenPower == unit.tenPower;
  };
  EXPECT_TRUE(isSame("nS/cm^2", productOf(std::vector<UnitFactor>{{"nS", 1}, {"cm", -2}})));
  EXPECT_TRUE(isSame("/ms", productOf(std::vector<UnitFactor>{{"ms", -1}})));
  EXPECT_TRUE(isSame("1/ms", productOf(std::vector<UnitFactor>{{"ms", -1}})));
  EXPECT_TRUE(isSame("mV/ms^0.5", productOf(std::vector<UnitFactor>{{"mV", 1}, {"ms", Rational(-1, 2)}})));
  EXPECT_TRUE(isSame("mV/ms^(1/2)*pA", productOf(std::vector<UnitFactor>{{"mV", 1}, {"ms", Rational(-1, 2)}, {"pA", 1}})));
  for (const char *wrong : {"", "mv", "mV/", "mV ^2", "mV^x", "mV^(1/0)", "(mV)", "5"})
    EXPECT_FALSE(parseUnit(wrong)) << wrong;
}

TEST(Units, OfADoubleAreThoseOfItsDecimal) {
  EXPECT_EQ(toBaseUnits(0.3, *parseUnit("s")), 300.0);
  EXPECT_EQ(toBaseUnits(-60.0, *parseUnit("mV")), -60.0);
  EXPECT_EQ(toBaseUnits(1e-3, *parseUnit("uA")), toBaseUnits("0.001", *parseUnit("uA")));
}

TEST(Units, MultiplyOut) {
  Unit density = productOf(std::vector<UnitFactor>{{"mS", 1}, {"cm", -2}});
  EXPECT_EQ(toBaseUnits("120", density), 120e-2); // 1 mS/cm^2 is 0.01 nS/um^2
  EXPECT_EQ(density.dimension, Dimension::conductance() / Dimension::length().pow(2));
  Unit noise = productOf(std::vector<UnitFactor>{{"mV", 1}, {"ms", Rational(-1, 2)}});
  EXPECT_EQ(toBaseUnits("39.24", noise), 39.24);
  EXPECT_EQ(noise.dimension, Dimension::voltage() / Dimension::time().pow(Rational(1, 2)));
  // Only a fractional power of ten is rounded twice.
  Unit perRootSecond = productOf(std::vector<UnitFactor>{{"mV", 1}, {"s", Rational(-1, 2)}});
  EXPECT_DOUBLE_EQ(toBaseUnits("1", perRootSecond), 1 / std::sqrt(1000.0));
}

TEST(Units, KnowTheirNames) {
  for (const char *name : {"mV", "pA", "GS", "Mohm", "degC", "cm", "mol", "uM", "kg", "aF"})
    EXPECT_TRUE(isUnitName(name)) << name;
  for (const char *name : {"", "mv", "cV", "msec", "ohms", "k", "V_th", "Cm", "mM2", "degF"})
    EXPECT_FALSE(isUnitName(name)) << name;
  EXPECT_FALSE(findUnit("degC")); // an absolute scale, not a factor
  EXPECT_EQ(nearestUnitName("mv"), "mV");
  EXPECT_EQ(nearestUnitName("Ohm"), "ohm");
  EXPECT_EQ(nearestUnitName("msec"), "ms");
  EXPECT_EQ(nearestUnitName("furlong"), std::nullopt);
}

TEST(Units, HaveDifferentNames) {
  std::set<std::string> names;
  for (const NamedUnit &unit : unitTable()) {
    EXPECT_TRUE(names.insert(unit.symbol).second) << unit.symbol;
    for (const Prefix &prefix : prefixTable())
      if (unit.takesCenti || !prefix.onlyCommon) {
        EXPECT_TRUE(names.insert(prefix.symbol + unit.symbol).second) << prefix.symbol + unit.symbol;
      }
  }
}

TEST(Units, AreShownAsWritten) {
  EXPECT_EQ(formatQuantity(2e10, {"mA", 1e9}), "20 mA");
  EXPECT_EQ(formatQuantity(0.1, {"ms", 1}), "0.1 ms");
  EXPECT_EQ(formatQuantity(0.02, {"/ms", 1}), "0.02 /ms");
  EXPECT_EQ(formatQuantity(0.25, {}), "0.25");
}

TEST(Dimensions, HaveNamesOrUnits) {
  EXPECT_EQ(Dimension::voltage().str(), "voltage");
  EXPECT_EQ(Dimension::number().str(), "number");
  EXPECT_EQ(Dimension::frequency().str(), "frequency");
  EXPECT_EQ((Dimension::voltage() / Dimension::time()).str(), "mV/ms");
  EXPECT_EQ((Dimension::conductance() / Dimension::length().pow(2)).str(), "nS/um^2");
  EXPECT_EQ((Dimension::number() / Dimension::voltage()).str(), "1/mV");
  EXPECT_EQ(Dimension::current().pow(2).str(), "pA^2");
  EXPECT_EQ((Dimension::voltage() * Dimension::time()).str(), "mV*ms");
  EXPECT_EQ(Dimension::time().pow(Rational(-1, 2)).str(), "1/ms^(1/2)");
  EXPECT_EQ(Dimension::current().describe(), "a current");
  EXPECT_EQ(Dimension::energy().describe(), "an energy");
  EXPECT_EQ((Dimension::voltage() / Dimension::time()).describe(), "in mV/ms");
  EXPECT_EQ(dimensionNamed("conductance"), Dimension::conductance());
  EXPECT_EQ(dimensionNamed("colour"), std::nullopt);
}

TEST(Dimensions, HaveExactExponents) {
  EXPECT_EQ(Dimension::voltage().pow(Rational(1, 3)).pow(3), Dimension::voltage());
  EXPECT_EQ(Dimension::conductance() * Dimension::voltage(), Dimension::current());
  EXPECT_EQ(Dimension::capacitance() * Dimension::voltage() / Dimension::time(), Dimension::current());
  EXPECT_EQ(Dimension::resistance() * Dimension::capacitance(), Dimension::time());
}

TEST(Rationals, AreInLowestTerms) {
  EXPECT_EQ(Rational(4, 6), Rational(2, 3));
  EXPECT_EQ(Rational(1, -2), Rational(-1, 2));
  EXPECT_EQ(Rational(1, 2) + Rational(1, 3), Rational(5, 6));
  EXPECT_EQ(Rational(1, 2) / Rational(1, 4), Rational(2));
  EXPECT_EQ(Rational(-3, 2).str(), "-3/2");
  EXPECT_EQ(Rational::fromDouble(0.5), Rational(1, 2));
  EXPECT_EQ(Rational::fromDouble(1.0 / 3), Rational(1, 3));
  EXPECT_EQ(Rational::fromDouble(0.123), std::nullopt);
  EXPECT_EQ(Rational(40000), Rational(50000)); // saturated
}
