def build(b):
    equations = "dv/dt = (-10*nS * v + I + drive) / (200*pF) : volt\ndrive : amp\n"
    p = b.NeuronGroup(10, equations + "I : amp", threshold="v > 10*mV", reset="v = 0*mV", method="exact")
    n = b.NeuronGroup(10, equations + "dI/dt = (x - I) / (4*ms) : amp\ndx/dt = -x / (4*ms) : amp",
                      threshold="v > 10*mV", reset="v = 0*mV", method="exact")
    p.drive = "120*pA + 8*pA * i"
    project = b.Synapses(p, n, on_pre="x_post += 700*pA", delay=1.9*b.ms)
    project.connect(j="i")
    return [p, n, project], {"P": b.SpikeMonitor(p), "N": b.SpikeMonitor(n)}
