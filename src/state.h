/* SPDX-License-Identifier: MIT */
/* state.h - whether a book of a batch was made before and nothing of it has
 * changed since.
 *
 * Beside a book's first file stands FILE.state: the digest of what went in
 * (inputtree.h, settings, this program) and those of the files that came
 * out. It is believed only as a whole, so a torn one costs a book's time. Only
 * books without loss get one: others are tried again. */
#ifndef STATE_H
#define STATE_H

#include "base/hash.h"
#include "outputs.h"

/* What all books share: the program, its libraries, its style sheets and
 * fonts.yaml. */
struct state_common {
    uint8_t sha256[SHA256_SIZE];
};
void state_common_init(struct state_common *c);

/* What goes into the book of SET. False: can't be known. To be asked before
 * the book is made, so that a change meanwhile is seen the next time. */
bool state_inputs(const struct state_common *c, const struct settings *set,
                  uint8_t out[SHA256_SIZE]);

/* Do the files of O come from INPUTS, and are they as they were? */
bool state_matches(const struct outputs *o, const uint8_t inputs[SHA256_SIZE]);
/* Writes it down. A failure only costs time. */
void state_write(const struct outputs *o, const uint8_t inputs[SHA256_SIZE]);

#endif
