/* SPDX-License-Identifier: MIT */
/* heap.h - malloc() set for a program that makes books and ends. With a C
 * library other than glibc nothing is set. */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

/* At the start of the program, before there are threads. */
void heap_tune(void);
/* In a thread that works on many posts, before it begins. */
void heap_tune_thread(void);

#endif
