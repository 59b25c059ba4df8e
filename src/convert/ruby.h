/* SPDX-License-Identifier: MIT */
/* ruby.h - readings in brackets, as Aozora Bunko and the sites of novelists
 * (Kakuyomu, Narou) have them. */
#ifndef CONVERT_RUBY_H
#define CONVERT_RUBY_H

#include "convert/soup.h"

/* False: nothing in a post, whose HTML this is, is for ruby_mark(). */
bool ruby_may_be_in(str html);

/* Makes ruby of "｜base《reading》" and "漢字《かな》" in the Japanese text
 * below ROOT. The latter only where every such pair of brackets in the post
 * without a bar holds kana behind Han: otherwise they enclose titles. Linear.
 */
void ruby_mark(struct soup *root, struct arena *a);

#endif
