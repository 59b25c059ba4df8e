/* SPDX-License-Identifier: MIT */
#include "pdf/xmp.h"

static void put_escaped(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '&')
            buf_puts(b, "&amp;");
        else if (c == '<')
            buf_puts(b, "&lt;");
        else if (c == '>')
            buf_puts(b, "&gt;");
        else if (c >= 0x20)
            buf_putc(b, (char)c);
        else
            buf_putc(b, ' ');
    }
}

static void put_property(struct buf *b, const char *name, str value,
                         const char *open, const char *close)
{
    if (!value.n)
        return;
    buf_printf(b, "<%s>%s", name, open);
    put_escaped(b, value);
    buf_printf(b, "%s</%s>\n", close, name);
}

#define LIST(kind) "<rdf:" kind "><rdf:li>", "</rdf:li></rdf:" kind ">"

void xmp_put(struct buf *b, const struct xmp *x)
{
    buf_puts(
        b,
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\"\n"
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n");
    put_property(b, "dc:format", S("application/pdf"), "", "");
    put_property(b, "dc:title", x->title,
                 "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
                 "</rdf:li></rdf:Alt>");
    put_property(b, "dc:creator", x->author, LIST("Seq"));
    put_property(b, "dc:language", x->language, LIST("Bag"));
    put_property(b, "dc:identifier", x->identifier, "", "");
    put_property(b, "xmp:CreatorTool", x->creator, "", "");
    put_property(b, "xmp:CreateDate", x->date, "", "");
    put_property(b, "xmp:ModifyDate", x->date, "", "");
    put_property(b, "xmp:MetadataDate", x->date, "", "");
    put_property(b, "pdf:Producer", x->producer, "", "");
    if (x->archive) {
        put_property(b, "pdfaid:part", S("2"), "", "");
        put_property(b, "pdfaid:conformance", S("U"), "", "");
    }
    buf_puts(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                "<?xpacket end=\"r\"?>");
}
