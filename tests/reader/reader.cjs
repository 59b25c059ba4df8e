// SPDX-License-Identifier: MIT
// reader.cjs BOOKS SHOTS: what a reader does, on every book of the folder BOOKS.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { run, patience } = require('./common.cjs');

const [books, shots] = process.argv.slice(2);
// The sample that has formulas.
const formulas = 'en-blog.epub';

// Runs in the page: opens the book and gives it the few verbs we need.
async function open_book(name) {
  const book = ePub(`/${name}`);
  const view = book.renderTo('view', {
    width: 600, height: 800, allowScriptedContent: false,
  });
  const base = (href) => href.split('#')[0].split('/').pop();
  // Until the place stays the same for a while.
  const settle = async () => {
    let last = '';
    for (let same = 0; same < 3;) {
      await new Promise((done) => setTimeout(done, 100));
      const at = view.currentLocation();
      const now = (at && at.start && at.start.cfi) || '';
      same = now && now === last ? same + 1 : 0;
      last = now;
    }
  };
  const place = async () => {
    await settle();
    return view.currentLocation().start;
  };
  const links_of = async (section, wanted) => {
    const root = await section.load(book.load.bind(book));
    const found = [...root.querySelectorAll('a[href]')].find(wanted);
    return found && found.getAttribute('href');
  };
  const find_link = async (wanted) => {
    for (const section of book.spine.spineItems) {
      const href = await links_of(section, (a) => wanted(a, section));
      if (href) return { section: section.href, href };
    }
    return null;
  };
  const follow = async (link) => {
    await view.display(link.section);
    await settle();
    const frame = document.querySelector('iframe').contentDocument;
    const a = [...frame.querySelectorAll('a')]
      .find((x) => x.getAttribute('href') === link.href
        || decodeURI(x.getAttribute('href') || '') === decodeURI(link.href));
    const before = (await place()).cfi;
    a.click();
    // A link to what is on the page already moves nothing.
    for (let i = 0; i < 20 && (await place()).cfi === before; i++);
    const start = await place();
    const doc = document.querySelector('iframe').contentDocument;
    const id = decodeURIComponent(link.href.split('#')[1] || '');
    return { at: base(start.href), want: base(link.href) || base(link.section),
      has_target: !id || Boolean(doc.getElementById(id)) };
  };
  const is_note = (a) => a.getAttribute('epub:type') === 'noteref';
  const text = () => document.querySelector('iframe').contentDocument
    .body.textContent.trim();
  await view.display();
  await book.loaded.navigation;
  window.reader = {
    toc: () => book.navigation.toc.flatMap((x) => [x, ...x.subitems])
      .map((x) => ({ href: x.href, label: x.label.trim() })),
    go: async (href) => {
      await view.display(href);
      const start = await place();
      return { at: base(start.href), want: base(href), length: text().length };
    },
    cover: async () => {
      const shelf = new Image();
      shelf.src = await book.coverUrl();
      await shelf.decode();
      await view.display();
      const start = await place();
      const frame = document.querySelector('iframe');
      const image = frame.contentDocument.querySelector('img');
      const box = image.getBoundingClientRect();
      return { at: base(start.href), alt: image.alt,
        shelf: [shelf.naturalWidth, shelf.naturalHeight],
        shown: image.complete && image.naturalWidth > 0,
        fits: box.width > 0 && box.width <= view.settings.width
          && box.height <= frame.clientHeight };
    },
    // Of the first fraction in the chapters HREFS: are its parts one above the
    // other, and smaller than what is around?
    fraction: async (hrefs) => {
      for (const href of hrefs) {
        await view.display(href);
        await place();
        const doc = document.querySelector('iframe').contentDocument;
        const of = doc.querySelector('mfrac');
        if (!of) continue;
        const [above, below] = [...of.children].map(
          (x) => x.getBoundingClientRect());
        return { mathml: of.namespaceURI.endsWith('/MathML'),
          stacked: above.height > 0 && above.bottom <= below.top };
      }
      return null;
    },
    next: async () => {
      const before = (await place()).cfi;
      await view.next();
      return { before, after: (await place()).cfi };
    },
    follow_chapter: async () => {
      const link = await find_link((a, s) => {
        const href = a.getAttribute('href');
        return /\.xhtml/.test(href) && !/^[a-z]+:/.test(href) && !is_note(a)
          && base(href) !== base(s.href) && /\/text\//.test('/' + s.href)
          && !/nav|toc|title|cover/.test(base(s.href));
      });
      return link && follow(link);
    },
    follow_note: async () => {
      const link = await find_link(is_note);
      return link && follow(link);
    },
  };
  return true;
}

async function read(browser, address, name) {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.setDefaultTimeout(patience);
  await page.setViewport({ width: 600, height: 800 });
  await page.goto(address);
  await page.evaluate(open_book, name);

  const cover = await page.evaluate(() => reader.cover());
  assert.deepStrictEqual(cover.shelf, [1600, 2560], 'the shelf has a cover');
  assert.strictEqual(cover.at, 'cover.xhtml', 'the book opens with it');
  assert(cover.shown && cover.alt && cover.fits, 'and shows it whole');
  await page.screenshot({ path: path.join(shots, `${name}-cover.png`) });

  const toc = await page.evaluate(() => reader.toc());
  assert(toc.length >= 6, 'the table of contents has the posts');
  assert(toc.every((x) => x.label), 'no label is empty');
  for (const entry of [toc[1], toc[toc.length - 1]]) {
    const seen = await page.evaluate((h) => reader.go(h), entry.href);
    assert.strictEqual(seen.at, seen.want, 'the table of contents leads there');
    assert(seen.length > 0, 'and something is to be read');
  }
  await page.evaluate((h) => reader.go(h), toc[1].href);
  await page.screenshot({ path: path.join(shots, `${name}-page.png`) });
  const turn = await page.evaluate(() => reader.next());
  assert.notStrictEqual(turn.before, turn.after, 'the page turns');

  const link = await page.evaluate(() => reader.follow_chapter());
  assert(link, 'the book has a link between chapters');
  assert.strictEqual(link.at, link.want, 'a link leads to its chapter');
  assert(link.has_target, 'and to its place there');
  await page.screenshot({ path: path.join(shots, `${name}-link.png`) });
  const note = await page.evaluate(() => reader.follow_note());
  assert(note, 'the book has a note');
  assert.strictEqual(note.at, note.want, 'a note is reached');
  assert(note.has_target, 'and it is there');
  await page.screenshot({ path: path.join(shots, `${name}-note.png`) });
  if (name === formulas) {
    const seen = await page.evaluate((hrefs) => reader.fraction(hrefs),
      toc.map((x) => x.href));
    assert(seen && seen.mathml, 'the book has a fraction');
    assert(seen.stacked, 'and the reader draws it as one');
    await page.screenshot({ path: path.join(shots, `${name}-formula.png`) });
  }
  assert.deepStrictEqual(errors, []);
  await page.close();
  console.log(`${name}: ${toc.length} entries; cover, pages, link and note work`);
}

run(books, async (browser, address) => {
  const names = fs.readdirSync(books).filter((n) => n.endsWith('.epub'));
  assert(names.length > 0, 'there are books');
  for (const name of names.sort()) {
    await read(browser, address, name);
  }
});
