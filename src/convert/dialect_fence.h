/* SPDX-License-Identifier: MIT */
/* dialect_fence.h - what stands behind the language in a code fence. */
#ifndef CONVERT_DIALECT_FENCE_H
#define CONVERT_DIALECT_FENCE_H

#include "base/str.h"

/* The language and the title of INFO, the text behind the ticks:
 *   js:src/a.js, diff js:a.js    Zenn, Qiita
 *   js title="src/a.js"          Docusaurus, Hugo, Astro, ... (also filename,
 *                                file, name, caption, and in braces)
 *   js:title=src/a.js            Gatsby
 *   js [a.js]                    VitePress
 * False: there is no title. */
bool fence_read_title(str info, str *language, str *title);

#endif
