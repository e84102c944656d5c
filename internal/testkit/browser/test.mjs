// Drives reference sites in Chromium. Usage: node test.mjs CHROMIUM SITE...
// Exits 1 with what failed.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, basename } from "node:path";
import { pathToFileURL } from "node:url";

const [executablePath, ...sites] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let failed = 0;
const check = (ok, what, more = "") => { if (!ok) { failed++; console.error("FAIL", what, more) } };

const pagesOf = dir => readdirSync(dir).flatMap(name => {
  const file = join(dir, name);
  return statSync(file).isDirectory() ? pagesOf(file) : file.endsWith(".html") ? [file] : [];
});
const url = file => pathToFileURL(file).href;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const open = async (options, where) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", m => check(m.type() !== "error", where, m.text()));
  page.on("pageerror", e => check(false, where, e.stack || e));
  page.on("request", r => check(/^(file|data|blob):/.test(r.url()), where + ": a request to " + r.url()));
  return page;
};
const settled = page => page.waitForFunction(() => document.querySelector(".side button, .side ul a[aria-current], .side ul li"));

for (const site of sites) {
  const all = pagesOf(site), name = basename(site);
  const operations = all.filter(f => f.includes("/api/") && !f.endsWith("index.html"));
  const step = Math.max(1, Math.floor(all.length / 9));
  const sample = [...new Set([join(site, "index.html"), operations[0], operations.at(-1), ...all.filter((_, i) => i % step === 0)])].slice(0, 12);

  // Accessibility, errors and requests, in both themes and at the width of a phone.
  for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "light", viewport: { width: 375, height: 800 }, hasTouch: true, isMobile: true }]) {
    const page = await open(look, name);
    for (const file of sample) {
      await page.goto(url(file));
      await settled(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, `${file} is ${wide} pixels wider than the screen`, JSON.stringify(look));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: { region: { enabled: false } } }));
      for (const v of violations) check(false, `${file} (${look.colorScheme}${look.isMobile ? ", phone" : ""}): ${v.id}: ${v.help}`, v.nodes.slice(0, 2).map(n => n.html.slice(0, 160) + " " + (n.any[0]?.message || "")).join("\n     "));
    }
    await page.context().close();
  }

  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] }, name);
  const file = operations[0];

  // Search, by keys only.
  await page.goto(url(join(site, "index.html")));
  await settled(page);
  await page.keyboard.press("/");
  await page.waitForSelector("dialog[open] input:focus");
  const title = await (async () => { const p = await open({}, name); await p.goto(url(file)); const t = await p.locator("h1").innerText(); await p.context().close(); return t })();
  await page.keyboard.type(title.slice(0, 12));
  await page.waitForSelector("dialog [role=option]");
  check((await page.locator("dialog [role=option]").allInnerTexts()).some(t => t.includes(title.slice(0, 12))), name + ": search does not find", title);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  check(await page.locator("dialog [role=option]").first().getAttribute("aria-selected") === "true", name + ": the arrows do not choose");
  const slowest = await page.evaluate(() => {
    const input = document.querySelector("dialog input");
    let worst = 0;
    for (const q of ["c", "cr", "cre", "account", "unt_i", "s", "id"]) {
      input.value = q;
      const t = performance.now();
      input.dispatchEvent(new Event("input"));
      worst = Math.max(worst, performance.now() - t);
    }
    return worst;
  });
  console.log(`${name}: ${all.length} pages, slowest key of the search ${slowest.toFixed(1)} ms`);
  check(slowest < 50, name + ": a key of the search takes", slowest);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(title.slice(0, 12));
  await page.keyboard.press("Enter");
  await page.waitForURL(u => !u.href.endsWith("/index.html"));
  await page.keyboard.press("ControlOrMeta+k");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  check(await page.locator("dialog[open]").count() === 0, name + ": Escape does not close the search");

  // The theme follows the switch, and stays.
  await page.goto(url(file));
  await settled(page);
  await page.click(".theme");
  check(await page.evaluate(() => document.documentElement.dataset.theme) === "dark", name + ": the switch does nothing");
  await page.reload();
  check(await page.evaluate(() => document.documentElement.dataset.theme) === "dark", name + ": the theme is forgotten");
  await page.click(".theme");

  // Deep links.
  const anchor = await page.locator("dl.rows dt[id]").last().getAttribute("id").catch(() => null);
  if (anchor) {
    await page.goto("about:blank");
    await page.goto(url(file) + "#" + encodeURIComponent(anchor));
    await page.waitForTimeout(200);
    check(await page.evaluate(id => { const r = document.getElementById(id).getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }, anchor), name + ": the deep link is not in view", anchor);
  }

  // The keyboard: the first stop skips to the content, tabs take arrows.
  await page.goto("about:blank");
  await page.goto(url(file));
  await settled(page);
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.className) === "skip", name + ": the first stop is not the skip link");
  await page.focus("[role=tab]");
  await page.keyboard.press("ArrowRight");
  check(await page.locator("[role=tab][aria-selected=true]").innerText() === "curl", name + ": arrows do not change tabs");
  await page.keyboard.press("ArrowLeft");

  // Copying.
  await page.locator(".panel:not([hidden]) .copy").click();
  const copied = await page.evaluate(() => navigator.clipboard.readText()).catch(() => null);
  const program = await page.locator("[data-lang=go] code").textContent();
  if (copied !== null) check(copied === program, name + ": what is copied is not the program", copied);

  // Try it changes program and command, and sends nothing.
  const tryIt = page.locator(".do");
  if (await tryIt.count()) {
    await tryIt.first().click();
    const field = page.locator(".tabs form input").first();
    if (await field.count()) {
      await field.fill('new "value"');
      check((await page.locator("[data-lang=go] code").textContent()).includes('new \\"value\\"') || (await page.locator(".tabs form input").count()) === 0, name + ": the program does not follow");
    }
  }
  await page.context().close();

  // Without the script all is there but search.
  const plain = await open({ javaScriptEnabled: false }, name);
  await plain.goto(url(file));
  check(await plain.locator("h1").innerText() === title, name + ": nothing is there without the script");
  check(await plain.locator(".side a").count() > 3, name + ": there is no way on without the script");
  check((await plain.locator("[data-lang=sh]").first().isVisible()), name + ": curl is hidden without the script");
  await plain.context().close();
}
await browser.close();
console.log(failed ? failed + " failed" : "ok");
process.exit(failed ? 1 : 0);
