/* SPDX-License-Identifier: MIT */
#include "pdf/para.h"

#include "base/utf8.h"
#include "pdf/atoms.h"
#include "pdf/fit.h"
#include "pdf/inline.h"
#include "pdf/opportunity.h"
#include "pdf/setline.h"
#include "pdf/turn.h"

static enum font_role role_of(const struct font_list *l)
{
    switch (l ? l->generic : GENERIC_SERIF) {
    case GENERIC_SANS:
        return FONT_SANS;
    case GENERIC_MONO:
        return FONT_MONO;
    case GENERIC_SERIF:
        break;
    }
    return FONT_SERIF;
}

static const struct font_chain *find_fonts(struct layout *ly,
                                           const struct style *st)
{
    return font_select(ly->fonts,
                       &(struct font_query){
                           .families = st->font ? st->font->names : NULL,
                           .n_families = st->font ? st->font->n : 0,
                           .role = role_of(st->font),
                           .weight = (int)st->font_weight,
                           .italic = st->italic,
                           .lang = st->lang_id,
                       });
}

const struct font_chain *para_fonts(struct layout *ly, const struct style *st)
{
    size_t n = sizeof ly->fonts_of / sizeof *ly->fonts_of;
    size_t i = ((uintptr_t)st / sizeof *st) % n;

    if (ly->fonts_of[i].style != st) {
        ly->fonts_of[i].style = st;
        ly->fonts_of[i].chain = find_fonts(ly, st);
    }
    return ly->fonts_of[i].chain;
}

static bool is_code(const struct style *st)
{
    return role_of(st->font) == FONT_MONO;
}

bool para_runs_from_right(const struct layout *ly, const struct style *st)
{
    return ly->from_right && !(is_code(st) && style_is_pre(st));
}

static struct shape_style shape_style_of(struct layout *ly,
                                         const struct style *st, uint32_t end,
                                         uint32_t line)
{
    return (struct shape_style){
        .end = end,
        .chain = para_fonts(ly, st),
        .size = st->font_size,
        .lang = st->lang,
        .line = line,
        .small_caps = st->small_caps,
        .from_right = ly->from_right && !is_code(st),
        .amid_rtl = ly->from_right && is_code(st),
        .no_ligatures = is_code(st) || st->letter_spacing,
    };
}

static struct shaped shape_inline(struct layout *ly,
                                  const struct inline_text *it)
{
    struct arena *tmp = shaper_scratch(ly->shaper);
    struct shape_style *styles = arena_array(tmp, struct shape_style,
                                             it->spans.n);

    for (size_t i = 0; i < it->spans.n; i++) {
        const struct inline_span *sp = &it->spans.v[i];
        styles[i] = shape_style_of(ly, sp->style, sp->end, sp->line);
    }
    return shape_text(ly->shaper, it->text, styles, it->spans.n, tmp);
}

/* A paragraph made ready for breaking: the text is the chapter's, the rest is
 * gone when the next paragraph begins. */
struct prepared {
    struct inline_text *text;
    struct shaped shaped;
    struct atoms atoms;
};

static bool prepare(struct layout *ly, const struct para *p,
                    struct prepared *out)
{
    out->text = inline_collect(ly, p);
    if (out->text->text.n == 0)
        return false;
    struct arena *tmp = shaper_scratch(ly->shaper);
    arena_reset(tmp);
    out->shaped = shape_inline(ly, out->text);
    uint8_t *opp = opportunities(out->text, ly->hyphenator, tmp);
    out->atoms = atoms_make(ly, out->text, &out->shaped, opp);
    return out->atoms.n > 0;
}

/* The narrowest measure that gives no more lines: headings look better with
 * lines of like length. */
static struct fit balance(const struct atoms *at, struct fit_measure m,
                          struct arena *a)
{
    struct fit best = fit_lines(at, &m, a);
    int32_t low = m.width / 2, high = m.width;

    while (best.n > 1 && best.n <= 4 && high - low > m.size / 4) {
        m.width = low + (high - low) / 2;
        struct fit narrow = fit_lines(at, &m, a);
        if (narrow.n > best.n) {
            low = m.width;
        } else {
            high = m.width;
            best = narrow;
        }
    }
    return best;
}

static struct fit break_lines(struct layout *ly, const struct para *p,
                              const struct atoms *at, int32_t indent)
{
    struct fit_measure m = {
        .width = p->width,
        .indent = indent,
        .size = p->style->font_size,
        .justify = p->style->text_align == ALIGN_JUSTIFY,
    };

    if (p->style->text_wrap == TEXT_WRAP_BALANCE)
        return balance(at, m, shaper_scratch(ly->shaper));
    return fit_lines(at, &m, shaper_scratch(ly->shaper));
}

struct lines para_lines(struct layout *ly, const struct para *p)
{
    struct prepared pr;
    struct lines out = { 0 };
    int32_t indent = p->style->text_indent;

    if (!prepare(ly, p, &pr))
        return out;
    if (indent > p->width / 2 || indent < -p->width)
        indent = 0;
    struct fit fit = break_lines(ly, p, &pr.atoms, indent);
    struct setting s = {
        .ly = ly,
        .para = p,
        .text = pr.text,
        .shaped = &pr.shaped,
        .atoms = &pr.atoms,
        .indent = indent,
    };
    bool pre = style_is_pre(p->style);
    out.v = arena_array(ly->arena, struct line, fit.n);
    out.n = fit.n;
    for (uint32_t i = 0; i < fit.n; i++) {
        set_line(&s, &fit.v[i], i == 0, &out.v[i]);
        out.v[i].wrapped = pre && pr.atoms.v[fit.v[i].last].after != OPP_FORCED;
    }
    return out;
}

int32_t para_turn_room(const struct style *st)
{
    return style_is_pre(st) ? st->font_size : 0;
}

static void widen(int32_t *width, int64_t w)
{
    if (w > *width)
        *width = w < WIDTH_MOST ? (int32_t)w : WIDTH_MOST;
}

void para_widths(struct layout *ly, const struct para *p, int32_t *min_content,
                 int32_t *max_content)
{
    struct prepared pr;
    uint32_t piece = 0, line = 0;

    *min_content = *max_content = 0;
    if (!prepare(ly, p, &pr))
        return;
    for (uint32_t i = 0; i < pr.atoms.n; i++) {
        uint8_t after = pr.atoms.v[i].after;
        if (after >= OPP_SYMBOL) {
            widen(min_content, atoms_width(&pr.atoms, piece, i));
            piece = i + 1;
        }
        if (after == OPP_FORCED) {
            widen(max_content, atoms_width(&pr.atoms, line, i));
            line = i + 1;
        }
    }
}

/* How much of TEXT, in bytes, is no wider than WIDTH; whole clusters. */
static uint32_t fitting_bytes(const struct shaped *sh, int32_t width)
{
    int64_t x = 0;

    for (uint32_t i = 0; i < sh->n_glyphs; i++) {
        x += sh->glyphs[i].advance;
        if (x > width && sh->glyphs[i].text_n)
            return sh->glyphs[i].text_at;
    }
    return UINT32_MAX;
}

static struct shaped shape_single(struct layout *ly, str text,
                                  const struct style *st)
{
    struct shape_style one = shape_style_of(ly, st, (uint32_t)text.n, 0);

    return shape_text(ly->shaper, text, &one, 1, ly->arena);
}

static int32_t width_of(const struct shaped *sh)
{
    int64_t w = 0;

    for (uint32_t i = 0; i < sh->n_glyphs; i++)
        w += sh->glyphs[i].advance;
    return (int32_t)w;
}

/* TEXT, cut in front of the first cluster that does not fit, and "…". */
static str shorten(struct layout *ly, str text, const struct style *st,
                   const struct shaped *sh, int32_t max_width)
{
    str dots = S("\xE2\x80\xA6");
    struct shaped end = shape_single(ly, dots, st);
    uint32_t n = fitting_bytes(sh, max_width - width_of(&end));

    return arena_join(ly->arena, str_trim_right(str_sub(text, 0, n)), dots);
}

struct line para_single(struct layout *ly, str text, const struct style *style,
                        uint32_t struct_elem, int32_t max_width)
{
    struct line out = { .height = style->line_height };
    const struct font *f = font_chain_first(para_fonts(ly, style));
    int32_t ascent = (int32_t)((int64_t)style->font_size * f->ascent / 1000);
    int32_t descent = (int32_t)((int64_t)style->font_size * -f->descent / 1000);

    out.baseline = (out.height - ascent - descent) / 2 + ascent;
    if (text.n == 0)
        return out;
    struct shaped sh = shape_single(ly, text, style);
    if (max_width && width_of(&sh) > max_width) {
        text = shorten(ly, text, style, &sh, max_width);
        sh = shape_single(ly, text, style);
    }
    for (uint32_t r = 0; r < sh.n_runs; r++) {
        const struct shape_run *run = &sh.runs[r];
        struct item *it = vec_push(&out.items, ly->arena);
        *it = (struct item){
            .kind = ITEM_GLYPHS,
            .struct_elem = struct_elem,
            .x = out.width,
            .y = out.baseline,
            .color = style->color,
            .font = run->font,
            .size = run->size,
            .glyphs = sh.glyphs + run->first,
            .n_glyphs = run->n,
            .text = str_sub(text, run->text_at, run->text_n),
            .post = UINT32_MAX,
            .rtl = run->rtl,
        };
        for (uint32_t g = 0; g < run->n; g++) {
            struct glyph *gl = &sh.glyphs[run->first + g];
            gl->text_at -= run->text_at;
            it->w += gl->advance + style->letter_spacing;
            gl->advance += style->letter_spacing;
        }
        if (run->rtl)
            shape_reverse(sh.glyphs + run->first, run->n);
        out.width += it->w;
    }
    turn_line(ly, style, &out, out.items.n, out.width);
    return out;
}
