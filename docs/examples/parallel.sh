#!/bin/sh
# SPDX-License-Identifier: MIT
# parallel.sh LIST PARTS: makes the books of LIST with GNU parallel, in PARTS
# processes at once; add --sshloginfile to use other machines that have LIST
# and its folders under the same names.
set -eu
list=$1
parts=$2
mkdir -p reports
seq "$parts" | parallel --jobs "$parts" --line-buffer --halt never \
    blog2book --batch "$list" --shard "{}/$parts" --jobs 1 \
    --report "reports/{}.json"
