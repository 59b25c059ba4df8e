/* SPDX-License-Identifier: MIT */
/* cover_xml.h - text on its way into a cover's SVG and back. */
#ifndef ASSETS_COVER_XML_H
#define ASSETS_COVER_XML_H

#include "assets/cover_template.h"
#include "base/buf.h"

/* S as text or as the value of an attribute. What XML 1.0 can't hold (2.2) is
 * left out, white space becomes spaces. */
void cover_escape(struct buf *out, str s);

/* The text of CONTENT, without markup; only the five entities of XML are
 * undone. */
str cover_unescape(str content, struct arena *a);

/* The value of an attribute in a start tag, still escaped; empty: none. */
str cover_attr(str tag, str name);

/* The length of the start tag at the beginning of S, up to and with its '>',
 * which may stand in values too; STR_NONE: it doesn't end. */
size_t cover_tag_length(str s);

#endif
