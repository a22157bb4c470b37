class Account:
    def __init__(self, balance):
        self.balance = balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError(f"cannot withdraw {amount}, only {self.balance} left")
        self.balance -= amount


account = Account(100)
account.withdraw(30)
print(account.balance)
account.withdraw(amount=100)
