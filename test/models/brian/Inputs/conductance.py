def build(b):
    pacemaker = dict(N=20, model="dv/dt = (drive - v) / (10*ms) : volt\ndrive : volt", threshold="v > 10*mV", reset="v = 0*mV", method="exact")
    p, q = b.NeuronGroup(**pacemaker), b.NeuronGroup(**pacemaker)
    p.drive, q.drive = "15*mV + 1*mV * i", "14*mV + 0.7*mV * i"
    n = b.NeuronGroup(20, """dv/dt = (10*nS*(-60*mV - v) + ge*(0*mV - v) + gi*(-80*mV - v)) / (200*pF) : volt (unless refractory)
                             dge/dt = -ge / (5*ms) : siemens
                             dgi/dt = -gi / (10*ms) : siemens""",
                      threshold="v > -50*mV", reset="v = -60*mV", refractory=5*b.ms, method="exponential_euler")
    n.v = "-60*mV"
    excite = b.Synapses(p, n, on_pre="ge_post += 14*nS")
    inhibit = b.Synapses(q, n, on_pre="gi_post += 10*nS")
    excite.connect(j="i")
    inhibit.connect(j="i")
    return [p, q, n, excite, inhibit], {"N": b.SpikeMonitor(n)}
