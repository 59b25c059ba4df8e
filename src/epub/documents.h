/* SPDX-License-Identifier: MIT */
/* documents.h - the documents that describe or introduce the whole book. Each
 * is written to a stream once all chapters are committed.
 *
 *   META-INF/container.xml      container_xml
 *   EPUB/package.opf            package_write
 *   EPUB/nav.xhtml              nav_write
 *   EPUB/toc.ncx                ncx_write
 *   EPUB/cover.xhtml            cover_write, of images/cover.jpg
 *   EPUB/titlepage.xhtml        titlepage_write
 *   EPUB/colophon.xhtml         colophon_write
 *   EPUB/text/NAME.xhtml        the chapters
 *   EPUB/images/HASH.EXT
 *   EPUB/styles/{book,epub,user}.css */
#ifndef EPUB_DOCUMENTS_H
#define EPUB_DOCUMENTS_H

#include "epub/volume.h"

extern const char container_xml[];

void package_write(const struct volume *v, struct stream *to);
void metadata_write(const struct volume *v, struct stream *to);
void nav_write(const struct volume *v, struct stream *to);
void ncx_write(const struct volume *v, struct stream *to);
void cover_write(const struct volume *v, struct stream *to);
void titlepage_write(const struct volume *v, struct stream *to);
void colophon_write(const struct volume *v, struct stream *to);

/* Is the contents page among the pages that are turned one after another? A
 * short one is; a long one is a link away on the title page, so that the
 * first post isn't forty turns off. */
bool nav_is_linear(const struct volume *v);

#endif
