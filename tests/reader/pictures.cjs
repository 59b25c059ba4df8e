// SPDX-License-Identifier: MIT
// pictures.cjs FOLDER SHOTS: looks at the pictures of FOLDER/book.epub in a
// reader, and at what FOLDER/wanted.json says of them.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { run, patience } = require('./common.cjs');

const [folder, shots] = process.argv.slice(2);
const wanted = JSON.parse(fs.readFileSync(path.join(folder, 'wanted.json')));
const viewports = { phone: [390, 760], desktop: [1280, 900] };

// Runs in the page.
async function open_book(width, height, flow) {
  document.getElementById('view').style.cssText =
    `width:${width}px;height:${height}px`;
  const book = ePub('/book.epub');
  window.view = book.renderTo('view',
    { width, height, flow, spread: 'none', allowScriptedContent: false });
  await view.display();
  window.spine = book.spine.spineItems.map((x) => x.href);
  return spine;
}

// Runs in the page: the colours of a PNG at points given in parts of its size.
async function colors_at(png, points) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return points.map(([x, y]) => [...context.getImageData(
    Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1,
  ).data].slice(0, 3));
}

function is_near(got, want, most) {
  return got.every((c, i) => Math.abs(c - want[i]) <= most);
}

async function chapter_frame(page) {
  const handle = await page.$('iframe');
  return handle.contentFrame();
}

// Listens to all that a page complains of or asks for.
async function new_page(browser, address, [width, height]) {
  const page = await browser.newPage();
  page.wrongs = [];
  page.on('pageerror', (e) => page.wrongs.push(String(e)));
  page.on('console', (m) => m.type() === 'error'
    && page.wrongs.push(m.text()));
  page.on('request', (r) => {
    if (!r.url().startsWith(address) && !/^(blob|data|about):/.test(r.url())) {
      page.wrongs.push(`asked for ${r.url()}`);
    }
  });
  page.setDefaultTimeout(patience);
  await page.setViewport({ width, height });
  await page.goto(address);
  return page;
}

async function look_at_picture(page, frame, alt) {
  const { points, most } = wanted.pictures[alt];
  const element = await frame.$(`img[alt="${alt}"]`);
  const png = await element.screenshot({ encoding: 'base64' });
  fs.writeFileSync(path.join(shots, `${alt}.png`), Buffer.from(png, 'base64'));
  const got = await page.evaluate(colors_at, png,
    points.map(([x, y]) => [x, y]));
  points.forEach(([x, y, ...want], i) => assert(is_near(got[i], want, most),
    `${alt} at ${x},${y} is ${got[i]}, not ${want}`));
  if (wanted.pictures[alt].ink) {
    const [x, y, w, h] = wanted.pictures[alt].ink;
    const grid = [];
    for (let i = 0; i < 400; i++) {
      grid.push([x + w * (i % 40) / 40, y + h * Math.floor(i / 40) / 10]);
    }
    const dark = (await page.evaluate(colors_at, png, grid))
      .filter((c) => c[0] + c[1] + c[2] < 200).length;
    assert(dark > 10, `${alt}: no letters, ${dark} dark points`);
  }
}

// Every chapter: its pictures are there, its frames tell.
async function look_at_chapters(browser, address) {
  const page = await new_page(browser, address, [700, 900]);
  const spine = await page.evaluate(open_book, 700, 900, 'scrolled-doc');
  const seen = [], frames = [];

  for (const href of spine.filter((h) => h.includes('text/20'))) {
    await page.evaluate((h) => view.display(h), href);
    const frame = await chapter_frame(page);
    await frame.evaluate(() => Promise.all([...document.images]
      .map((i) => i.decode())));
    for (const [alt, width] of await frame.evaluate(() => [...document.images]
      .map((i) => [i.alt, i.naturalWidth]))) {
      assert(width > 0, `${alt} of ${href} does not show`);
      if (wanted.pictures[alt]) {
        await look_at_picture(page, frame, alt);
        seen.push(alt);
      }
    }
    frames.push(...await frame.evaluate(() => [
      ...document.querySelectorAll('.missing-image')].map((e) => ({
      words: e.textContent, border: getComputedStyle(e).borderTopStyle,
      before: getComputedStyle(e, '::before').content,
      after: getComputedStyle(e, '::after').content,
      width: e.getBoundingClientRect().width,
      shown: getComputedStyle(e, '::after').display }))));
    const name = path.basename(href, '.xhtml');
    await page.screenshot({ path: path.join(shots, `${name}.png`) });
  }
  assert.deepStrictEqual(seen.sort(), Object.keys(wanted.pictures).sort());
  assert.strictEqual(frames.length, wanted.frames.length);
  frames.forEach((f, i) => {
    const [label, words, after] = wanted.frames[i];
    assert.strictEqual(f.words, words);
    assert(f.before.includes(label), `${f.before} has no ${label}`);
    assert(f.after.includes(after), `${f.after} has no ${after}`);
    assert.strictEqual(f.border, 'dashed');
    assert(f.width > 80, `a frame of ${f.width} pixels`);
  });
  assert.deepStrictEqual(page.wrongs, []);
  await page.close();
}

async function look_at_cover(browser, address, name) {
  const [width, height] = viewports[name];
  const page = await new_page(browser, address, viewports[name]);
  await page.evaluate(open_book, width, height, 'paginated');
  const frame = await chapter_frame(page);
  const box = await frame.evaluate(async () => {
    const image = document.querySelector('img');
    await image.decode();
    const r = image.getBoundingClientRect();
    const ratio = image.naturalWidth / image.naturalHeight;
    // What is seen of an img that keeps its picture's shape.
    const keeps = getComputedStyle(image).objectFit === 'contain'
      || Math.abs(r.width / r.height - ratio) < 0.01;
    const [w, h] = [Math.min(r.width, r.height * ratio),
      Math.min(r.height, r.width / ratio)];
    return { keeps, left: r.left + (r.width - w) / 2, width: w,
      top: r.top + (r.height - h) / 2, height: h };
  });
  await page.screenshot({ path: path.join(shots, `cover-${name}.png`) });
  const told = `${name}: ${JSON.stringify(box)}`;
  assert(box.left >= -1 && box.left + box.width <= width + 1, told);
  assert(box.top >= -1 && box.top + box.height <= height + 1, told);
  assert(box.width > 0.9 * width || box.height > 0.9 * height, told);
  assert(box.keeps, told);
  const middle = box.left + box.width / 2;
  assert(Math.abs(middle - width / 2) < 0.05 * width, told);
  const shelf = await page.evaluate(async () => {
    const image = new Image();
    image.src = await view.book.coverUrl();
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  assert.deepStrictEqual(shelf, [1600, 2560]);
  assert.deepStrictEqual(page.wrongs, []);
  await page.close();
}

// The featured picture stands between the post's head and its first words.
async function look_at_opening(browser, address) {
  for (const [name, [width, height]] of Object.entries(viewports)) {
    const page = await new_page(browser, address, [width, height]);
    const spine = await page.evaluate(open_book, width, height, 'paginated');
    const href = spine.find((h) => h.includes('opening'));
    await page.evaluate((h) => view.display(h), href);
    const frame = await chapter_frame(page);
    const places = await frame.evaluate(async () => {
      const image = document.querySelector('figure.featured img');
      await image.decode();
      return ['h1', 'figure.featured img', '.body > p']
        .map((s) => document.querySelector(s).getBoundingClientRect())
        .map((r) => [r.left, r.top, r.right, r.bottom]);
    });
    await page.screenshot({ path: path.join(shots, `opening-${name}.png`) });
    const [head, picture, words] = places;
    const told = `${name}: ${JSON.stringify(places)}`;
    assert(head[3] <= picture[1], told);
    assert(picture[2] <= width && picture[3] <= height, told);
    assert(words[2] <= width && picture[3] <= words[1], told);
    assert.deepStrictEqual(page.wrongs, []);
    await page.close();
  }
}

run(folder, async (browser, address) => {
  await look_at_chapters(browser, address);
  for (const name of Object.keys(viewports)) {
    await look_at_cover(browser, address, name);
  }
  await look_at_opening(browser, address);
  console.log(`${Object.keys(wanted.pictures).length} pictures, `
    + `${wanted.frames.length} frames, covers and openings as they should be`);
});
