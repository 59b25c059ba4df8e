/* SPDX-License-Identifier: MIT */
#include "base/heap.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

/* Room that the heap takes from the system at once, and what glibc takes for
 * the heap of a thread, at a multiple of it (HEAP_MAX_SIZE of its arena.c). */
#define HEAP_ROOM (64u << 20)
#define HUGE_PAGE (2u << 20)

/* The first touch of a page costs more than what is then written to it: a
 * tenth of the time of a printed book, unless the pages are large. This is
 * advice: where no memory is there, or the kernel has none of that kind,
 * nothing is lost. */
static void use_huge_pages(uintptr_t from, uintptr_t end)
{
    from = (from + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    end = end / HUGE_PAGE * HUGE_PAGE;
    if (end > from && end - from <= HEAP_ROOM)
        madvise((void *)from, end - from, MADV_HUGEPAGE);
}

void heap_tune(void)
{
    /* Giving memory back to the system after every post costs more than the
     * work on it: libzip and cmark-gfm free large blocks all the time. */
    mallopt(M_TOP_PAD, HEAP_ROOM);
    mallopt(M_TRIM_THRESHOLD, 2 * HEAP_ROOM);
    mallopt(M_MMAP_THRESHOLD, HEAP_ROOM / 2);
    /* An arena a thread would keep what each of them once needed. */
    mallopt(M_ARENA_MAX, 2);
    /* More than is left of what the libraries took. */
    void *inside = malloc(1u << 20);
    use_huge_pages((uintptr_t)inside, (uintptr_t)sbrk(0));
    free(inside);
}

void heap_tune_thread(void)
{
    void *inside = malloc(1);
    uintptr_t at = (uintptr_t)inside;

    /* Where that came from the first heap, its end is not there. */
    if (at > (uintptr_t)sbrk(0))
        use_huge_pages(at, (at / HEAP_ROOM + 1) * HEAP_ROOM);
    free(inside);
}

#else

void heap_tune(void)
{
}

void heap_tune_thread(void)
{
}

#endif
