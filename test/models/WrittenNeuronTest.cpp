// Neurons that are not in the library, written as a user would from the equations of a paper, against independent
// programs: adaptation, exponential and quadratic spikes, moving thresholds, splitting with `then`, instantaneous
// gates.

#include "NeuronRun.h"

using namespace snn::test;

namespace {

class WrittenNeuron : public InBothPrecisions {};

const NeuronRun adaptive{
    .name = "ALIF",
    .definition = R"(
neuron ALIF {
    param tau = 5 ms;  tau_a = 100 ms;  V_th = 1 mV;  beta = 0.1 mV;  R = 1 ohm
    state V = 0 mV
    state a = 0
    input I: current
    V' = (R*I - V) / tau
    a' = -a / tau_a
    spike when V >= V_th + beta*a { V -= V_th;  a += 1 }
})",
    .population = "ALIF[1]",
    .drive = "2 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 52,
    .first = 34,
    .last = 4949,
    .samples = {{"V", 999, 1.47045407574, 0.03}, {"V", 4999, 1.58428772026, 0.03}, {"a", 4999, 9.22655777485, 0.02}},
};

const NeuronRun exponential{
    .name = "ExpIF",
    .definition = R"(
neuron ExpIF {
    param V_rest = -65 mV;  V_reset = -68 mV;  V_th = -30 mV;  V_T = -59.9 mV
    param Delta_T = 3.48 mV;  tau = 10 ms;  R = 1 ohm
    state V = -65 mV
    input I: current
    V' = (V_rest - V + Delta_T*exp((V - V_T)/Delta_T) + R*I) / tau
    spike when V >= V_th { V = V_reset }
})",
    .population = "ExpIF[1]",
    .drive = "10 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 32,
    .first = 131,
    .last = 4998,
    .samples = {{"V", 999, -59.6765416551, 0.1}, {"V", 4999, -67.8672060388, 0.2}},
};

NeuronRun adaptiveExponential(const std::string &reset) {
  return {.name = "AdExIF with " + reset,
          .definition = R"(
neuron AdExIF {
    param V_rest = -65 mV;  V_reset = -68 mV;  V_th = -55 mV;  V_T = -59.9 mV
    param Delta_T = 3.48 mV;  tau = 10 ms;  tau_w = 30 ms;  R = 1 ohm;  a = 1 S;  b = 1 mA
    state V = -65 mV
    state w = 0 mA
    input I: current
    V' = (V_rest - V + Delta_T*exp((V - V_T)/Delta_T) + R*(I - w)) / tau
    then w' = (a*(V - V_rest) - w) / tau_w
    spike when V >= V_th { )" +
                        reset +
                        R"(;  w += b }
})",
          .population = "AdExIF[1]",
          .drive = "20 mA",
          .dt = 0.1,
          .steps = 5000,
          .spikes = 52,
          .first = 51};
}

const NeuronRun quadratic{
    .name = "QuaIF",
    .definition = R"(
neuron QuaIF {
    param V_rest = -65 mV;  V_reset = -68 mV;  V_th = -30 mV;  V_c = -50 mV;  c = 0.07 /mV;  tau = 10 ms;  R = 1 ohm
    state V = -65 mV
    input I: current
    V' = (c*(V - V_rest)*(V - V_c) + R*I) / tau
    spike when V >= V_th { V -= V_th - V_reset }
})",
    .population = "QuaIF[1]",
    .drive = "5 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 5,
    .first = 924,
    .last = 4791,
    .samples = {{"V", 999, -63.6428628293, 0.5}, {"V", 4999, -60.3989822488, 0.1}},
    // The voltage creeps past its bottleneck: single-precision C++ of these equations has its last spike at 4793, too.
    .singleSlack = 2,
};

const NeuronRun adaptiveQuadratic{
    .name = "AdQuaIF",
    .definition = R"(
neuron AdQuaIF {
    param V_rest = -65 mV;  V_reset = -68 mV;  V_th = -30 mV;  V_c = -50 mV;  c = 0.07 /mV
    param tau = 10 ms;  tau_w = 10 ms;  a = 1 S;  b = 0.1 mA;  R = 1 ohm
    state V = -65 mV
    state w = 0 mA
    input I: current
    V' = (c*(V - V_rest)*(V - V_c) + R*(I - w)) / tau
    then w' = (a*(V - V_rest) - w) / tau_w
    spike when V >= V_th { V -= V_th - V_reset;  w += b }
})",
    .population = "AdQuaIF[1]",
    .drive = "20 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 16,
    .first = 181,
    .last = 4871,
    .samples = {{"V", 999, -51.0330672672, 0.5}, {"V", 4999, -57.6851561695, 0.2}, {"w", 4999, 7.4328920962e9, 5e7}},
};

const NeuronRun generalised{
    .name = "Gif",
    .definition = R"(
neuron Gif {
    param R = 20 ohm;  tau = 20 ms;  V_rest = -70 mV;  V_reset = -70 mV
    param V_inf = -50 mV;  V_min = -60 mV;  a = 0 /ms;  b = 0.01 /ms
    param k1 = 0.2 /ms;  k2 = 0.02 /ms;  R1 = 0;  R2 = 1;  A1 = 0 mA;  A2 = 0 mA
    state V = V_rest
    state I1 = 0 mA
    state I2 = 0 mA
    state theta = -50 mV
    input I: current
    I1' = -k1 * I1
    I2' = -k2 * I2
    theta' = a*(V - V_rest) - b*(theta - V_inf)
    then V' = (V_rest - V + R*(I1 + I2 + I)) / tau
    spike when V >= theta {
        V -= theta - V_reset
        I1 = R1*I1 + A1
        I2 = R2*I2 + A2
        theta = max(V_min, theta)
    }
})",
    .population = "Gif[1]",
    .drive = "1.5 mA",
    .dt = 0.1,
    .steps = 5000,
    .spikes = 22,
    .first = 219,
    .last = 4839,
    .samples = {{"V", 999, -56.4530810943, 0.1}, {"V", 4999, -53.470528803, 0.1}, {"theta", 4999, -50, 1e-5}},
};

const NeuronRun morrisLecar{
    .name = "MorrisLecar",
    .definition = R"(
neuron MorrisLecar {
    param C = 20 uF;  g_Ca = 4.4 mS;  g_K = 8 mS;  g_L = 2 mS;  E_Ca = 130 mV;  E_K = -84 mV;  E_L = -60 mV
    param V1 = -1.2 mV;  V2 = 18 mV;  V3 = 2 mV;  V4 = 30 mV;  phi = 0.04 /ms
    let m_inf = 0.5 * (1 + tanh((V - V1)/V2))
    let W_inf = 0.5 * (1 + tanh((V - V3)/V4))
    let tau_W = 1 / (phi * cosh((V - V3)/(2*V4)))
    state V = -65 mV
    state W = 0.02
    input I: current
    V' = (g_Ca*m_inf*(E_Ca - V) + g_K*W*(E_K - V) + g_L*(E_L - V) + I) / C
    W' = (W_inf - W) / tau_W
    spike when V crosses 10 mV
})",
    .population = "MorrisLecar[1]",
    .drive = "100 uA",
    .dt = 0.1,
    .steps = 10000,
    .spikes = 12,
    .first = 171,
    .last = 9516,
    .samples = {{"V", 999, -12.870294882, 0.2}, {"V", 9999, -44.891818747, 0.2}, {"W", 9999, 0.190617333892, 1e-3}},
};

const NeuronRun wangBuzsaki{
    .name = "WangBuzsaki",
    .definition = R"(
neuron WangBuzsaki {
    param C = 1 uF;  g_Na = 35 mS;  g_K = 9 mS;  g_L = 0.1 mS;  E_Na = 55 mV;  E_K = -90 mV;  E_L = -65 mV;  phi = 5
    let alpha_m = 1 /ms / exprel(-(V + 35 mV) / 10 mV)
    let beta_m  = 4 /ms * exp(-(V + 60 mV) / 18 mV)
    let m_inf   = alpha_m / (alpha_m + beta_m)
    let alpha_h = 0.07 /ms * exp(-(V + 58 mV) / 20 mV)
    let beta_h  = 1 /ms / (1 + exp(-(V + 28 mV) / 10 mV))
    let alpha_n = 0.1 /ms / exprel(-(V + 34 mV) / 10 mV)
    let beta_n  = 0.125 /ms * exp(-(V + 44 mV) / 80 mV)
    state V = -65 mV
    state h = 0.6
    state n = 0.32
    input I: current
    V' = (g_Na*m_inf^3*h*(E_Na - V) + g_K*n^4*(E_K - V) + g_L*(E_L - V) + I) / C
    h' = phi * (alpha_h*(1 - h) - beta_h*h)
    n' = phi * (alpha_n*(1 - n) - beta_n*n)
    spike when V crosses 20 mV
})",
    .population = "WangBuzsaki[1]",
    .drive = "1 uA",
    .dt = 0.01,
    .steps = 50000,
    .spikes = 28,
    .first = 1375,
    .last = 48293,
    .samples = {{"V", 999, -56.4111011102, 0.02},
                {"h", 49999, 0.370401993987, 5e-3},
                {"n", 49999, 0.222610699895, 5e-3}},
};

} // namespace

TEST_P(WrittenNeuron, AdaptsItsThreshold) { expectRun(adaptive, GetParam()); }

TEST_P(WrittenNeuron, FiresExponentially) { expectRun(exponential, GetParam()); }

TEST_P(WrittenNeuron, AdaptsWithSoftReset) {
  NeuronRun run = adaptiveExponential("V -= V_th - V_reset");
  run.last = 4928;
  run.samples = {{"V", 999, -58.3548363204, 0.3}, {"V", 4999, -58.6566852113, 0.3}, {"w", 4999, 6.46575932768e9, 5e7}};
  expectRun(run, GetParam());
}

TEST_P(WrittenNeuron, AdaptsWithHardReset) {
  NeuronRun run = adaptiveExponential("V = V_reset");
  run.last = 4947;
  run.samples = {{"V", 999, -58.9751417531, 0.3}, {"V", 4999, -60.9681104992, 0.3}, {"w", 4999, 6.513567243e9, 5e7}};
  expectRun(run, GetParam());
}

TEST_P(WrittenNeuron, FiresQuadratically) { expectRun(quadratic, GetParam()); }

TEST_P(WrittenNeuron, FiresQuadraticallyWithAdaptation) { expectRun(adaptiveQuadratic, GetParam()); }

TEST_P(WrittenNeuron, MovesItsThreshold) { expectRun(generalised, GetParam()); }

TEST_P(WrittenNeuron, DifferentiatesThroughAnInstantaneousCurrent) { expectRun(morrisLecar, GetParam()); }

TEST_P(WrittenNeuron, DifferentiatesThroughAnInstantaneousGate) { expectRun(wangBuzsaki, GetParam()); }

INSTANTIATE_TEST_SUITE_P(Models, WrittenNeuron, bothPrecisions(), precisionName);
