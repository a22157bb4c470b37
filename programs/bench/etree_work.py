"""XML: a document of 20,000 elements built, written, parsed, walked, searched and changed."""

import io
import xml.etree.ElementTree as ET


def build(count):
    root = ET.Element("shop")
    for i in range(count):
        item = ET.SubElement(root, "item", id=str(i), kind="k%d" % (i % 7))
        ET.SubElement(item, "name").text = "name <%d>" % i
        price = ET.SubElement(item, "price", {"currency": "EUR"})
        price.text, price.tail = str(i * 0.25), "\n"
        item.append(ET.Element("empty"))
    return root


def main():
    total = 0
    for _ in range(4):
        text = ET.tostring(build(5000))
        root = ET.parse(io.BytesIO(text)).getroot()
        total += len(text) + sum(1 for _ in root.iter())
        total += sum(float(price.text) for price in root.iter("price"))
        for item in root.findall("item"):
            total += len(item.find("name").text) + len(item.get("kind"))
        total += len(root.findall(".//price[@currency='EUR']")) + len("".join(root.itertext()))
        for event, element in ET.iterparse(io.BytesIO(text)):
            if element.tag == "item":
                total += len(element)
                element.clear()
    print(total)


main()
