# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Coasts, lakes and borders from the GSHHG data of Debian's package gmt-gshhg-low.

Wessel and Smith (1996), A global, self-consistent, hierarchical, high-resolution shoreline database, J. Geophys. Res. 101(B4).
The files cut the world into bins; in each lie pieces of polygons (coasts of level 1, lakes of level 2, islands in them …).
"""

import functools
import math
import os
import pathlib

import h5py
import numpy as np

FOLDER = pathlib.Path(os.environ.get("GSHHG_DIR", "/usr/share/gmt-gshhg"))
COAST, LAKE = 1, 2  # levels of polygons
NATION, STATE = 1, 2  # levels of borders
INSIDE_BIN = 4  # the side of pieces that are whole polygons


class Layer:
    """One file of GSHHG. What it returns are lines [points, 2] of longitude and latitude in the turn of the box asked for."""

    def __init__(self, path):
        with h5py.File(path) as file:
            self.size = file["Bin_size_in_minutes"][0] / 60
            self.columns = int(file["N_bins_in_360_longitude_range"][0])
            self.rows = int(file["N_bins_in_180_degree_latitude_range"][0])
            self.first_piece = file["Id_of_first_segment_in_a_bin"][:]
            self.pieces = file["N_segments_in_a_bin"][:]
            self.first_point = file["Id_of_first_point_in_a_segment"][:]
            self.x, self.y = (file[f"Relative_{axis}_from_SW_corner_of_bin"][:].view("u2") / 65535 for axis in ("longitude", "latitude"))
            if "Hierarchial_level_of_a_segment" in file:
                self.level, self.points = file["Hierarchial_level_of_a_segment"][:], file["N_points_for_a_segment"][:]
            else:
                packed = file["Embedded_npts_levels_exit_entry_for_a_segment"][:]
                self.points, self.level, self.side = packed >> 9, packed >> 6 & 7, packed & 7
                self.corner_level = file["Embedded_node_levels_in_a_bin"][:] & 7  # of the south-west one

    def bins(self, box):
        """(number, longitude and latitude of its south-west corner) of the bins that touch (west, east, south, north)."""
        west, east, south, north = (math.floor(edge / self.size) for edge in box)
        for row in range(max(south, -self.rows // 2), min(north, self.rows // 2 - 1) + 1):
            for column in range(west, east + 1):
                yield (self.rows // 2 - 1 - row) * self.columns + column % self.columns, np.array([column, row]) * self.size

    def _pieces_of(self, number, level):
        """The pieces of one level in a bin, in units of the bin."""
        first = self.first_piece[number]
        for piece in range(first, first + self.pieces[number]):
            if self.level[piece] == level:
                points = slice(self.first_point[piece], self.first_point[piece] + self.points[piece])
                yield piece, np.stack([self.x[points], self.y[points]], axis=1)

    def lines(self, box, level):
        return [corner + self.size * points for number, corner in self.bins(box) for _, points in self._pieces_of(number, level)]

    def areas(self, box, level):
        """Closed polygons that cover together what has this level or a higher one."""
        return [corner + self.size * ring for number, corner in self.bins(box) for ring in self._rings_of(number, level)]

    def _rings_of(self, number, level):
        whole, open_ = [], []
        for piece, points in self._pieces_of(number, level):
            # Land lies on the left of every line, so lakes lie on the right of theirs.
            (whole if self.side[piece] == INSIDE_BIN else open_).append(points[::1 if level == COAST else -1])
        if open_:
            return whole + close_along_sides(open_)
        return [perimeter(0, 4)] + whole if self.corner_level[number] >= level else whole


def place_on_perimeter(point):
    """Where a point on the sides of the unit square lies, counter-clockwise from the south-west corner: 0 to 4."""
    x, y = point
    return min((y, x), (1 - x, 1 + y), (1 - y, 3 - x), (x, 4 - y))[1]


def perimeter(start, stop):
    """The corners of the unit square between two places, stop beyond start."""
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float)
    return corners[np.arange(math.floor(start) + 1, math.ceil(stop)) % 4] if stop - start < 4 else corners


def close_along_sides(pieces):
    """Rings of pieces that begin and end on the sides of the unit square and have their inside on the left."""
    starts = [place_on_perimeter(piece[0]) for piece in pieces]
    rings, left = [], set(range(len(pieces)))
    while left:
        first = current = left.pop()
        ring = [pieces[first]]
        while True:
            end = place_on_perimeter(pieces[current][-1])
            following = min(left | {first}, key=lambda piece: (starts[piece] - end) % 4)
            ring.append(perimeter(end, end + (starts[following] - end) % 4))
            if following == first:
                break
            ring.append(pieces[following])
            left.remove(following)
            current = following
        rings.append(np.concatenate(ring))
    return rings


@functools.cache
def layer(name):
    """"GSHHS" (coasts and lakes) or "border"; None without the package. Intermediate resolution: details of 1 km."""
    path = FOLDER / f"binned_{name}_i.nc"
    return Layer(path) if path.exists() else None
