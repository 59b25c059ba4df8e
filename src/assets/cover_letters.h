/* SPDX-License-Identifier: MIT */
/* cover_letters.h - which letters can be drawn as outlines, one behind the
 * other. */
#ifndef ASSETS_COVER_LETTERS_H
#define ASSETS_COVER_LETTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <unictype.h>

/* Of a script written from left to right, whose letters stand as they come;
 * never an emoji, and nothing that controls other letters. */
bool cover_is_plain(uint32_t c);

/* Common or inherited: of the script of the letters around it. NULL is one. */
bool cover_is_neutral(const uc_script_t *script);

#endif
