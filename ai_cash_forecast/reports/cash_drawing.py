"""The course of the cash as a drawing for paper: median, band, floor."""

from markupsafe import Markup

WIDTH, HEIGHT = 720, 190
LEFT, BOTTOM, TOP = 70, 24, 8
BLUE, RED, GREY = "#3188E6", "#CE4257", "#9ca3af"


def cash_drawing(data, money):
    """Return the weeks of a forecast as SVG.

    :param data: as ``ai.cash.forecast.get_dashboard`` returns it
    :param money: function that writes an amount
    """
    weeks, forecast = data["weeks"], data["forecast"]
    floor = forecast.get("floor") or 0
    opening = forecast["opening"]
    rows = [(opening, opening, opening)] + [(one["p10"], one["p50"], one["p90"]) for one in weeks]
    low = min(0, floor, *(row[0] for row in rows))
    high = max(0, floor, *(row[2] for row in rows)) or 1
    x = _scale(0, len(rows) - 1, LEFT, WIDTH - 10)
    y = _scale(low, high, HEIGHT - BOTTOM, TOP)
    band = [(x(at), y(row[2])) for at, row in enumerate(rows)]
    band += [(x(at), y(row[0])) for at, row in reversed(list(enumerate(rows)))]
    parts = [_line(LEFT, y(0), WIDTH - 10, y(0), GREY)]
    parts += [_axis(y(value), money(value)) for value in (low, high) if value]
    parts.append(
        Markup('<polygon points="%s" fill="%s" fill-opacity="0.2"/>') % (_dots(band), BLUE)
    )
    median = _dots([(x(at), y(row[1])) for at, row in enumerate(rows)])
    parts.append(
        Markup('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>') % (median, BLUE)
    )
    if floor:
        parts.append(_line(LEFT, y(floor), WIDTH - 10, y(floor), RED, dashed=True))
        parts.append(_axis(y(floor), money(floor)))
    parts += [
        Markup('<text x="%d" y="%d" font-size="9" text-anchor="middle" fill="#6b7280">%s</text>')
        % (x(at), HEIGHT - 6, one["label"])
        for at, one in enumerate(weeks, 1)
    ]
    body = Markup("").join(parts)
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d">%s</svg>') % (
        WIDTH,
        HEIGHT,
        body,
    )


def _scale(low, high, start, end):
    span = (high - low) or 1
    return lambda value: start + (value - low) / span * (end - start)


def _dots(points):
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _line(x1, y1, x2, y2, color, dashed=False):
    dash = Markup(' stroke-dasharray="5 4"') if dashed else ""
    return Markup('<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="%s"%s/>') % (
        x1, y1, x2, y2, color, dash,
    )  # fmt: skip


def _axis(y, text):
    shape = '<text x="%d" y="%.1f" font-size="9" text-anchor="end" fill="#374151">%s</text>'
    return Markup(shape) % (LEFT - 6, y + 3, text)
