/* SPDX-License-Identifier: MIT */
/* xml.h - text as XML 1.0 has it. All escaping of the EPUB happens here.
 *
 * Characters that XML 1.0 cannot hold (2.2: C0 controls other than tab and
 * LF, U+FFFE, U+FFFF; here CR too) are left out. Input is valid UTF-8. */
#ifndef EPUB_XML_H
#define EPUB_XML_H

#include "base/buf.h"

/* As content of an element. */
void xml_text(struct buf *out, str s);
/* As value of an attribute in double quotes; tab and LF survive. */
void xml_attr(struct buf *out, str s);
/* As xml_attr(), for the fragment of an address: ASCII that may not stand
 * there is percent-encoded (RFC 3986, 3.5), other characters stay. */
void xml_fragment(struct buf *out, str s);

/* "<NAME>TEXT</NAME>\n"; ATTRS, if not NULL, is ready-made " a=\"b\"". */
void xml_element(struct buf *out, const char *name, const char *attrs,
                 str text);

#endif
