"""Bend a drawing so that each area gets the centroid and the size it is known to have.

Among all smooth displacement fields the one of least energy is sought (a kernel method, so
the field is the same for every point of a shared border and the coverage stays whole). The
centroid and the size of a polygon depend on its corners through the shoelace formula, so their
derivatives are exact and a few Gauss–Newton steps are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial.distance import cdist
from shapely import MultiPolygon

Floats = NDArray[np.float64]
Field = Callable[[Floats], Floats]

# Width (m) and variance (m²) of each layer of the field: the country bends a little,
# single borders more. Chosen by comparing the overlap with the official map for a few values.
LAYERS = ((60e3, 1.0e6), (20e3, 0.5e6), (8e3, 0.3e6), (2.5e3, 0.2e6))
# What is let pass: 2 % of a kommune's width for the centroid, 4 % of its size.
CENTROID_TOLERANCE = 0.02
SIZE_TOLERANCE = 0.04
# Beyond this many tolerances a kommune no longer pulls harder (islets the drawing leaves out).
OUTLIER = 2.0
_STEPS = 5
_SPREAD_CENTRES = 300
_CENTRES_PER_AREA = 8


@dataclass(frozen=True)
class Targets:
    """Known centroids (n × 2, metres) and sizes (n, m²), in the order of the areas."""

    centroids: Floats
    sizes: Floats


@dataclass(frozen=True)
class _Rings:
    """All ring corners: position, the corner that follows, and the area they belong to."""

    start: Floats
    following: NDArray[np.int64]
    owner: csr_matrix  # areas × corners

    def moments(self, at: Floats, origins: Floats) -> tuple[Floats, Floats, tuple[Floats, ...]]:
        """Return sizes, centroids relative to each area's origin, and the terms behind them."""
        local = at - self.owner.T @ origins
        a, b = local, local[self.following]
        cross = a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]
        sizes = self.owner @ cross / 2
        centroids = self.owner @ (cross[:, None] * (a + b)) / 6 / sizes[:, None]
        return sizes, centroids, (a, b, cross)


def fit_field(areas: Sequence[MultiPolygon], targets: Targets) -> Field:
    """Return the displacement field (points n × 2 → displacements n × 2, metres)."""
    rings = _rings(areas)
    centres = _centres(areas, rings.start)
    covariance = _kernel(centres, centres) + 1e-6 * np.eye(len(centres))
    whiten = np.linalg.inv(np.linalg.cholesky(covariance)).T
    basis = _kernel(rings.start, centres) @ whiten
    widths = np.sqrt(targets.sizes)
    weights = np.ones(3 * len(areas))
    solution = np.zeros((2, len(centres)))
    for _ in range(_STEPS):
        at = rings.start + basis @ solution.T
        slopes = _slopes(rings, at, basis, targets, widths)
        wanted = _misfit(rings, at, targets, widths) + slopes @ solution.ravel()
        pull = slopes * weights[:, None]
        strength = np.linalg.solve(pull @ pull.T + np.eye(len(pull)), wanted * weights)
        solution = (pull.T @ strength).reshape(2, -1)
        left = _misfit(rings, rings.start + basis @ solution.T, targets, widths)
        weights = np.minimum(1.0, np.sqrt(OUTLIER / np.maximum(np.abs(left), 1e-9)))
    coefficients = whiten @ solution.T

    def field(points: Floats) -> Floats:
        # Each place once: sums in another order differ in the last digit, and open a border.
        once, back = np.unique(points, axis=0, return_inverse=True)
        return np.asarray((_kernel(once, centres) @ coefficients)[back])

    return field


def _misfit(rings: _Rings, at: Floats, targets: Targets, widths: Floats) -> Floats:
    """Return what is missing in x, y and size, each in tolerances (length 3 n)."""
    sizes, centroids, _ = rings.moments(at, targets.centroids)
    off = -centroids / widths[:, None] / CENTROID_TOLERANCE
    return np.concatenate([off[:, 0], off[:, 1], (1 - sizes / targets.sizes) / SIZE_TOLERANCE])


def _slopes(rings: _Rings, at: Floats, basis: Floats, targets: Targets, widths: Floats) -> Floats:
    """Return the derivative of x, y and size by the coefficients: 3 n × 2 k, in tolerances."""
    sizes, centroids, (a, b, cross) = rings.moments(at, targets.centroids)
    here, there = basis, basis[rings.following]
    both = cross[:, None] * (here + there)
    # Moving along x changes a corner's cross product through y, and the other way round.
    by_x = b[:, 1:] * here - a[:, 1:] * there
    by_y = a[:, :1] * there - b[:, :1] * here
    size = [rings.owner @ change / 2 for change in (by_x, by_y)]
    rows = []
    for axis in (0, 1):
        lever = (a + b)[:, axis : axis + 1]
        moment = [
            rings.owner @ (change * lever + (both if along == axis else 0)) / 6
            for along, change in enumerate((by_x, by_y))
        ]
        rows.append(
            np.hstack(
                [
                    (m - centroids[:, axis : axis + 1] * s) / sizes[:, None]
                    for m, s in zip(moment, size, strict=True)
                ]
            )
            / widths[:, None]
            / CENTROID_TOLERANCE
        )
    rows.append(np.hstack(size) / targets.sizes[:, None] / SIZE_TOLERANCE)
    return np.vstack(rows)


def _rings(areas: Sequence[MultiPolygon]) -> _Rings:
    corners: list[Floats] = []
    following: list[NDArray[np.int64]] = []
    owners: list[int] = []
    count = 0
    for index, area in enumerate(areas):
        for polygon in shapely.get_parts(shapely.orient_polygons(area)):
            for ring in (polygon.exterior, *polygon.interiors):
                points = shapely.get_coordinates(ring)[:-1]
                following.append(count + np.roll(np.arange(len(points)), -1))
                corners.append(points)
                owners.extend([index] * len(points))
                count += len(points)
    owner = csr_matrix((np.ones(count), (owners, np.arange(count))), shape=(len(areas), count))
    return _Rings(np.concatenate(corners), np.concatenate(following), owner)


def _kernel(points: Floats, centres: Floats) -> Floats:
    squared = cdist(points, centres, "sqeuclidean")
    total: Floats = np.zeros_like(squared)
    for width, variance in LAYERS:
        total += variance * np.exp(-squared / (2 * width * width))
    return total


def _centres(areas: Sequence[MultiPolygon], corners: Floats) -> Floats:
    """Return points spread over the whole drawing, and a few on each area however small."""
    chosen = [_spread(corners, _SPREAD_CENTRES)]
    chosen += [_spread(shapely.get_coordinates(area), _CENTRES_PER_AREA) for area in areas]
    return np.unique(np.concatenate(chosen), axis=0)


def _spread(points: Floats, count: int) -> Floats:
    """Return points each as far as possible from those taken before."""
    taken = [0]
    distance = np.hypot(*(points - points[0]).T)
    while len(taken) < min(count, len(points)):
        taken.append(int(distance.argmax()))
        distance = np.minimum(distance, np.hypot(*(points - points[taken[-1]]).T))
    return np.asarray(points[taken])
