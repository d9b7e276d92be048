def build(b):
    neurons = b.NeuronGroup(20, """
        dv/dt = (30*nS * (-70.6*mV - v) + 30*nS * 2*mV * exp((v + 50.4*mV) / (2*mV)) - w + I) / (281*pF) : volt
        dw/dt = (4*nS * (v + 70.6*mV) - w) / (144*ms) : amp
        I : amp""", threshold="v > -40*mV", reset="v = -70.6*mV; w += 80.5*pA", method="rk4")
    neurons.v, neurons.I = "-70.6*mV", "600*pA + 40*pA * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
