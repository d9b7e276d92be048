// Models that tests of synapses share.

#ifndef SNN_TEST_MODELS_CLOCKANDPROBE_H
#define SNN_TEST_MODELS_CLOCKANDPROBE_H

namespace snn::test {

/// `Clock` fires in step 0 and then once per `period`; the input `I` of `Probe` shows what synapses put out, and moves nothing that matters.
inline const char *const clockAndProbe = R"(
neuron Clock {
    param period = 1 ms
    state x = 1
    spike when x > 0.5
    refractory period holding x
}
neuron Probe {
    state y = 0
    input I: number
    y' = I / (1 ms)
}
)";

} // namespace snn::test

#endif // SNN_TEST_MODELS_CLOCKANDPROBE_H
