/* SPDX-License-Identifier: MIT */
/* hash.h - digests (by nettle) and a fast hash for tables. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"

/* For tables of this run: it differs between kinds of processors. */
uint64_t hash_bytes(str s);
/* The same of an object of N bytes, a multiple of 8. */
uint64_t hash_object(const void *p, size_t n);
/* FNV-1a, 64 bits, for files of ours that check themselves. */
uint64_t hash_fnv(str s);

#define SHA256_SIZE 32
void hash_sha256(str s, uint8_t out[SHA256_SIZE]);
/* Of the file FD from its place to its end; *SIZE gets the bytes read. False:
 * errno says why. */
bool hash_sha256_fd(int fd, uint8_t out[SHA256_SIZE], uint64_t *size);
/* A digest as 64 lower-case hexadecimal digits, and back; false: HEX is none.
 */
#define HASH_HEX_SIZE (2 * SHA256_SIZE + 1)
str hash_put_hex(const uint8_t digest[SHA256_SIZE], char to[HASH_HEX_SIZE]);
str hash_to_hex(const uint8_t digest[SHA256_SIZE], struct arena *a);
bool hash_from_hex(str hex, uint8_t out[SHA256_SIZE]);
/* The first N hexadecimal digits of the SHA-256 of S, N <= 64. */
str hash_hex(str s, size_t n, struct arena *a);

/* RFC 9562 UUID version 5 of NAME in the URL namespace, as
 * "urn:uuid:xxxxxxxx-xxxx-5xxx-xxxx-xxxxxxxxxxxx". */
str hash_uuid5_url(str name, struct arena *a);

/* What the library that is running says of itself. */
str hash_library_version(struct arena *a);

#endif
