result = some_function(alpha=1, beta=2, gamma=3) + another_function(delta=4, epsilon=5 zeta=6)
