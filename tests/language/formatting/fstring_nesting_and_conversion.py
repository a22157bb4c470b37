items = {"k": [1, 2.5, "s"]}
w, p = 10, 2
print(f"{items['k'][1]:>{w}.{p}f}|{items['k'][2]!r:^{w}}|{items!s:.5}|{len(items):0{w // 2}d}")
print(f"{'a' if w > 5 else 'b'}{w!r}{p:{'0'}>{3}}{'{'}{'}'}", f"{w:{p}}|", f"{'%s' % w}", f"{w:%}" if p else "")
print(f"{[f'{i}:{j}' for i, j in zip('ab', range(2))]}", f"{ {1: 2}[1] }", f"{ {x for x in [1]} }", f"{w+p=}", f"{ w = !r:>5}", f"{(lambda: 5)()}", f"{'x':>{'5' if w else '3'}}")
x = f"multi{w}" f"part{p}" "plain{}" f'{"quoted"}'
print(x, f"{x!r:.8}", f"{'é'!a}", f"{w:d}{p:x}", f"{3.0:g}{1e10:n}", f"{True:>6}{None!s:>6}", rf"\d{w}\n", f"{w}\t{p}\\", F"{w}", fR"\{p}")
print(f"""
{w}
  {p:>{w}}
""".strip(), f"{1:{2}}{3:{4}}", f"{'nested ' + f'{w + 1} ' + f'{w * 2}'}", f"{w if True else 0:>4}", f"{w, p}", f"{*[1, 2],}", f"{w!s}{p!r}{'z'!a}")
