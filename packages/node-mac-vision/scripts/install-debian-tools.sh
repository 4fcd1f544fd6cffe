#!/bin/sh
# Installs what the checks of the native code need on Debian and Ubuntu: clang for the compile checks, GNUstep to run
# the Objective-C, valgrind. About 110 MB to download, 570 MB on disk. Needs root or sudo.
set -eu
packages="clang-19 lld-19 llvm-19 libc++-19-dev libclang-rt-19-dev musl-dev gobjc++ libgnustep-base-dev \
  libblocksruntime-dev valgrind make python3"
as_root=""
[ "$(id -u)" -eq 0 ] || as_root=sudo
# shellcheck disable=SC2086
if dpkg -s $packages >/dev/null 2>&1; then exit 0; fi
$as_root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $packages >/dev/null
