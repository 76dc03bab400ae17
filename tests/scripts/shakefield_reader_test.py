# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""The reader of result files, on small files written for the test."""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(os.environ.get("SHAKEFIELD_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BINARY = pathlib.Path(os.environ.get("SHAKEFIELD_BINARY", ROOT / "build/release/bin/shakefield"))
sys.path[:0] = [str(ROOT / "scripts"), str(pathlib.Path(__file__).parent)]

try:
    import h5py
    import numpy as np
except ImportError as error:
    print(f"skipped: {error} (install python3-h5py)")
    sys.exit(77)

import synthetic_file  # noqa: E402
from shakefield_reader import ZSTD_FILTER, Results, unit_of  # noqa: E402


class ResultsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "out.h5"

    def rewrite_table(self, add_filters):
        """Makes the table anew, empty, in chunks of one event each with filters; returns the rows it had."""
        with h5py.File(self.path, "r+") as file:
            rows = file["gmf_data/table"][:]
            del file["gmf_data/table"]
            properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            properties.set_chunk((196,))
            add_filters(properties)
            space = h5py.h5s.create_simple(rows.shape)
            kind = h5py.h5t.py_create(rows.dtype)
            h5py.h5d.create(file.id, b"gmf_data/table", kind, space, dcpl=properties)
        return rows

    def test_reads_one_event_by_its_index(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            rows = results.event_rows(3)
            self.assertEqual(set(rows["event"]), {3})
            np.testing.assert_array_equal(rows["site"], np.arange(196))
            self.assertEqual(results.imts, ["PGA"])

    def test_leaves_sites_without_a_row_open(self):
        synthetic_file.write(self.path, cut=0.2)
        with Results(self.path) as results:
            field = results.event_field(0, "PGA")
            rows = results.event_rows(0)
        self.assertEqual(np.isfinite(field).sum(), len(rows))
        self.assertGreaterEqual(np.nanmin(field), 0.2)

    def test_reads_one_site(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            rows = results.site_rows(7)
        np.testing.assert_array_equal(rows["event"], np.arange(6))

    def test_median_does_not_depend_on_the_rows_that_were_dropped(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            whole = results.median("PGA")
        synthetic_file.write(self.path, cut=0.2)
        with Results(self.path) as results:
            np.testing.assert_allclose(results.median("PGA"), whole, rtol=1e-6)
        # Events 0 to 5 scale by exp(0.1 e): the mean of ln is that of e = 2.5.
        np.testing.assert_allclose(whole.max(), 0.5 * np.exp(0.25 - 3 * np.hypot(0.5, 0.4) / 13), rtol=1e-5)

    def test_finds_the_strongest_event(self):
        synthetic_file.write(self.path)
        with Results(self.path) as results:
            self.assertEqual(results.strongest_event("PGA"), 5)

    def test_names_units(self):
        self.assertEqual([unit_of(imt) for imt in ("PGA", "SA(0.3)", "PGV", "MMI")], ["g", "g", "cm/s", "1"])

    def test_reads_no_other_chunk_than_the_events(self):
        synthetic_file.write(self.path)
        rows = self.rewrite_table(lambda properties: properties.set_deflate(1))
        with h5py.File(self.path, "r+") as file:
            file["gmf_data/table"][:] = rows
            for event in (0, 1, 2, 4, 5):
                file["gmf_data/table"].id.write_direct_chunk((196 * event,), b"cannot be unpacked")
        with Results(self.path) as results:
            np.testing.assert_array_equal(results.event_rows(3), rows[3 * 196:4 * 196])
            with self.assertRaises(OSError):
                results.event_rows(4)

    def test_says_how_to_read_zstandard(self):
        synthetic_file.write(self.path)
        optional = h5py.h5z.FLAG_OPTIONAL  # else HDF5 refuses to make the dataset where the filter is missing
        self.rewrite_table(lambda properties: properties.set_filter(ZSTD_FILTER, optional, (1,)))
        with Results(self.path) as results, mock.patch.dict(sys.modules, hdf5plugin=None):
            if h5py.h5z.filter_avail(ZSTD_FILTER):
                self.skipTest("this HDF5 has the filter of Zstandard")
            self.assertEqual(len(results.events), 6)
            with self.assertRaisesRegex(OSError, r"install hdf5plugin .*or rewrite the file by `shakefield export FILE hdf5 --plain`"):
                results.event_rows(0)

    def test_reads_disaggregations(self):
        synthetic_file.write(self.path, side=4)
        synthetic_file.write_disagg(self.path)
        with Results(self.path) as results:
            self.assertEqual(results.disagg_imts, ["PGA", "SA(1.0)"])
            np.testing.assert_equal(results.disagg_levels("PGA")[:, 0], [0.25, 0.25, 0.25, 0.25, 0])
            np.testing.assert_equal(results.disagg_poes("PGA")[0], [0.1, 0.02])
            np.testing.assert_equal(results.disagg_edges("mag"), [5, 6, 7, 8])
            np.testing.assert_allclose(results.disagg_edges("lon", 3)[3], results.sites["lon"][3])
            for axes, whole in ((("mag", "dist", "eps"), (2, 3, 4, 3)), (("mag", "lon", "lat"), (2, 3, 6, 6))):
                filled = np.indices(whole).reshape(4, -1).T[::2]
                expected = np.zeros(whole)
                expected[tuple(filled.T)] = synthetic_file.disagg_rate(filled, (1, 1, 0, 1))
                rates = results.disagg(1, "SA(1.0)", 0, realization=1, axes=axes)
                np.testing.assert_allclose(rates, expected.sum(axis=0))
                np.testing.assert_allclose(results.disagg(1, "SA(1.0)", 0, 1, axes=axes[1:]), expected.sum(axis=(0, 1)))
                np.testing.assert_allclose(results.disagg(1, "SA(1.0)", 0, 1, axes=("trt", axes[1])), expected.sum(axis=(1, 3)))
            self.assertEqual(len(results.disagg_rows("mag_dist_eps", 4, "PGA")), 0)

    def test_reads_curves_maps_and_spectra(self):
        synthetic_file.write_hazard(self.path)
        value, sites = synthetic_file.hazard_value, np.arange(5)[:, None]
        with Results(self.path) as results:
            self.assertEqual(results.hazard_kinds, ["mean", "quantile-0.5", "rlz-000"])
            self.assertEqual(results.hazard_imts, ["PGA", "SA(1.0)"])
            np.testing.assert_array_equal(results.levels("SA(1.0)"), [0.02, 0.2, 1, 2])
            np.testing.assert_array_equal(results.curves("SA(1.0)", "rlz-000"), value(sites, 2, 1, np.arange(4)))
            np.testing.assert_array_equal(results.curves("PGA"), value(sites, 0, 0, np.arange(4)))
            np.testing.assert_array_equal(results.maps("PGA", "quantile-0.5"), value(sites, 1, 0, np.arange(2)))
            np.testing.assert_array_equal(results.spectra(), value(sites[:, None], 0, np.arange(2)[:, None], np.arange(2)))
            np.testing.assert_array_equal(results.poes, [0.1, 0.02])
            np.testing.assert_array_equal(results.periods, [0, 1])
            with self.assertRaisesRegex(KeyError, r"no curves of 'max' \(the file has mean, quantile-0.5, rlz-000\)"):
                results.curves("PGA", "max")

    def test_says_what_is_not_there(self):
        synthetic_file.write(self.path)
        with h5py.File(self.path, "r+") as file:
            del file["ruptures"]
        with Results(self.path) as results:
            self.assertEqual(len(results.event_rows(0)), 196)
            with self.assertRaisesRegex(KeyError, "has no /ruptures"):
                results.ruptures


@unittest.skipUnless(BINARY.is_file(), f"{BINARY} is not built")
class OurFilesTest(unittest.TestCase):
    """Files of the program: fields of the Hayward example, 1,543 sites and 100 events; curves of California on a coarse grid."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def shakefield(self, *arguments):
        subprocess.run([BINARY, *arguments], cwd=self.folder, check=True, capture_output=True)

    def rows_with(self, codec):
        self.shakefield("run", ROOT / "examples/hayward/job.ini", "-o", f"{codec}.h5", "-p", f"gmf_codec={codec}")
        with Results(self.folder / f"{codec}.h5") as results:
            return results.event_rows(42)

    def test_codecs_change_no_value(self):
        rows = self.rows_with("none")
        self.assertEqual(rows.dtype.names, ("site", "event", "PGA", "SA(0.3)", "SA(1.0)"))
        np.testing.assert_array_equal(rows["site"], np.arange(1543))
        np.testing.assert_array_equal(self.rows_with("deflate"), rows)
        try:
            np.testing.assert_array_equal(self.rows_with("zstd"), rows)
        except OSError as error:
            self.assertIn("hdf5 --plain", str(error))
        self.shakefield("export", "zstd.h5", "hdf5", "--plain")
        with Results(self.folder / "result.h5") as results:
            np.testing.assert_array_equal(results.event_rows(42), rows)
            self.assertTrue(results.complete)

    def test_reduced_fields_are_those_of_the_stored_ones_and_of_the_exports(self):
        """Means, maxima, counts and top events without stored fields, against numpy on the stored fields of the same job."""
        levels = 'intensity_measure_types_and_levels={"PGA": [0.05, 0.2], "SA(0.3)": [0.1, 0.4], "SA(1.0)": [0.1, 0.3]}'
        parameters = [word for p in ("gmf_statistics=true", "gmf_maxima=true", "gmf_exceedances=true", "gmf_top_events=7", levels) for word in ("-p", p)]
        self.shakefield("run", ROOT / "examples/hayward/job.ini", "-o", "stored.h5", "-p", levels)
        self.shakefield("run", ROOT / "examples/hayward/job.ini", "-o", "reduced.h5", "-p", "ground_motion_fields=false", *parameters)
        self.shakefield("export", "reduced.h5", "gmf-statistics", "gmf-maxima", "gmf-exceedances", "gmf-top-events", "--plain")
        with Results(self.folder / "stored.h5") as stored, Results(self.folder / "reduced.h5") as results:
            fields = np.array([stored.event_field(event, "SA(0.3)") for event in range(100)])
            median = stored.median("SA(0.3)")
            np.testing.assert_allclose(results.median("SA(0.3)"), median, rtol=1e-6)
            count, mean, sd = results.ln_statistics("SA(0.3)")
            largest, event = results.maxima("SA(0.3)")
            level, reached = results.exceedances("SA(0.3)")
            top, top_means = results.top_events("SA(0.3)")
            self.assertIsNone(results.table)
        np.testing.assert_array_equal(count[:, 0], np.full(1543, 100))
        np.testing.assert_allclose(mean[:, 0], np.log(fields).mean(axis=0), atol=1e-6)
        np.testing.assert_allclose(sd[:, 0], np.log(fields).std(axis=0, ddof=1), atol=1e-5)
        np.testing.assert_array_equal(largest[:, 0], fields.max(axis=0))
        np.testing.assert_array_equal(event[:, 0], fields.argmax(axis=0))
        np.testing.assert_array_equal(level, [0.1, 0.4])
        np.testing.assert_array_equal(reached[:, 0], np.array([(fields >= np.float32(x)).sum(axis=0) for x in level]).T)
        means = fields.mean(axis=1)
        np.testing.assert_array_equal(top, np.argsort(-means)[:7])
        np.testing.assert_allclose(top_means, means[top], rtol=1e-6)

        def exported(name, skipped=1):
            with open(self.folder / f"{name}.csv", encoding="utf-8", newline="") as file:
                return list(csv.reader(file))[skipped:]
        rows = exported("gmf_statistics")
        np.testing.assert_allclose([[float(row[4]), float(row[7]), float(row[8])] for row in rows], np.array([count[:, 0], mean[:, 0], sd[:, 0]]).T, rtol=2e-6)
        rows = exported("gmf_maxima")
        np.testing.assert_allclose([float(row[6]) for row in rows], largest[:, 0], rtol=1e-5)
        self.assertEqual([int(row[7]) for row in rows], list(event[:, 0]))
        rows = [row for row in exported("gmf_exceedances") if row[4] == "SA(0.3)"]
        self.assertEqual([int(row[6]) for row in rows], list(reached[:, 0].ravel()))
        rows = [row for row in exported("gmf_top_events") if row[0] == "SA(0.3)"]
        self.assertEqual([(int(row[1]), int(row[2])) for row in rows], list(enumerate(top, 1)))

    def test_curves_maps_and_spectra_are_those_of_the_exports(self):
        self.shakefield("run", ROOT / "examples/california/job_classical.ini", "-o", "out.h5", "-p", "region_grid_spacing=150")
        self.shakefield("export", "out.h5", "hcurves", "hmaps", "uhs", "--plain")
        with Results(self.folder / "out.h5") as results:
            self.assertEqual(results.hazard_kinds, ["mean", "quantile-0.16", "quantile-0.5", "quantile-0.84"])
            maps = np.concatenate([results.maps(imt) for imt in results.hazard_imts], axis=1)
            spectra = results.spectra().reshape(len(results.sites), -1)
            for name, ours, columns in (("hazard_curve-mean-SA(1.0)", results.curves("SA(1.0)"), 3),  # lon, lat, depth
                                        ("quantile_curve-0.84-PGA", results.curves("PGA", "quantile-0.84"), 3),
                                        ("hazard_map-mean", maps, 2), ("hazard_uhs-mean", spectra, 2)):
                exported = np.loadtxt(self.folder / f"{name}.csv", delimiter=",", skiprows=1)[:, columns:]
                self.assertGreater(exported.max(), 0)
                np.testing.assert_allclose(ours, exported, rtol=1e-6)


if __name__ == "__main__":
    unittest.main()
