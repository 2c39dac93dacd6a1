"""docs/performance.svg: how many times as fast as the script with sentencex each whole build is, on a logarithmic axis."""

import math

ROW, BAR, LEFT, WIDTH, RIGHT, TOP = 46, 15, 320, 420, 90, 64
BASE = "sentencex, orjson, hashlib"


def draw(one, every, cores):
    names = [name for name in one if name in every]
    ratios = {name: (one[name] / one[BASE], every[name] / every[BASE]) for name in names}
    least = math.floor(math.log10(min(min(pair) for pair in ratios.values())))
    most = math.ceil(math.log10(max(max(pair) for pair in ratios.values())))
    height = TOP + ROW * len(names) + 40
    place = lambda ratio: LEFT + WIDTH * (math.log10(ratio) - least) / (most - least)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" '
        f'font-family="system-ui, sans-serif" font-size="13">',
        f'<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="12" y="24" font-size="16" fill="#111">Whole builds, times as fast as sentencex + orjson + hashlib</text>',
        f'<rect x="12" y="36" width="12" height="12" fill="#2563a8"/><text x="30" y="47" fill="#333">one core</text>',
        f'<rect x="112" y="36" width="12" height="12" fill="#e08a1e"/><text x="130" y="47" fill="#333">{cores} cores</text>',
    ]
    for power in range(least, most + 1):
        x = place(10**power)
        label = f"{10**power:g} ×"
        out.append(f'<line x1="{x:.1f}" y1="{TOP - 4}" x2="{x:.1f}" y2="{height - 30}" stroke="#ddd"/>')
        out.append(f'<text x="{x:.1f}" y="{height - 12}" text-anchor="middle" fill="#666">{label}</text>')
    for row, name in enumerate(names):
        y = TOP + ROW * row
        out.append(f'<text x="{LEFT - 10}" y="{y + 22}" text-anchor="end" fill="#111">{name}</text>')
        for index, colour in enumerate(("#2563a8", "#e08a1e")):
            ratio = ratios[name][index]
            top = y + 4 + index * (BAR + 1)
            width = place(ratio) - LEFT
            out.append(f'<rect x="{LEFT}" y="{top}" width="{max(width, 1):.1f}" height="{BAR}" fill="{colour}"/>')
            said = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"
            out.append(f'<text x="{LEFT + max(width, 1) + 6:.1f}" y="{top + 12}" font-size="12" fill="#333">{said}</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
