// Measures a reference site beside Swagger UI and Redoc, which show the same
// description. Usage: node bench.mjs CHROMIUM SITE DESCRIPTION
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join, extname, normalize, basename } from "node:path";

const [executablePath, site, description] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const swagger = join(require.resolve("swagger-ui-dist/package.json"), "..");
const redoc = join(require.resolve("redoc/package.json"), "..");
const spec = "description" + extname(description);
const pages = {
  "/swagger.html": `<!doctype html><link rel=stylesheet href=/swagger/swagger-ui.css><div id=ui></div><script src=/swagger/swagger-ui-bundle.js></script><script>SwaggerUIBundle({url:"/${spec}",dom_id:"#ui"})</script>`,
  "/redoc.html": `<!doctype html><redoc spec-url="/${spec}"></redoc><script src=/redoc/bundles/redoc.standalone.js></script>`,
};
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };
const server = createServer((req, res) => {
  const path = normalize(decodeURIComponent(new URL(req.url, "http://x").pathname));
  res.setHeader("Content-Type", types[extname(path)] || "text/plain");
  if (pages[path]) return res.end(pages[path]);
  const file = path === "/" + spec ? description : path.startsWith("/swagger/") ? join(swagger, path.slice(9)) : path.startsWith("/redoc/") ? join(redoc, path.slice(7)) : join(site, path.replace(/^\/site/, ""));
  if (!existsSync(file) || statSync(file).isDirectory()) { res.statusCode = 404; return res.end() }
  res.end(readFileSync(file));
}).listen(0, "127.0.0.1");
await new Promise(done => server.once("listening", done));
const base = `http://127.0.0.1:${server.address().port}`;

const all = dir => readdirSync(dir).flatMap(n => { const f = join(dir, n); return statSync(f).isDirectory() ? all(f) : [f] });
const files = all(site), html = files.filter(f => f.endsWith(".html"));
const sizes = html.map(f => gzipSync(readFileSync(f)).length).sort((a, b) => a - b);
const total = list => list.reduce((n, f) => n + statSync(f).size, 0) / 1e6;
const largest = Math.max(...html.map(f => statSync(f).size));
console.log(`${basename(description)}: ${html.length} pages of ${total(html).toFixed(1)} MB, ${total(files).toFixed(1)} MB with twins and description; over the wire a page has ${sizes[sizes.length >> 1]} bytes (median), ${sizes[Math.floor(sizes.length * .95)]} (95th percentile), all of them ${(sizes.reduce((a, b) => a + b, 0) / 1e6).toFixed(1)} MB; the largest has ${largest}`);
const wire = name => gzipSync(readFileSync(join(site, name)), { level: 9 }).length;
console.log(`site.js ${wire("site.js")}, nav.js ${wire("nav.js")}, search.js ${wire("search.js")} bytes over the wire`);

const operation = html.filter(f => f.includes("/api/") && !f.endsWith("index.html"));
const limit = 90000;
async function measure(name, url, ready) {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"] });
  try {
    const page = await browser.newPage();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    const begun = Date.now();
    await page.goto(url, { timeout: limit, waitUntil: "commit" });
    await page.waitForSelector(ready, { timeout: limit, state: "visible" });
    const seen = (Date.now() - begun) / 1000;
    await page.waitForLoadState("networkidle", { timeout: limit }).catch(() => {});
    const metrics = Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map(m => [m.name, m.value]));
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime / 1000);
    return { name, seen, paint, cpu: metrics.TaskDuration, heap: metrics.JSHeapUsedSize / 1e6, page };
  } catch (e) {
    return { name, failed: String(e).split("\n")[0].slice(0, 80) };
  } finally { await browser.close().catch(() => {}) }
}
const results = [
  await measure("gen docs", `${base}/site/${operation[operation.length >> 1].slice(site.length + 1)}`, "h1"),
  await measure("Swagger UI", base + "/swagger.html", ".opblock"),
  await measure("Redoc", base + "/redoc.html", "h1, [data-section-id]"),
];
const ours = results[0];
const row = cells => cells.map((c, i) => String(c).padEnd([12, 22, 22, 22, 12][i])).join("");
console.log(row(["", "content, s", "first paint, s", "main thread, s", "heap, MB"]));
for (const r of results) {
  const with_ = (v, o) => r === ours ? v.toFixed(2) : `${v.toFixed(2)} (${(v / o).toFixed(0)} x)`;
  console.log(r.failed ? row([r.name, "shows nothing: " + r.failed]) : row([r.name, with_(r.seen, ours.seen), with_(r.paint ?? NaN, ours.paint), with_(r.cpu, ours.cpu), r.heap.toFixed(0)]));
}

// The first search loads the index.
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.goto(base + "/site/index.html");
await page.waitForSelector(".side ul");
const begun = Date.now();
await page.keyboard.press("/");
await page.keyboard.type("c");
await page.waitForSelector("dialog [role=option]");
console.log(`first search with its index ${((Date.now() - begun) / 1000).toFixed(2)} s`);
const keys = await page.evaluate(() => ["c", "cr", "create", "acc", "unt_i", "s", "id", "zone", "list a"].map(q => {
  const input = document.querySelector("dialog input");
  input.value = q;
  const t = performance.now();
  input.dispatchEvent(new Event("input"));
  return performance.now() - t;
}).sort((a, b) => a - b));
console.log(`a key takes ${keys[keys.length >> 1].toFixed(1)} ms (median), ${keys.at(-1).toFixed(1)} (slowest)`);
await browser.close();
server.close();
