# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Runs sample_file and reads what it wrote with plain h5py: names, types, units, axes, values."""
import os
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy
except ImportError as error:
    print(f"SKIPPED: {error}")
    sys.exit(77)


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def texts(values):
    return [text(value) for value in values]


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "sample.h5")
    subprocess.run([sys.argv[1], path], check=True)
    with h5py.File(path, "r") as file:
        assert sorted(file) == ["gmf_data", "hazard", "sites"], sorted(file)
        assert list(file.attrs["format_version"]) == [1, 0]
        assert file.attrs["complete"] == 1
        assert text(file.attrs["job"]) == "x" * 100_000
        assert texts(file.attrs["checksums"]) == ["a=1", "bc=23"]
        assert isinstance(file.attrs["job"], bytes)
        assert file.attrs["of_another_layout"] == "métré"  # a str

        sites = file["sites"]
        assert sites.dtype.names == ("lon", "vs30", "name"), sites.dtype
        assert sites.dtype.itemsize == 16 and sites["name"].dtype.kind == "S"
        assert texts(sites.attrs["units"]) == ["degree", "m/s", "1"]
        assert texts(sites.attrs["axes"]) == ["site"]
        assert list(sites["lon"]) == [-122.5, 0.0, 179.75]
        assert list(sites["vs30"]) == [760, 180, 1500]
        assert texts(sites["name"]) == ["a", "bc", "defg"]

        curves = file["hazard/curves"]
        assert curves.shape == (2, 3) and curves.dtype == "f8"
        assert curves[1, 0] == 3 and curves[0, 2] == 2
        assert texts(curves.attrs["axes"]) == ["site", "level"]

        table = file["gmf_data/table"]
        assert table.chunks == (1000,) and table.shape == (2500,)
        assert texts(table.attrs["units"]) == ["1", "1", "g"]
        assert numpy.array_equal(table["site"], numpy.arange(2500))
        assert numpy.array_equal(table["SA(0.3)"], numpy.arange(2500) + numpy.float32(0.5))
        assert not table["event"].any()

        deflated = file["gmf_data/deflated"]
        assert deflated.shuffle and deflated.compression == "gzip", deflated.compression
        assert numpy.array_equal(deflated[:], table[:])
print("ok")
