def build(b):
    neurons = b.NeuronGroup(20, "dv/dt = (v**2 / mV + I) / (10*ms) : volt\nI : volt", threshold="v > 30*mV", reset="v = -10*mV", method="rk2")
    neurons.v, neurons.I = "-10*mV", "1*mV + 0.5*mV * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
