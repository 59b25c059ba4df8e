/* SPDX-License-Identifier: MIT */
/* input.h - what a file that goes into a book holds, as a digest. */
#ifndef INPUT_H
#define INPUT_H

#include "base/hash.h"

struct input {
    uint64_t bytes;
    uint8_t sha256[SHA256_SIZE];
};

/* False: PATH is no regular file, or can't be read. Never waits for a FIFO. */
bool input_digest(str path, struct input *out);

#endif
