def build(b):
    neurons = b.NeuronGroup(20, "dv/dt = (drive - v) / (10*ms) : volt\ndrive : volt", threshold="v > 15*mV", reset="v = 0*mV", method="exact")
    neurons.drive = "14*mV + 0.7*mV * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
