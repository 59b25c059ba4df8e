/* SPDX-License-Identifier: MIT */
/* clean_look.h - the attributes of a source element that mean something. */
#ifndef CONVERT_CLEAN_LOOK_H
#define CONVERT_CLEAN_LOOK_H

#include "convert/clean_css.h"
#include "convert/soup.h"
#include "doc/node.h"

struct look {
    str id; /* as written; of id or name */
    str title, lang, dir;
    str classes; /* as written */
    struct css css;
};

/* Reads E's attributes, those of old HTML (align, valign, width, color)
 * included. */
void look_read(struct look *l, const struct soup *e);

/* The attributes that any element may keep (class, title, lang, dir), as a
 * new list. */
struct attr *look_attrs(const struct look *l, struct arena *a);
/* Adds NAME to a list; an empty VALUE adds nothing. */
void attrs_add(struct attr **list, enum attr_name name, str value,
               struct arena *a);

bool look_has_class(const struct look *l, str word);
/* A language tag in its usual spelling ("ko_kr" is "ko-kr"), or empty when
 * TAG is none (RFC 5646, 2.1, by its shape). */
str look_lang(str tag, struct arena *a);

#endif
