é = 1
naïve = 2
变量 = 3
Ωmega_1 = 4
print(é + naïve + 变量 + Ωmega_1)
ﬁne = "normalised"
print(fine)


class Größe:
    höhe = 5


print(Größe.höhe, Größe.__name__)
_ = __ = 7
print(_, __)
µ = 10
print(μ)
