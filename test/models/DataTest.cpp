// Arrays from files as parameters, initial values, weights, delays, tables and positions.

#include "EdgeFile.h"
#include "NpyFile.h"
#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

/// What fails, as the user reads it.
std::string failureOf(const std::string &source, const CompileSettings &settings) {
  try {
    simulate(source, settings);
  } catch (const std::exception &failure) {
    return failure.what();
  }
  return "nothing failed";
}

class Data : public testing::Test {
protected:
  CompileSettings here() const { return {.folder = folder.path()}; }
  void write(const char *name, const std::vector<uint64_t> &shape, const std::vector<double> &values) {
    writeNumbers(folder.path() / name, shape, values);
  }
  TemporaryFolder folder;
};

const char *const neuron = R"(
neuron Once {
    param p = 1 mV
    state ready = 1
    state heard = 0
    spike when ready > 0.5 { ready = 0 }
}
)";

} // namespace

TEST_F(Data, GivesNeuronsParametersAndInitialValues) {
  write("p.npy", {4}, {1.5, -2, 3, 0});
  write("heard.npy", {4}, {10, 20, 30, 40});
  const Result result = simulate(std::string(neuron) + R"(
network N { population P = Once[4] { p = load("p.npy");  heard = load("heard.npy") * 2 + i } }
simulate N { dt 0.1 ms;  duration 0.1 ms;  precision f64;  record p, heard of P }
)", here());
  EXPECT_EQ(result.trace("p of P").row(0), (std::vector<double>{1.5, -2, 3, 0})); // in mV, as `p` is declared
  EXPECT_EQ(result.trace("heard of P").row(0), (std::vector<double>{20, 41, 62, 83}));
}

TEST_F(Data, GivesEveryPairItsWeightAndDelay) {
  write("w.npy", {3, 2}, {1, 2, 4, 8, 16, 32});
  write("d.npy", {3, 2}, {0.1, 0.1, 0.2, 0.2, 0.1, 0.2}); // ms
  const std::string source = std::string(neuron) + R"(
network N {
    population A = Once[5]
    population B = Once[3] { ready = 0 }
    project A[1:4] -> B[1:].heard { connect all_to_all;  weight load("w.npy");  delay load("d.npy") }
}
simulate N { dt 0.1 ms;  duration 0.4 ms;  precision f64;  record heard of B }
)";
  for (uint32_t workers : {1u, 2u}) {
    const Result result = simulate(source, here(), {.workers = workers});
    EXPECT_EQ(result.trace("heard of B").row(1), (std::vector<double>{0, 17, 2}));
    EXPECT_EQ(result.trace("heard of B").row(2), (std::vector<double>{0, 21, 42}));
  }
}

TEST_F(Data, GivesListedPairsTheirWeights) {
  writeEdges(folder.path() / "edges.npy", {{2, 0}, {0, 1}, {2, 0}});
  write("w.npy", {3}, {1, 10, 100});
  const Result result = simulate(std::string(neuron) + R"(
network N {
    population A = Once[3]
    population B = Once[2] { ready = 0 }
    project A -> B.heard { connect pairs(load("edges.npy"));  weight load("w.npy") }
}
simulate N { dt 0.1 ms;  duration 0.3 ms;  precision f64;  record heard of B }
)", here());
  EXPECT_EQ(result.trace("heard of B").row(1), (std::vector<double>{101, 10}));
}

TEST_F(Data, GivesSynapsesOutputsAndRulesTheirParameters) {
  write("gain.npy", {3, 2}, {1, 2, 3, 4, 5, 6});
  write("k.npy", {3, 2}, {10, 1, 1, 10, 0, 1});
  write("step.npy", {3, 2}, {0, 0.5, 1, 0, 0, 2});
  const std::string models = std::string(neuron) + R"(
neuron Ear { state heard = 0;  input I: number;  on step { heard = I } }
synapse Hold { param gain = 1;  weight w;  state g: w = 0;  on pre { g += gain * w };  output g }
output Scaled { param k = 1;  input g;  current = k * g }
plasticity Jump { param by = 0;  weight w;  on pre { w += by } }
network N {
    population A = Once[3]
    population B = Ear[2]
    project A -> B.I as P { connect all_to_all;  weight 1 + pre.i;  )";
  const std::string experiment = " }\n}\nsimulate N { dt 1 ms;  duration 3 ms;  precision f64;  record heard of B";
  for (uint32_t workers : {1u, 2u}) {
    auto heard = [&](const std::string &clauses) { return simulate(models + clauses + experiment + " }", here(), {.workers = workers}).trace("heard of B").row(1); };
    EXPECT_EQ(heard("synapse Hold(gain = load(\"gain.npy\"))"), (std::vector<double>{1 + 2 * 3 + 3 * 5, 2 + 2 * 4 + 3 * 6}));
    EXPECT_EQ(heard("synapse Hold(gain = 2);  output Scaled(k = load(\"k.npy\"))"), (std::vector<double>{2 * 10 + 4 * 1, 2 * 1 + 4 * 10 + 6 * 1}));
    const Result learned = simulate(models + "synapse Hold;  plasticity Jump(by = load(\"step.npy\"))" + experiment + ";  record w of P every 1 ms }", here(), {.workers = workers});
    EXPECT_EQ(learned.trace("heard of B").row(1), (std::vector<double>{1 + 3 + 3, 1.5 + 2 + 5}));
    EXPECT_EQ(learned.trace("w of P").row(1), (std::vector<double>{1, 3, 3, 1.5, 2, 5})); // by target, then source
  }
}

TEST_F(Data, GivesTablesAndPositions) {
  write("bias.npy", {2}, {3, 5});
  write("w.npy", {2, 2}, {1, 2, 3, 4});
  write("x.npy", {4}, {0, 100, 200, 300});
  const Result result = simulate(std::string(neuron) + R"(
network N {
    index layer = X, Y
    table bias[layer] = load("bias.npy") * 1 mV
    table w[layer, layer] = load("w.npy")
    for a in layer { population P[a] = Once[4] { position = [load("x.npy")];  p = bias[a] } }
    for a in layer, b in layer {
        project P[b] -> P[a].heard { connect where distance == 0 um;  weight w[a, b] }
    }
}
simulate N { dt 0.1 ms;  duration 0.3 ms;  precision f64;  record p, heard of P }
)", here());
  EXPECT_EQ(result.trace("p of P[Y]").row(0), std::vector<double>(4, 5));
  EXPECT_EQ(result.trace("heard of P[X]").row(1), std::vector<double>(4, 1 + 2));
  EXPECT_EQ(result.trace("heard of P[Y]").row(1), std::vector<double>(4, 3 + 4));
}

TEST_F(Data, OfTheWrongShapeIsNamedWithBothShapes) {
  write("three.npy", {3}, {1, 2, 3});
  write("square.npy", {2, 2}, {1, 2, 3, 4});
  write("nan.npy", {4}, {1, 2, std::nan(""), 4});
  auto network = [](const std::string &settings, const std::string &clauses) {
    return std::string(neuron) + "network N {\n index pair = X, Y\n table t[pair] = load(\"three.npy\") * 1 mV\n population P = Once[4] { " + settings +
           " }\n project P -> P.heard { " + clauses + " }\n}\nsimulate N { duration 1 ms;  record spikes of P }\n";
  };
  auto expect = [&](const std::string &source, const std::string &message) {
    std::string found = failureOf(source, here());
    EXPECT_NE(found.find(message), std::string::npos) << message << "\nfound: " << found;
  };
  expect(network("p = load(\"three.npy\")", "connect all_to_all;  weight 1"),
         "three.npy` has the shape (3), but `P` has 4 neurons and needs the shape (4)");
  expect(network("", "connect all_to_all;  weight load(\"square.npy\")"),
         "square.npy` has the shape (2, 2), but `P -> P.heard` needs the shape (4, 4) of sources and targets");
  expect(network("", "connect one_to_one;  weight load(\"three.npy\")"), "needs the shape (4) of its pairs, or (4, 4)");
  expect(network("p = t[X]", "connect all_to_all;  weight 1"), "three.npy` has the shape (3), but the table has the shape (2)");
  expect(network("p = load(\"nan.npy\")", "connect all_to_all;  weight 1"), "number 2 (from 0) of `");
  expect(network("p = load(\"none.npy\")", "connect all_to_all;  weight 1"), "none.npy` cannot be opened: No such file");
}
