// Inputs and parameters that follow arrays over time: samples, lines between them, and what comes behind the last one.

#include "EdgeFile.h"
#include "NpyFile.h"
#include "Precision.h"

#include <cmath>

using namespace snn::test;

namespace {

const char *const probe = R"(
neuron Probe {
    param gain = 1
    state x = 0
    state g = 0
    input I: current
    on step { x = I / (1 pA);  g = gain }
}
)";

class DataOverTime : public testing::Test {
protected:
  CompileSettings here() const { return {.folder = folder.path()}; }
  void write(const char *name, const std::vector<uint64_t> &shape, const std::vector<double> &values) {
    writeNumbers(folder.path() / name, shape, values);
  }
  /// `neurons` probes, what drives them, and the value of every step.
  static std::string driven(int neurons, const std::string &drives, const std::string &options = "dt 0.1 ms;  duration 2 ms;  precision f64") {
    return std::string(probe) + "network N { population P = Probe[" + std::to_string(neurons) + "] }\nsimulate N {\n" + options +
           "\n" + drives + "\nrecord I, x, g of P\n}\n";
  }
  std::vector<double> courseOf(const std::string &source, const RunSettings &run = {}, uint32_t neuron = 0) const {
    const Result result = simulate(source, here(), run);
    std::vector<double> values;
    const Trace &trace = result.trace("I of P");
    for (uint64_t step : trace.steps)
      values.push_back(trace.at(step, neuron));
    return values;
  }
  std::string failureOf(const std::string &source) const {
    try {
      simulate(source, here());
    } catch (const std::exception &failure) {
      return failure.what();
    }
    return "nothing failed";
  }
  TemporaryFolder folder;
};

} // namespace

TEST_F(DataOverTime, HoldsEverySampleUntilTheNext) {
  write("i.npy", {3}, {3, -1, 8});
  std::vector<double> expected;
  for (int step = 0; step < 20; ++step)
    expected.push_back(step < 5 ? 3 : step < 10 ? -1 : 8); // the last one is held
  EXPECT_EQ(courseOf(driven(1, "P.I = load(\"i.npy\", every = 0.5 ms)")), expected);
}

TEST_F(DataOverTime, LiesOnLinesBetweenSamples) {
  write("i.npy", {3}, {0, 10, 4});
  const std::vector<double> course = courseOf(driven(1, "P.I = load(\"i.npy\", every = 0.5 ms, interpolation = linear)"));
  for (int step = 0; step < 20; ++step) {
    double t = std::min(step / 5.0, 2.0), expected = t <= 1 ? 10 * t : 10 - 6 * (t - 1);
    EXPECT_NEAR(course[step], expected, 1e-13) << step; // the rounding of the line
  }
  for (int sample = 0; sample < 3; ++sample) // those of the file exactly
    EXPECT_EQ(course[5 * sample], std::vector<double>({0, 10, 4})[sample]);
}

TEST_F(DataOverTime, EndsAsIsSaid) {
  write("i.npy", {2}, {5, 7});
  auto course = [&](const char *options) { return courseOf(driven(1, std::string("P.I = load(\"i.npy\", every = 0.3 ms") + options + ")")); };
  const std::vector<double> hold = course(", beyond = hold"), zero = course(", beyond = zero"), repeat = course(", beyond = repeat"),
                            line = course(", beyond = zero, interpolation = linear"),
                            wave = course(", beyond = repeat, interpolation = linear");
  for (int step = 0; step < 20; ++step) {
    EXPECT_EQ(hold[step], step < 3 ? 5 : 7) << step;
    EXPECT_EQ(zero[step], step < 3 ? 5 : step < 6 ? 7 : 0) << step; // the last sample counts as long as the others
    EXPECT_EQ(repeat[step], step % 6 < 3 ? 5 : 7) << step;
    EXPECT_NEAR(line[step], step <= 3 ? 5 + 2 * step / 3.0 : 0, 1e-13) << step;
    EXPECT_NEAR(wave[step], 5 + 2 * (step % 6 <= 3 ? step % 6 : 6 - step % 6) / 3.0, 1e-13) << step;
  }
}

TEST_F(DataOverTime, NeedNotBeSampledInWholeSteps) {
  write("i.npy", {8}, {0, 1, 2, 3, 4, 5, 6, 7});
  std::vector<double> slow = courseOf(driven(1, "P.I = load(\"i.npy\", every = 0.25 ms)")),
                      fast = courseOf(driven(1, "P.I = load(\"i.npy\", every = 0.05 ms)"));
  for (int step = 0; step < 20; ++step) {
    EXPECT_EQ(slow[step], std::min(step * 10 / 25, 7)) << step;
    EXPECT_EQ(fast[step], std::min(2 * step, 7)) << step;
  }
}

TEST_F(DataOverTime, GivesEveryNeuronItsColumn) {
  const uint64_t samples = 4, neurons = 300;
  std::vector<double> values;
  for (uint64_t k = 0; k < samples * neurons; ++k)
    values.push_back(double(k % 97) - 13);
  write("i.npy", {samples, neurons}, values);
  write("offset.npy", {100}, std::vector<double>(values.begin(), values.begin() + 100));
  const std::string drives = "P.I = load(\"i.npy\", every = 0.5 ms) * 2 pA\nP[50:150].I += load(\"offset.npy\")";
  for (auto precision : {snn::model::Precision::F64, snn::model::Precision::F32})
    for (uint32_t workers : {1u, 2u, 4u}) {
      CompileSettings settings = here();
      settings.precision = precision;
      const Result result = simulate(driven(300, drives), settings, {.workers = workers});
      for (uint64_t step : {0, 4, 5, 14, 19}) {
        std::vector<double> expected;
        for (uint64_t i = 0; i < neurons; ++i)
          expected.push_back(2 * values[std::min<uint64_t>(step / 5, 3) * neurons + i] + (i >= 50 && i < 150 ? values[i - 50] : 0));
        EXPECT_EQ(result.trace("I of P").row(step), expected) << step; // small whole numbers, exact in either precision
        EXPECT_EQ(result.trace("x of P").row(step), expected) << step;
      }
    }
}

TEST_F(DataOverTime, StandsWhereverADriveDoes) {
  write("a.npy", {2}, {1, 2});
  write("g.npy", {2, 1}, {10, 30});
  const Result result = simulate(driven(2, R"(
    let late = 1 ms
    P.I = 1 pA * i + 3 nA * load("a.npy", every = 2 * 0.5 ms) * (t >= 0.5 ms)
    P.I += load("a.npy", every = 1 ms)
    P[1:].gain = if t < 1.5 ms then gain else load("g.npy", every = 1.5 ms) / 5
    at late { P[:1].I = load("a.npy", every = 1.5 ms) * 100 pA }
  )"), here());
  const Trace &input = result.trace("I of P");
  EXPECT_EQ(input.row(0), (std::vector<double>{1, 2}));
  EXPECT_EQ(input.row(7), (std::vector<double>{3001, 3002}));
  EXPECT_EQ(input.row(12), (std::vector<double>{100, 6003}));
  EXPECT_EQ(input.row(15), (std::vector<double>{200, 6003}));
  EXPECT_EQ(result.trace("g of P").row(14), (std::vector<double>{1, 1}));
}

TEST_F(DataOverTime, IsForTheNeuronsThatItDrives) {
  write("g.npy", {2, 1}, {10, 30});
  const Result result = simulate(driven(2, "P[1:].gain = load(\"g.npy\", every = 1 ms)"), here());
  EXPECT_EQ(result.trace("g of P").row(3), (std::vector<double>{1, 10}));
  EXPECT_EQ(result.trace("g of P").row(10), (std::vector<double>{1, 30}));
}

TEST_F(DataOverTime, IsThereWhenTheNetworkStarts) {
  write("e.npy", {2, 70}, [] {
    std::vector<double> values(140, -1);
    for (int k = 0; k < 70; ++k)
      values[k] = k;
    return values;
  }());
  const Program program("neuron Rests {\n param E = 0\n state x = 2 * E\n x' = (E - x) / (1 ms)\n}\nnetwork N { population P = Rests[70] }\n"
                        "simulate N { dt 0.1 ms;  duration 0.3 ms;  precision f64;  P.E = load(\"e.npy\", every = 5 ms);  record x of P }\n", here());
  for (uint32_t workers : {1u, 2u}) {
    const std::vector<double> first = program.run({.workers = workers}).trace("x of P").row(0);
    for (int k = 0; k < 70; ++k)
      EXPECT_NEAR(first[k], k + k * std::exp(-0.1), 1e-12);
  }
}

TEST_F(DataOverTime, IsHeldByWhatIsSetEverySoOften) {
  write("i.npy", {20}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19});
  const std::vector<double> course = courseOf(driven(1, "every 0.4 ms { P.I = load(\"i.npy\", every = 0.1 ms) }"));
  for (int step = 0; step < 20; ++step)
    EXPECT_EQ(course[step], step / 4 * 4) << step;
}

/// A ramp from a file, and the same ramp as an expression, move a membrane alike.
TEST_F(DataOverTime, ActsLikeAnExpressionOfTime) {
  write("ramp.npy", {2}, {0, 40});
  auto membrane = [&](const std::string &drive) {
    return simulate("network N { population P = LIF[1] { tau = 10 ms;  R = 0.1 Mohm;  V_th = 1 V } }\nsimulate N { dt 0.1 ms\n duration 40 ms\n precision f64\n" + drive +
                        "\nrecord V of P every 1 ms }\n", here()).trace("V of P").values;
  };
  const std::vector<double> read = membrane("P.I = load(\"ramp.npy\", every = 40 ms, interpolation = linear) * 1 nA"),
                            written = membrane("P.I = 1 nA/ms * t");
  ASSERT_EQ(read.size(), written.size());
  for (size_t k = 0; k < read.size(); ++k)
    EXPECT_NEAR(read[k], written[k], 1e-12 * std::max(1.0, std::abs(written[k])));
}

TEST_F(DataOverTime, DependsOnTheStepAlone) {
  std::vector<double> values;
  for (int k = 0; k < 7 * 200; ++k)
    values.push_back(std::sin(0.1 * k * k));
  write("i.npy", {7, 200}, values);
  for (const char *between : {"previous", "linear"}) {
    const Program program(driven(200, std::string("P.I = load(\"i.npy\", every = 0.35 ms, beyond = repeat, interpolation = ") + between + ")",
                                 "dt 0.1 ms;  duration 6 ms;  precision f32"), here());
    const Result whole = program.run();
    const std::vector<double> &expected = whole.trace("x of P").values;
    for (uint32_t workers : {2u, 3u})
      EXPECT_EQ(program.run({.workers = workers, .chunkSteps = 7}).trace("x of P").values, expected);
    const std::filesystem::path saved = folder.path() / "half.checkpoint";
    const Result first = program.run({.steps = 23, .save = saved});
    const Result second = program.run({.workers = 2, .resume = saved});
    std::vector<double> joined = first.trace("x of P").values;
    const std::vector<double> &rest = second.trace("x of P").values;
    joined.insert(joined.end(), rest.begin(), rest.end());
    EXPECT_EQ(joined, expected);
  }
}

TEST_F(DataOverTime, IsTheSameInEveryCopy) {
  write("i.npy", {3}, {1, 2, 3});
  const Program program(driven(70, "P.I = load(\"i.npy\", every = 0.5 ms) * gain * 1 pA"), here());
  const std::vector<Result> copies = program.runTogether({{.settings = {{"P.gain", 2}}}, {.settings = {{"P.gain", 3}}}});
  EXPECT_EQ(copies[0].trace("I of P").row(7), std::vector<double>(70, 4));
  EXPECT_EQ(copies[1].trace("I of P").row(7), std::vector<double>(70, 6));
}

TEST_F(DataOverTime, OfTheWrongShapeIsNamedWithBothShapes) {
  write("two.npy", {2, 3}, {1, 2, 3, 4, 5, 6});
  write("one.npy", {3}, {1, 2, 3});
  write("nan.npy", {3}, {1, std::nan(""), 3});
  auto expect = [&](const std::string &drive, const std::string &message) {
    const std::string found = failureOf(driven(4, drive));
    EXPECT_NE(found.find(message), std::string::npos) << message << "\nfound: " << found;
  };
  expect("P.I = load(\"two.npy\", every = 1 ms)", "two.npy` has the shape (2, 3), but `P.I` needs (samples) or (samples, 4)");
  expect("P[:2].I = load(\"two.npy\", every = 1 ms)", "but `P[0:2].I` needs (samples) or (samples, 2)");
  expect("P.I = load(\"two.npy\")", "has the shape (2, 3), but `P.I` needs (4), one number per neuron; an array over time needs `every`");
  expect("P.I = load(\"one.npy\")", "has the shape (3), but `P.I` needs (4)");
  expect("P.I = load(\"nan.npy\", every = 1 ms)", "number 1 (from 0) of");
  expect("P.I = load(\"none.npy\", every = 1 ms)", "none.npy");
}

/// The library's current, put into a neuron: 0, 50, 100 ... pA in steps of 0.5 ms on 100 pF are 0, 0.25, 0.5 ... mV more.
TEST_F(DataOverTime, ACurrentOfTheLibraryFollowsAnArray) {
  write("current.npy", {4, 2}, {0, 100, 100, 100, 200, 0, 0, 0});
  const Result result = simulate(R"(
neuron Cell {
    param C = 100 pF
    state V = 0 mV
    use ArrayCurrent as recorded
    V' = recorded.current / C
}
network N { population P = Cell[2] }
simulate N {
    dt 0.5 ms;  duration 4 ms;  precision f64
    P.recorded.value = load("current.npy", every = 1 ms, interpolation = linear)
    record V of P every 0.5 ms
}
)",
                                 here());
  const double first[] = {0, 50, 100, 150, 200, 100, 0, 0}, second[] = {100, 100, 100, 50, 0, 0, 0, 0};
  double sums[] = {0, 0};
  for (uint64_t step = 0; step < 8; ++step) {
    sums[0] += first[step] * 0.5 / 100, sums[1] += second[step] * 0.5 / 100;
    EXPECT_NEAR(result.trace("V of P").at(step, 0), sums[0], 1e-12) << step;
    EXPECT_NEAR(result.trace("V of P").at(step, 1), sums[1], 1e-12) << step;
  }
}
