"""An inventory with orders, discounts by strategy, and reports in columns."""
from collections import defaultdict
from operator import attrgetter


class Product:
    def __init__(self, sku, name, price, stock, tags=()):
        self.sku, self.name, self.price, self.stock, self.tags = sku, name, price, stock, frozenset(tags)

    @classmethod
    def from_line(cls, line):
        sku, name, price, stock, *tags = (field.strip() for field in line.split(";"))
        return cls(sku, name, float(price), int(stock), tags)

    def __repr__(self):
        return f"<{self.sku} {self.name}>"


class OutOfStock(Exception):
    pass


def no_discount(order):
    return 0


def bulk(order):
    return sum(p.price * n * 0.1 for p, n in order.items if n >= 10)


def loyal(percent):
    def discount(order):
        return order.total() * percent / 100
    discount.__name__ = f"loyal_{percent}"
    return discount


class Order:
    def __init__(self, inventory, discount=no_discount):
        self.inventory, self.discount, self.items = inventory, discount, []

    def add(self, sku, count=1):
        product = self.inventory[sku]
        if product.stock < count:
            raise OutOfStock(f"only {product.stock} of {product.name}")
        product.stock -= count
        self.items.append((product, count))
        return self

    def total(self):
        return sum(p.price * n for p, n in self.items)

    def __str__(self):
        lines = [f"{p.name:<12}{n:>4} x{p.price:>8.2f} ={p.price * n:>9.2f}" for p, n in self.items]
        off = self.discount(self)
        if off:
            lines.append(f"{self.discount.__name__:<27}{-off:>9.2f}")
        lines.append(f"{'total':<27}{self.total() - off:>9.2f}")
        return "\n".join(lines)


class Inventory:
    def __init__(self, text):
        self.products = {}
        for number, line in enumerate(text.strip().splitlines(), 1):
            try:
                product = Product.from_line(line)
            except ValueError as error:
                print(f"line {number}: {error}")
                continue
            self.products[product.sku] = product

    def __getitem__(self, sku):
        try:
            return self.products[sku]
        except KeyError:
            raise LookupError(f"no product {sku!r}") from None

    def __iter__(self):
        return iter(sorted(self.products.values(), key=attrgetter("name")))

    def by_tag(self):
        out = defaultdict(list)
        for product in self:
            for tag in sorted(product.tags) or ["untagged"]:
                out[tag].append(product.name)
        return dict(sorted(out.items()))

    def low(self, limit=5):
        return [p for p in self if p.stock < limit]


inventory = Inventory("""
a1; Hammer; 12.50; 10; tools; steel
a2; Nails; 0.05; 1000; steel
b1; Paint; 8.99; 4; colour
b2; Brush; 3.20; x; colour
c1; Gloves; 4; 25
d1; broken line
""")
print(list(inventory), inventory.by_tag(), inventory.low())
print(Order(inventory).add("a1", 2).add("a2", 100))
print(Order(inventory, bulk).add("c1", 12).add("b1"))
print(Order(inventory, loyal(15)).add("a1"))
for sku, count in (("zz", 1), ("b1", 50)):
    try:
        Order(inventory).add(sku, count)
    except (LookupError, OutOfStock) as error:
        print(type(error).__name__, error)
print(inventory.low(), sum(p.price * p.stock for p in inventory))
