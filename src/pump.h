/* SPDX-License-Identifier: MIT */
/* pump.h - work done by many threads in any order, finished by one in order.
 *
 * Items 0 to n-1 are prepared by worker threads and committed one after
 * another, in order: by whichever worker made the one that was due, and one at
 * a time. A ring of 2 x workers + 2 slots joins the two sides, so memory does
 * not grow with n. The calling thread is the first worker; if it is the only
 * one, it does the same by the same functions. */
#ifndef PUMP_H
#define PUMP_H

#include <stdbool.h>
#include <stdint.h>

struct pump {
    uint32_t n;
    unsigned n_workers;
    void *context;
    /* WORKER is below n_workers and has one thread; SLOT is below
     * pump_slots() and nobody else's until commit returns. */
    void (*prepare)(void *context, unsigned worker, uint32_t item,
                    unsigned slot);
    /* False ends the run: nothing more is prepared or committed. */
    bool (*commit)(void *context, uint32_t item, unsigned slot);
};

unsigned pump_slots(unsigned n_workers);

/* True when every item was committed. */
bool pump_run(const struct pump *p);

#endif
