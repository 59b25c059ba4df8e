/* SPDX-License-Identifier: MIT */
/* color_parts.h - between the files that call Little CMS. */
#ifndef ASSETS_COLOR_PARTS_H
#define ASSETS_COLOR_PARTS_H

/* A cmsContext that says nothing of errors, which show in results. Ended with
 * cmsDeleteContext(). */
struct _cmsContext_struct *color_context(void);

#endif
