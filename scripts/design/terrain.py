"""The ground behind sign-in and missing pages: one still landscape of contour lines.

The rings lie around the place where the cairn stands. Used as a mask, so the colour is the page's own.

    python scripts/design/terrain.py > lms/pages/static/tillit/terrain.svg
"""

from __future__ import annotations

import math

WIDTH, HEIGHT = 1000, 800
SUMMIT = (500.0, 400.0)
RINGS, REACH, POINTS = 22, 700.0, 28
# Waves around the summit: how many, how strong, and where each begins.
WAVES = ((2, 0.15, 0.6), (3, 0.11, 2.4), (4, 0.06, 5.2), (5, 0.035, 0.4), (7, 0.016, 3.0))

Point = tuple[float, float]


def ring(number: int) -> list[Point]:
    """The points of one contour, the innermost first; the waves grow outwards."""
    t = (number + 0.6) / RINGS
    radius, growth = REACH * t**0.94, t**0.62
    points = []
    for j in range(POINTS):
        angle = 2 * math.pi * j / POINTS
        swing = 1 + sum(a * growth * math.cos(k * angle + p + 0.5 * (1 - t) * k) for k, a, p in WAVES)
        x = SUMMIT[0] + 70 * t * t + radius * swing * math.cos(angle)
        y = SUMMIT[1] - 34 * t * t + radius * swing * math.sin(angle) * 0.86
        points.append((x, y))
    return points


def closed(points: list[Point]) -> str:
    """A smooth closed path through the points, in as few letters as SVG allows."""
    n = len(points)

    def before(i: int) -> Point:
        (x0, y0), (x1, y1), (x2, y2) = points[i - 1], points[i % n], points[(i + 1) % n]
        return x1 - (x2 - x0) / 6, y1 - (y2 - y0) / 6

    (x, y), (bx, by) = points[0], before(0)
    path = f"M{x:.0f} {y:.0f}C{2 * x - bx:.0f} {2 * y - by:.0f}"
    for i in range(1, n + 1):
        (cx, cy), (px, py) = before(i), points[i % n]
        path += f"{' ' if i == 1 else 'S'}{cx:.0f} {cy:.0f} {px:.0f} {py:.0f}"
    return path + "Z"


if __name__ == "__main__":
    thin = "".join(closed(ring(i)) for i in range(2, RINGS) if i % 5)
    thick = "".join(closed(ring(i)) for i in range(2, RINGS) if not i % 5)
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke="#000">'
        f'<path stroke-width="1.1" d="{thin}"/><path stroke-width="1.9" d="{thick}"/></svg>'
    )
