"""Runs node-gyp's own gyp as if this machine were a Mac, so that binding.gyp is read as it will be there.

usage: gyp_as_mac.py FOLDER-OF-GYP [arguments of gyp ...]
"""

import sys

sys.path.insert(0, sys.argv[1])
import gyp  # noqa: E402
import urllib.request  # noqa: E402,F401  gyp imports it later on; on a Mac it needs a module that only Macs have

sys.platform = "darwin"
sys.exit(gyp.main(sys.argv[2:]))
