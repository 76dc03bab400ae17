# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Hazard maps, curves, spectra and disaggregations, on small files written for the test; coasts from a world of eight bins."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path[:0] = [str(pathlib.Path(__file__).parent), str(ROOT / "scripts")]

try:
    import h5py
    import matplotlib.image
    import numpy as np
except ImportError as error:
    print(f"skipped: {error} (install python3-h5py and python3-matplotlib)")
    sys.exit(77)

import coast_lines  # noqa: E402
import map_tools  # noqa: E402
import plot_hazard_map  # noqa: E402
import shakefield_reader  # noqa: E402
import synthetic_file  # noqa: E402

FAULTS = """<nrml xmlns:gml="http://www.opengis.net/gml" xmlns="http://openquake.org/xmlns/nrml/0.5"><sourceModel>
<simpleFaultSource><simpleFaultGeometry><gml:LineString><gml:posList>-122.3 37.3 -121.8 37.6</gml:posList></gml:LineString></simpleFaultGeometry>
</simpleFaultSource><complexFaultSource><complexFaultGeometry><faultTopEdge><gml:LineString><gml:posList>-122 37.4 5 -121.9 37.5 6
</gml:posList></gml:LineString></faultTopEdge></complexFaultGeometry></complexFaultSource></sourceModel></nrml>"""
SEA, LAND = 0, 1


def write_hazard(path, lon0=-122.0, **options):
    """Curves that fall with the level and with the distance from the grid's centre."""
    synthetic_file.write(path, lon0=lon0, **options)
    with h5py.File(path) as file:
        sites = file["sites"][:]
    synthetic_file.write_hazard(path, sites=len(sites))
    motion = synthetic_file.pga((sites["lon"] - lon0 + 180) % 360 - 180, sites["lat"] - 37.5, 0)
    with h5py.File(path, "a") as file:
        levels = file["hazard/axes/level"][:]
        file["hazard/axes/kind"][...] = np.array(["mean", "quantile-0.1", "quantile-0.9"], "S")
        scale = np.array([1, 0.7, 1.4])
        file["hazard/curves"][...] = np.exp(-levels[None, None] / (0.2 * motion[:, None, None, None] * scale[:, None, None]))
        file["hazard/maps"][...] = motion[:, None, None, None] * scale[:, None, None] * np.array([0.5, 1])
        file["hazard/uhs"][...] = motion[:, None, None, None] * scale[:, None, None] * np.array([0.5, 1])[:, None]


def write_world(folder, pieces, corner_level=SEA):
    """GSHHG with bins of 90 degrees; pieces: (level, exit and entry side, points in units of the bin) of the bin 0–90 east, 0–90 north."""
    counts = [len(points) for _, _, points in pieces]
    xy = np.concatenate([points for _, _, points in pieces]) if pieces else np.zeros((0, 2))
    in_bin = np.arange(8) == 0
    with h5py.File(pathlib.Path(folder) / "binned_GSHHS_i.nc", "w") as file:
        for name, value in (("Bin_size_in_minutes", [5400]), ("N_bins_in_360_longitude_range", [4]), ("N_bins_in_180_degree_latitude_range", [2]),
                            ("Id_of_first_segment_in_a_bin", np.zeros(8)), ("N_segments_in_a_bin", in_bin * len(pieces)),
                            ("Id_of_first_point_in_a_segment", np.cumsum([0, *counts])[:-1]), ("Embedded_node_levels_in_a_bin", in_bin * corner_level),
                            ("Embedded_npts_levels_exit_entry_for_a_segment", [n << 9 | level << 6 | sides for n, (level, sides, _) in zip(counts, pieces)])):
            file[name] = np.array(value, "i4")
        for axis, name in enumerate(("longitude", "latitude")):
            file[f"Relative_{name}_from_SW_corner_of_bin"] = np.round(xy[:, axis] * 65535).astype("u2").view("i2")


def area(ring):
    x, y = ring.T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


class CoastLinesTest(unittest.TestCase):
    def layer(self, *arguments):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        write_world(folder.name, *arguments)
        return coast_lines.Layer(pathlib.Path(folder.name) / "binned_GSHHS_i.nc")

    def areas(self, layer, level=coast_lines.COAST):
        return sorted(round(area(ring)) for ring in layer.areas((10, 80, 10, 80), level))

    # Areas in square degrees of a bin of 90 x 90, by hand.
    def test_land_lies_on_the_left_of_a_coast(self):
        northwards, southwards = [(0.25, 0), (0.25, 1)], [(0.25, 1), (0.25, 0)]
        self.assertEqual(self.areas(self.layer([(1, 2 << 3, northwards)])), [2025])
        self.assertEqual(self.areas(self.layer([(1, 2, southwards)])), [6075])

    def test_two_coasts_bound_one_land(self):
        strip = [(1, 0, [(0.75, 0), (0.75, 1)]), (1, 0, [(0.25, 1), (0.25, 0)])]
        self.assertEqual(self.areas(self.layer(strip)), [4050])

    def test_water_lies_on_the_right_of_the_shore_of_a_lake(self):
        shore = [(2, 2 << 3, [(0.25, 0), (0.25, 1)])]
        self.assertEqual(self.areas(self.layer(shore, LAND), coast_lines.LAKE), [6075])

    def test_bins_without_a_coast_are_all_land_or_all_sea(self):
        island = [(1, 4 << 3 | 4, [(0.1, 0.1), (0.3, 0.1), (0.3, 0.3), (0.1, 0.3)])]
        self.assertEqual(self.areas(self.layer([], LAND)), [8100])
        self.assertEqual(self.areas(self.layer([], SEA)), [])
        self.assertEqual(self.areas(self.layer(island, SEA)), [324])

    def test_lines_follow_the_turn_of_the_box(self):
        layer = self.layer([(1, 2 << 3, [(0.5, 0), (0.5, 1)])])
        for turn in (-360, 0, 360):
            line, = layer.lines((10 + turn, 80 + turn, 10, 80), coast_lines.COAST)
            np.testing.assert_allclose(line, [(45 + turn, 0), (45 + turn, 90)], atol=2e-3)
        self.assertEqual(layer.lines((100, 170, 10, 80), coast_lines.COAST), [])


class PlotHazardTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = self.folder / "out.h5"

    def plot(self, script, *arguments):
        picture = self.path.with_suffix(".png")
        run = subprocess.run([sys.executable, ROOT / f"scripts/plot_{script}.py", self.path, "-o", picture, *arguments],
                             capture_output=True, text=True, check=False, env=os.environ | {"GSHHG_DIR": str(self.folder)})
        return run, picture

    def assert_draws(self, *arguments):
        run, picture = self.plot(*arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("Warning", run.stderr)
        pixels = matplotlib.image.imread(picture)
        self.assertGreater(min(pixels.shape[:2]), 300)
        self.assertGreater(len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0)), 50)
        return run, pixels

    def assert_refuses(self, text, *arguments):
        run, _ = self.plot(*arguments)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn(text, run.stderr)
        self.assertNotIn("Traceback", run.stderr)

    def test_draws_maps_with_faults_and_places(self):
        write_hazard(self.path)
        faults = self.folder / "faults.xml"
        faults.write_text(FAULTS)
        self.assert_draws("hazard_map", "--faults", str(faults), "--place", "Town", "-122.1", "37.4")
        self.assert_draws("hazard_map", "--imt", "SA(1.0)", "--kind", "quantile-0.9", "--poe", "0.02", "--cells")

    def test_leaves_out_the_hazard_at_sea(self):
        write_world(self.folder, [(1, 2, [(0.25, 0), (0.25, 1)])])
        write_hazard(self.path, lon0=22.5)
        whole, clipped = (self.assert_draws("hazard_map", "--poe", "0.1", *more)[1] for more in ([], ["--land-only"]))
        water = np.array(matplotlib.colors.to_rgb(map_tools.WATER))
        share = [np.mean(np.all(abs(pixels[..., :3] - water) < 0.01, axis=-1)) for pixels in (whole, clipped)]
        self.assertGreater(share[1], share[0] + 0.2)

    def test_draws_maps_without_coasts_and_says_so(self):
        write_hazard(self.path, lon0=179.9, side=4)
        self.assertIn("install gmt-gshhg-low", self.assert_draws("hazard_map")[0].stderr)

    def test_draws_sites_on_a_line(self):
        write_hazard(self.path)
        with h5py.File(self.path, "a") as file:
            sites = file["sites"][:]
            sites["lon"], sites["lat"] = np.linspace(-122.5, -121.5, len(sites)), 37.5
            file["sites"][...] = sites
        self.assert_draws("hazard_map")

    def test_draws_curves_and_spectra(self):
        write_hazard(self.path)
        for script in ("curves", "uhs"):
            self.assert_draws(script)
            self.assert_draws(script, "--near", "-122", "37.5", "--near", "-122.4", "37.2", "--near", "-121", "38", "--near", "-122.4", "37.8")
        self.assert_draws("curves", "--imt", "PGA", "SA(1.0)", "--site", "3")
        self.assert_draws("uhs", "--poe", "0.02", "--site", "3", "7")

    def test_draws_disaggregations(self):
        synthetic_file.write(self.path, side=4)
        synthetic_file.write_disagg(self.path)
        _, one = self.assert_draws("disagg")
        _, two = self.assert_draws("disagg", "--site", "0", "1", "--imt", "SA(1.0)", "--poe", "0.02", "--realization", "1")
        self.assertGreater(two.shape[1], one.shape[1])
        self.assert_draws("disagg", "--map", "--site", "2")

    def test_draws_a_disaggregation_without_epsilon(self):
        synthetic_file.write(self.path, side=4)
        synthetic_file.write_disagg(self.path, epsilons=1)
        self.assert_draws("disagg")

    def test_refuses_disaggregations_that_are_not_there(self):
        synthetic_file.write(self.path, side=4)
        self.assert_refuses("has no /disagg", "disagg")
        synthetic_file.write_disagg(self.path)
        self.assert_refuses("the file has PGA, SA(1.0)", "disagg", "--imt", "PGV")
        self.assert_refuses("the file has 0.1, 0.02", "disagg", "--poe", "0.5")
        self.assert_refuses("the file has -1, 1", "disagg", "--realization", "7")
        self.assert_refuses("nothing is disaggregated for PGA at site 4", "disagg", "--site", "4")

    def test_refuses_what_is_not_there(self):
        write_hazard(self.path)
        self.assert_refuses("the file has PGA, SA(1.0)", "hazard_map", "--imt", "PGV")
        self.assert_refuses("the file has 0.1, 0.02", "hazard_map", "--poe", "0.5")
        self.assert_refuses("the file has mean", "hazard_map", "--kind", "max")
        self.assert_refuses("no site 196", "curves", "--site", "196")
        self.assert_refuses("the file has 0.1, 0.02", "uhs", "--poe", "0.5")
        (self.folder / "text.xml").write_text("fault")
        self.assert_refuses("is not XML", "hazard_map", "--faults", str(self.folder / "text.xml"))

    def test_refuses_files_without_hazard(self):
        for script in ("hazard_map", "curves", "uhs"):
            self.assert_refuses("", script)
        synthetic_file.write(self.path)
        for script in ("hazard_map", "curves", "uhs"):
            self.assert_refuses("hazard", script)


class LevelsTest(unittest.TestCase):
    def test_levels_enclose_the_largest_value(self):
        for values in ([0.3], [0.021, 0.9], [1e-4, 3.1], [2.0, 2.0]):
            levels = plot_hazard_map.choose_levels(np.array(values))
            self.assertGreaterEqual(len(levels), 2)
            self.assertGreaterEqual(levels[-1], max(values) * (1 - 1e-8))
            self.assertLessEqual(levels[0], max(values))

    def test_poe_of_ten_percent_in_fifty_years_returns_after_475(self):
        # The return periods that every building code names.
        self.assertEqual(round(shakefield_reader.return_period(0.1, 50)), 475)
        self.assertEqual(round(shakefield_reader.return_period(0.02, 50)), 2475)

    def test_traces_are_the_upper_edges_of_faults(self):
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
            file.write(FAULTS)
            file.flush()
            simple, complex_ = map_tools.fault_traces(file.name)
        np.testing.assert_equal(simple, [(-122.3, 37.3), (-121.8, 37.6)])
        np.testing.assert_equal(complex_, [(-122, 37.4), (-121.9, 37.5)])


if __name__ == "__main__":
    unittest.main()
