/* SPDX-License-Identifier: MIT */
/* batch_parts.h - what the two ways of making many books share: by threads
 * (batch.c), and with --safe by a process a book (batchsafe.c). */
#ifndef BATCH_PARTS_H
#define BATCH_PARTS_H

#include <signal.h>
#include <stdio.h>

#include "batchfile.h"
#include "claims.h"
#include "outputs.h"
#include "reportfile.h"
#include "shard.h"
#include "state.h"
#include "status.h"

enum fate { FATE_DONE, FATE_LOST, FATE_FAILED, FATE_UNCHANGED, FATE_COUNT };

/* What a book has to say waits for its turn. */
struct page {
    FILE *to;
    char *text;
    size_t n;
};

struct slot {
    struct arena arena;
    struct page out, err, report;
    enum fate fate;
    enum status status;
};

struct batch {
    const struct settings *set;
    const volatile sig_atomic_t *interrupted;
    struct arena arena;
    struct batchfile file;
    struct shard shard;
    VEC(uint32_t) chosen; /* items of the list */
    struct state_common state;
    struct claims *claims;
    struct kit *kit;      /* lent to every book */
    struct shelf *caches; /* likewise, by folder */
    struct slot *slots;
    unsigned n_workers, jobs; /* books at once, threads a book */
    FILE *out;                /* a line a book; NULL: nowhere */
    struct reportfile *report;
    uint32_t n[FATE_COUNT];
    enum status worst;
};

/* A book on its way, on its worker. */
struct making {
    struct batch *batch;
    struct slot *slot;
    struct batch_book book;
    struct diag diag;
    struct outputs outputs;
    uint8_t inputs[SHA256_SIZE];
    bool ok, known; /* `inputs` says something */
};

/* Opens the pages of M's slot and claims the book's outputs; its settings
 * must have been read. */
void batch_claim(struct making *m, uint32_t turn);
bool batch_is_unchanged(struct making *m);
/* Writes what there is to say of M to its pages. */
void batch_skip(struct making *m);
void batch_make(struct making *m);
/* Sets what became of M; writes its state down if it is PUBLISHED. */
void batch_judge(struct making *m, enum status status, bool published);

void batch_pages_open(struct slot *slot);
void batch_pages_close(struct slot *slot);
/* In order. False: the run is to end. */
bool batch_commit(struct batch *b, struct slot *slot);

/* The pump of --safe. */
void batchsafe_pump(struct batch *b);

#endif
