#!/usr/bin/env python3
"""Draws assets/scenarios/microchannels.png: two chambers joined by grooves, one pixel a voxel of 10 um, dark is wall."""
import struct
import sys
import zlib

WIDTH, HEIGHT = 200, 120  # 2 x 1.2 mm
SOMA_CHAMBER, AXON_CHAMBER = 70, 130  # columns where the grooves begin and end
GROOVE, PITCH = 3, 8  # a groove of 30 um every 80 um


def is_open(x, y):
    if x < SOMA_CHAMBER or x >= AXON_CHAMBER:
        return True
    return (y + GROOVE // 2 + 1) % PITCH < GROOVE


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


rows = b"".join(b"\0" + bytes(255 if is_open(x, y) else 0 for x in range(WIDTH)) for y in range(HEIGHT))
header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
with open(sys.argv[1] if len(sys.argv) > 1 else "assets/scenarios/microchannels.png", "wb") as file:
    file.write(png)
