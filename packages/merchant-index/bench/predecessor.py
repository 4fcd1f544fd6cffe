"""What the predecessor does in a new process: fetch a Chroma snapshot (tar.gz), unpack it, open it, ask it once.

make: predecessor.py make <rows.f32> <rows> <dimensions> <snapshot.tar.gz>
ask:  predecessor.py ask <url> <query.f32> <folder>
"""

import json
import struct
import sys
import tarfile
import tempfile
import time
import urllib.request

START = time.perf_counter()
BATCH = 5_000


def floats(data):
    return list(struct.unpack(f"<{len(data) // 4}f", data))


def make(rows_file, rows, dimensions, snapshot):
    import chromadb

    with tempfile.TemporaryDirectory() as folder, open(rows_file, "rb") as source:
        collection = chromadb.PersistentClient(folder).create_collection("lines", embedding_function=None)
        for first in range(0, rows, BATCH):
            count = min(BATCH, rows - first)
            vectors = [floats(source.read(4 * dimensions)) for _ in range(count)]
            collection.add(
                ids=[str(first + at) for at in range(count)],
                embeddings=vectors,
                documents=[f"MERCHANT {first + at} SDN BHD" for at in range(count)],
                metadatas=[{"merchant_id": str((first + at) // 250)} for at in range(count)],
            )
        with tarfile.open(snapshot, "w:gz", compresslevel=6) as archive:
            archive.add(folder, arcname=".")


def ask(url, query_file, folder):
    with urllib.request.urlopen(url) as answer, tarfile.open(fileobj=answer, mode="r|gz") as archive:
        archive.extractall(folder)
    unpacked = time.perf_counter()
    import chromadb

    with open(query_file, "rb") as source:
        query = floats(source.read())
    collection = chromadb.PersistentClient(folder).get_collection("lines", embedding_function=None)
    collection.query(query_embeddings=[query], n_results=5)
    done = time.perf_counter()
    print(json.dumps({"process_s": done - START, "fetch_s": unpacked - START}))


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
else:
    ask(*sys.argv[2:5])
