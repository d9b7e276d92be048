def build(b):
    neurons = b.NeuronGroup(20, """dv/dt = 0.04/mV/ms * v**2 + 5/ms * v + 140*mV/ms - u + I : volt
                                   du/dt = 0.02/ms * (0.2/ms * v - u) : volt/second
                                   I : volt/second""",
                            threshold="v >= 30*mV", reset="v = -65*mV; u += 8*mV/ms", method="euler")
    neurons.v, neurons.u, neurons.I = "-65*mV", "-13*mV/ms", "5*mV/ms + 0.5*mV/ms * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
