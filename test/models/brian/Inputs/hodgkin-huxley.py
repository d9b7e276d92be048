def build(b):
    neurons = b.NeuronGroup(10, """
        dv/dt = (10*nS*(-60*mV - v) + 20*uS*m**3*h*(50*mV - v) + 6*uS*n**4*(-90*mV - v) + I) / (200*pF) : volt
        dm/dt = 0.32/ms * 4 / exprel((-50*mV - v) / (4*mV)) * (1 - m) - 0.28/ms * 5 / exprel((v + 23*mV) / (5*mV)) * m : 1
        dh/dt = 0.128/ms * exp((-46*mV - v) / (18*mV)) * (1 - h) - 4/ms / (1 + exp((-23*mV - v) / (5*mV))) * h : 1
        dn/dt = 0.032/ms * 5 / exprel((-48*mV - v) / (5*mV)) * (1 - n) - 0.5/ms * exp((-53*mV - v) / (40*mV)) * n : 1
        I : amp""", threshold="v > -20*mV", refractory="v > -20*mV", method="exponential_euler")
    neurons.v, neurons.h, neurons.I = "-65*mV", 1, "200*pA + 50*pA * i"
    return [neurons], {"N": b.SpikeMonitor(neurons)}
