"""Growth curves as SVG: a panel each, both axes logarithmic, so that what is linear has the slope of the dashed line."""
import math

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 420, 300, 64, 46, 34
COLORS = ("#2b6cb0", "#c05621", "#2f855a", "#805ad5")


def power(value, unit=""):
    for limit, suffix in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:g}{suffix}{unit}"
    return f"{value:g}{unit}"


def axis(values):
    low, high = min(values), max(values)
    return 10 ** math.floor(math.log10(low)), 10 ** math.ceil(math.log10(high * 1.0001))


def panel(series, title, across, left, top):
    """series: name -> [(size, seconds)]."""
    points = [point for curve in series.values() for point in curve]
    low_x, high_x = axis([x for x, _ in points])
    low_y, high_y = axis([y for _, y in points])

    def at(x, y):
        return (left + LEFT + (WIDTH - LEFT - 16) * math.log(x / low_x) / math.log(high_x / low_x),
                top + HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * math.log(y / low_y) / math.log(high_y / low_y))

    (x0, y0), (x1, y1) = at(low_x, low_y), at(high_x, high_y)
    out = [f'<text x="{left + LEFT}" y="{top + 20}" font-weight="bold">{title}</text>',
           f'<rect x="{x0:.1f}" y="{y1:.1f}" width="{x1 - x0:.1f}" height="{y0 - y1:.1f}" fill="none" stroke="#999"/>',
           f'<text x="{(x0 + x1) / 2:.1f}" y="{top + HEIGHT - 8}" text-anchor="middle">{across}</text>']
    for exponent in range(round(math.log10(low_x)), round(math.log10(high_x)) + 1):
        x, _ = at(10 ** exponent, low_y)
        out.append(f'<text x="{x:.1f}" y="{y0 + 16:.1f}" text-anchor="middle">{power(10 ** exponent)}</text>')
    for exponent in range(round(math.log10(low_y)), round(math.log10(high_y)) + 1):
        _, y = at(low_x, 10 ** exponent)
        out.append(f'<line x1="{x0:.1f}" y1="{y:.1f}" x2="{x1:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{x0 - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{10 ** exponent:g} s</text>')
    first_x, first_y = min(points)
    end = min(high_x, first_x * high_y / first_y)
    (ax, ay), (bx, by) = at(first_x, first_y), at(end, first_y * end / first_x)
    out.append(f'<line x1="{ax:.1f}" y1="{ay:.1f}" x2="{bx:.1f}" y2="{by:.1f}" stroke="#999" stroke-dasharray="4 4"/>')
    for index, (name, curve) in enumerate(series.items()):
        color = COLORS[index % len(COLORS)]
        places = [at(x, y) for x, y in curve]
        out.append(f'<polyline fill="none" stroke="{color}" stroke-width="2" points="'
                   + " ".join(f"{x:.1f},{y:.1f}" for x, y in places) + '"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>' for x, y in places]
        out.append(f'<text x="{x0 + 8:.1f}" y="{y1 + 16 + 15 * index:.1f}" fill="{color}">{name}</text>')
    return out


def draw(panels):
    """panels: [(title, what the size is of, series)]; those without a point are left out."""
    drawn = [each for each in panels if any(each[2].values())]
    rows = (len(drawn) + 1) // 2
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{rows * HEIGHT}" '
           'font-family="sans-serif" font-size="12">', '<rect width="100%" height="100%" fill="white"/>']
    for index, (title, across, series) in enumerate(drawn):
        kept = {name: curve for name, curve in series.items() if curve}
        out += panel(kept, title, across, index % 2 * WIDTH, index // 2 * HEIGHT)
    return "\n".join(out + ["</svg>"]) + "\n"
