// The script of the reference. It loads nothing but nav.js and search.js of the
// same folder, and sends nothing anywhere; pages are whole without it.
(() => {
  "use strict";
  const doc = document, html = doc.documentElement, root = html.dataset.root;
  const store = {
    get(k) { try { return localStorage.getItem("lathe." + k) } catch { return null } },
    set(k, v) { try { localStorage.setItem("lathe." + k, v) } catch { /* not allowed here */ } },
  };
  html.dataset.js = "";
  const theme = store.get("theme");
  if (theme) html.dataset.theme = theme;

  const el = (tag, props, ...children) => {
    const e = doc.createElement(tag);
    for (const [k, v] of Object.entries(props || {})) {
      if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else if (v === true) e.setAttribute(k, "");
      else if (v !== false && v != null) e.setAttribute(k, v);
    }
    e.append(...children.filter(c => c != null));
    return e;
  };
  const loaded = {};
  const load = name => loaded[name] ||= new Promise((done, fail) => {
    doc.head.append(el("script", { src: root + name, onload: done, onerror: fail }));
  });

  // The resource tree. Each line of nav.js is tabs for its depth, a letter for
  // what it is, a name, and =segment where the path does not follow from it.
  let tree = null, ops = [], extra = {};
  window.latheNav = (text, more) => {
    extra = more;
    tree = { dir: "api/", children: [] };
    const at = [tree];
    for (const line of text.split("\n")) {
      if (!line) continue;
      const depth = line.match(/^\t*/)[0].length, kind = line[depth];
      let [name, seg] = line.slice(depth + 1).split("=");
      const above = at[depth], n = { name, kind, above };
      seg ||= name.toLowerCase();
      if (kind === "r") { n.dir = above.dir + seg + "/"; n.url = n.dir + "index.html"; n.children = []; at[depth + 1] = n }
      else { n.url = above.dir + seg + ".html"; n.call = (above.call ? above.call + "." : "") + name; ops.push(n) }
      if (kind === "r") n.call = (above.call ? above.call + "." : "") + name;
      above.children.push(n);
    }
  };
  const methods = { G: "GET", P: "POST", U: "PUT", A: "PATCH", D: "DELETE", H: "HEAD", O: "OPTIONS" };

  function sidebar() {
    const side = doc.querySelector(".side");
    if (!side || !tree) return;
    const base = decodeURI(new URL(root || "./", location.href).pathname), here = decodeURI(location.pathname).slice(base.length).replace(/(^|\/)$/, "$1index.html");
    const is = url => here === url;
    const open = new Set(JSON.parse(store.get("open") || "[]"));
    const item = n => {
      if (n.kind !== "r") return el("li", { class: n.old ? "old" : null }, el("a", { href: root + n.url, "aria-current": is(n.url) ? "page" : null }, n.name, el("b", { class: "m " + (methods[n.kind] || "").toLowerCase() }, methods[n.kind] || n.kind)));
      const li = el("li"), list = el("ul");
      const fill = () => { if (!list.childElementCount) list.append(el("li", null, el("a", { href: root + n.url, "aria-current": is(n.url) ? "page" : null }, "Overview")), ...n.children.map(item)) };
      const mine = here.startsWith(n.dir);
      const toggle = el("button", { "aria-expanded": String(mine || open.has(n.call)), onclick() {
        const now = toggle.getAttribute("aria-expanded") !== "true";
        toggle.setAttribute("aria-expanded", now); fill(); list.hidden = !now;
        now ? open.add(n.call) : open.delete(n.call);
        store.set("open", JSON.stringify([...open].slice(-50)));
      } }, n.name);
      list.hidden = !(mine || open.has(n.call));
      if (!list.hidden) fill();
      li.append(toggle, list);
      return li;
    };
    const plain = ([text, url]) => el("li", null, el("a", { href: root + url, "aria-current": is(url) ? "page" : null }, text));
    side.replaceChildren(el("ul", null, ...extra.guides.map(plain)), el("h2", null, "Resources"), el("ul", null, ...tree.children.map(item)), el("h2", null, "More"), el("ul", null, ...extra.more.map(plain)));
    const saved = store.get("scroll"), current = side.querySelector("[aria-current]");
    if (saved) side.scrollTop = +saved;
    if (current) { const r = current.getBoundingClientRect(), s = side.getBoundingClientRect(); if (r.top < s.top || r.bottom > s.bottom) side.scrollTop += r.top - s.top - s.height / 3 }
    side.addEventListener("scroll", () => store.set("scroll", side.scrollTop), { passive: true });
  }

  // Search. The lists of search.js are in the order of the tree and of the types.
  let index = null;
  window.latheSearch = data => {
    index = [];
    let path = "";
    const pages = [];
    data.ops.split("\n").forEach((line, i) => {
      const n = ops[i];
      if (!n) return;
      const [title, cut, tail] = line.split("\t");
      path = path.slice(0, parseInt(cut || "0", 36)) + (tail || "");
      pages.push(n.url);
      index.push({ kind: methods[n.kind] || n.kind, title: title || n.name, note: "client." + n.call, more: path, url: n.url, rank: 0 });
    });
    let dir = "", pkg = "";
    for (const line of data.types.split("\n")) {
      if (line[0] === "@") { [pkg, dir] = line.slice(1).split("="); dir = "types/" + (dir || pkg) + "/"; continue }
      if (!line) continue;
      const [name, seg] = line.split("=");
      pages.push(dir + (seg || name) + ".html");
      index.push({ kind: "type", title: name, note: pkg, url: pages.at(-1), rank: 1 });
    }
    for (const line of data.more.split("\n")) {
      const [kind, title, note, url] = line.split("\t");
      if (url) index.push({ kind, title, note, url, rank: kind === "guide" ? 0 : 1 });
    }
    const kinds = { f: "field", v: "value" };
    for (const line of data.words.split("\n")) {
      const [text, refs] = line.split("\t");
      if (!refs) continue;
      for (const ref of refs.split(",")) {
        const url = pages[parseInt(ref, 36)];
        if (url) index.push({ kind: kinds[text[0]], title: text.slice(1), note: url.replace(/^(api|types)\/|\.html$/g, "").replaceAll("/", "."), url: url + (text[0] === "f" ? "#" + encodeURIComponent(text.slice(1)) : ""), rank: 2 });
      }
    }
    for (const e of index) { e.key = e.title.toLowerCase(); e.all = (e.title + " " + (e.note || "") + " " + (e.more || "")).toLowerCase() }
  };
  function find(query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length || !index) return [];
    const buckets = [];
    for (const e of index) {
      let score = e.rank * 10, ok = true;
      for (const w of words) {
        const i = e.key.indexOf(w);
        if (i === 0) score += e.key.length === w.length ? 0 : 2;
        else if (i > 0) score += /[^a-z0-9]/.test(e.key[i - 1]) ? 4 : 8;
        else if (e.all.includes(w)) score += 14;
        else { ok = false; break }
      }
      if (ok) (buckets[score] ||= []).push(e);
    }
    const hits = [];
    for (const b of buckets) {
      if (!b) continue;
      hits.push(...b.slice(0, 300).sort((a, b) => a.key.length - b.key.length));
      if (hits.length > 24) break;
    }
    return hits.slice(0, 24);
  }
  let dialog = null;
  async function search() {
    if (!dialog) {
      const say = el("div", { class: "say", role: "status" });
      const list = el("ul", { role: "listbox", id: "hits", "aria-label": "Results" });
      const input = el("input", { type: "search", placeholder: "Operations, types, fields, paths, values", "aria-label": "Search", role: "combobox", "aria-expanded": "true", "aria-controls": "hits", autocomplete: "off", spellcheck: "false" });
      let hits = [], at = 0;
      const pick = i => {
        at = Math.max(0, Math.min(i, hits.length - 1));
        [...list.children].forEach((c, j) => c.setAttribute("aria-selected", j === at));
        input.setAttribute("aria-activedescendant", hits.length ? "hit" + at : "");
        list.children[at]?.scrollIntoView({ block: "nearest" });
      };
      const marked = (text, q) => {
        const i = text.toLowerCase().indexOf(q);
        return i < 0 || !q ? [text] : [text.slice(0, i), el("mark", null, text.slice(i, i + q.length)), text.slice(i + q.length)];
      };
      const show = () => {
        const q = input.value.trim(), first = q.toLowerCase().split(/\s+/)[0];
        hits = find(q);
        list.replaceChildren(...hits.map((e, i) => el("li", { role: "option", id: "hit" + i, onclick: () => go(i) }, el("b", { class: "m " + e.kind.toLowerCase() }, e.kind), el("span", null, ...marked(e.title, first)), el("small", null, e.note || ""), e.more ? el("small", null, ...marked(e.more, first)) : null)));
        say.textContent = q ? hits.length + " results" : "";
        pick(0);
      };
      const go = i => { if (hits[i]) { dialog.close(); location.href = root + hits[i].url } };
      input.addEventListener("input", show);
      input.addEventListener("keydown", e => {
        const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
        if (step) { e.preventDefault(); pick(at + step) }
        else if (e.key === "Enter") { e.preventDefault(); go(at) }
      });
      dialog = el("dialog", { "aria-label": "Search" }, input, list, say, el("p", null, "Arrows choose, Enter opens, Escape closes."));
      dialog.addEventListener("click", e => { if (e.target === dialog) dialog.close() });
      dialog.show_ = show;
      doc.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
    await load("nav.js"); await load("search.js");
    dialog.show_();
  }

  // Code: colours, copying, tabs.
  const grammars = {
    go: /(\/\/[^\n]*)|("(?:[^"\\\n]|\\.)*"|`[^`]*`)|\b(break|case|const|defer|default|else|for|func|if|import|package|range|return|struct|switch|type|var|map|nil|true|false)\b|\b(\d[\d_.]*)\b/g,
    json: /(\/\/[^\n]*)|("(?:[^"\\]|\\.)*")|\b(true|false|null)\b|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g,
    sh: /(^#[^\n]*)|("(?:[^"\\]|\\.)*"|'[^']*')|\b(curl|export|go)\b|(?!)()/g,
  };
  function paint(node, lang) {
    const g = grammars[lang];
    if (!g) return;
    for (const t of [...node.childNodes]) {
      if (t.nodeType !== 3) { if (t.nodeName === "VAR") { t.className = (t.className.includes("set") ? "set " : "") + ({ string: "s", number: "n", boolean: "k" }[t.dataset.t] || "") } continue }
      const text = t.data;
      if (text.length > 40000) continue;
      const out = []; let last = 0;
      for (const m of text.matchAll(g)) {
        const c = m[1] ? "c" : m[2] ? "s" : m[3] ? "k" : "n";
        if (m.index > last) out.push(text.slice(last, m.index));
        out.push(el("span", { class: c }, m[0])); last = m.index + m[0].length;
      }
      if (out.length) { out.push(text.slice(last)); t.replaceWith(...out) }
    }
  }
  async function copy(text, button) {
    try { await navigator.clipboard.writeText(text) } catch {
      const area = el("textarea", { class: "say" }); area.value = text; (dialog?.open ? dialog : doc.body).append(area); area.select(); doc.execCommand("copy"); area.remove();
    }
    button.textContent = "Copied"; setTimeout(() => button.textContent = "Copy", 1500);
  }
  function code() {
    for (const pre of doc.querySelectorAll("pre")) {
      const c = pre.firstElementChild;
      if (!c) continue;
      const lang = pre.dataset.lang || (c.className.match(/language-(\w+)/) || [])[1];
      pre.tabIndex = 0; pre.setAttribute("role", "group"); pre.setAttribute("aria-label", lang ? "Code, " + lang : "Signature");
      paint(c, lang);
      const box = el("div", { class: "box" });
      pre.replaceWith(box);
      box.append(pre, el("button", { class: "copy", type: "button", onclick: e => copy(c.textContent, e.currentTarget) }, "Copy"));
    }
  }
  function tabs() {
    for (const set of doc.querySelectorAll(".tabs")) {
      const panels = [...set.querySelectorAll(".panel")];
      const list = el("div", { role: "tablist", "aria-label": "Language" });
      const choose = (name, focus) => panels.forEach((p, i) => {
        const on = p.dataset.tab === name, tab = list.children[i];
        p.hidden = !on; tab.setAttribute("aria-selected", on); tab.tabIndex = on ? 0 : -1;
        if (on && focus) tab.focus();
      });
      panels.forEach((p, i) => {
        p.id = "panel-" + i; p.setAttribute("role", "tabpanel"); p.setAttribute("aria-labelledby", "tab-" + i);
        list.append(el("button", { role: "tab", id: "tab-" + i, type: "button", "aria-controls": p.id, onclick: () => { store.set("tab", p.dataset.tab); choose(p.dataset.tab) }, onkeydown: e => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
          if (step) { const n = panels[(i + step + panels.length) % panels.length].dataset.tab; store.set("tab", n); choose(n, true) }
        } }, p.dataset.tab));
      });
      const bar = el("div", { class: "bar" }, list);
      set.prepend(bar);
      const saved = store.get("tab");
      choose(panels.some(p => p.dataset.tab === saved) ? saved : panels[0].dataset.tab);
      tryIt(set, bar);
    }
  }

  // Try it: fills in the request of the page. It sends nothing, unless the page
  // comes from gen docs --serve and somebody presses Send.
  const goText = t => JSON.stringify(t).replace(/[\u007f-\u009f\u2028\u2029]/g, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  function tryIt(set, bar) {
    const go = set.querySelector("[data-lang=go] code"), sh = set.querySelector("[data-lang=sh]");
    if (!go || !sh) return;
    const vars = [...go.querySelectorAll("var")], rows = [];
    for (const kind of ["query", "header"]) {
      const h = doc.getElementById("-in-" + kind);
      for (const dt of h ? h.nextElementSibling.querySelectorAll(":scope > dt") : []) {
        const name = dt.querySelector("i")?.textContent || dt.querySelector("a").textContent;
        if (!vars.some(v => v.dataset.k === name)) rows.push({ kind, name, go: dt.querySelector("a").textContent, type: dt.querySelector("code").textContent, dd: dt.nextElementSibling });
        else vars.filter(v => v.dataset.k === name).forEach(v => v.dataset.in = kind);
      }
    }
    const optional = rows.filter(r => /^(param\.Opt\[)?(string|bool|u?int(32|64)|float(32|64))\]?$/.test(r.type));
    if (!vars.length && !optional.length) return;
    const program = go.textContent, curl = sh.textContent.trim();
    let form = null;
    bar.append(el("button", { class: "do", type: "button", "aria-expanded": "false", onclick: e => {
      if (!form) set.insertBefore(form = build(), bar.nextSibling); else form.hidden = !form.hidden;
      e.currentTarget.setAttribute("aria-expanded", !form.hidden);
      if (!form.hidden) form.querySelector("input,select")?.focus();
    } }, "Try it"));
    const field = (f, label, input) => { input.id = "try-" + f.elements.length; input.addEventListener("input", update); f.append(el("label", { for: input.id }, label), input); return input };
    function build() {
      const f = el("form", { "aria-label": "Try it", onsubmit: e => e.preventDefault() }, el("p", null, "Fill in the request. The program and the command follow; nothing is sent."));
      for (const v of vars) {
        const options = JSON.parse(v.dataset.o || "null");
        const input = options ? el("select", null, ...options.map(([w]) => el("option", { value: w }, w))) : el("input", { type: "text" });
        v.wire = v.dataset.t === "string" ? unquote(v.textContent) : v.textContent;
        if (options) v.wire = (options.find(o => o[1] === v.textContent) || options[0])[0];
        input.value = v.wire;
        v.input = field(f, v.dataset.k, input); v.options = options;
      }
      for (const r of optional) r.input = field(f, r.name, el("input", { type: "text", placeholder: "optional" }));
      if (html.dataset.serve) send(f);
      return f;
    }
    const unquote = t => { if (t[0] === "`") return t.slice(1, -1); try { return JSON.parse(t) } catch { return t.slice(1, -1) } };
    let request = null;
    function update() {
      const given = optional.filter(r => r.input?.value);
      for (const v of vars) {
        const t = v.input.value, changed = t !== v.wire;
        v.textContent = v.options ? (v.options.find(o => o[0] === t) || v.options[0])[1] : v.dataset.t === "string" ? goText(t) : v.dataset.t === "number" ? String(+t || 0) : String(t === "true");
        v.classList.toggle("set", changed);
      }
      go.querySelectorAll(".added").forEach(e => e.remove());
      if (given.length) insert(given);
      compose(given);
    }
    function insert(given) {
      const code = r => {
        const m = r.type.match(/^param\.Opt\[(.*)\]$/), t = m ? m[1] : r.type;
        const value = t === "string" ? goText(r.input.value) : t === "bool" ? String(r.input.value === "true") : String(+r.input.value || 0);
        return r.go + ": " + (m ? "param.Some" + (t === "string" || t === "bool" ? "" : "[" + t + "]") + "(" + value + ")" : value);
      };
      const walker = doc.createTreeWalker(go, NodeFilter.SHOW_TEXT);
      let n, done = false, wants = given.some(r => r.type.startsWith("param.")) && !/\/param"/.test(program);
      while ((n = walker.nextNode())) {
        let i = n.data.indexOf("Params{");
        if (wants && n.data.includes('/')) { const imp = n.data.match(/^"(.*)\/[^/"]+"$/); if (imp && n.parentNode.nodeName === "SPAN" && set.module(program) && imp[0].startsWith('"' + set.module(program))) { n.parentNode.after(el("span", { class: "added" }, "\n\t\"" + set.module(program) + "/param\"")); wants = false } }
        if (i >= 0 && !done) {
          done = true; i += 7;
          const rest = n.splitText(i), multi = rest.data.startsWith("\n"), empty = rest.data.startsWith("}");
          rest.before(el("span", { class: "added" }, given.map(r => multi ? "\n\t\t" + code(r) + "," : code(r)).join(multi ? "" : ", ") + (multi || empty ? "" : ", ")));
        }
      }
    }
    set.module = text => { const root = text.match(/\n\t?(?:\w+ )?"([^"\n]+\.[^"\n]*)"/g); const list = (root || []).map(s => s.match(/"(.*)"/)[1]); return list.sort((a, b) => a.length - b.length)[0] };
    function compose(given) {
      let url = sh.dataset.to, body = null, base = doc.querySelector("pre.request code")?.textContent;
      const query = [], headers = [], pairs = [];
      try { body = base ? JSON.parse(base) : null } catch { /* it is no JSON */ }
      for (const v of vars) {
        const k = v.dataset.k, t = v.input.value;
        if (url.includes("{" + k + "}")) url = url.replace("{" + k + "}", encodeURIComponent(t));
        else if (v.dataset.in === "query") query.push([k, t]);
        else if (v.dataset.in === "header") headers.push([k, t]);
        else {
          pairs.push([k, t]);
          const path = (Array.isArray(body) || k.startsWith("body.") && !(body && "body" in Object(body)) ? k.replace(/^body\.?/, "") : k).split(".");
          let at = body;
          for (const p of path.slice(0, -1)) at = at?.[p];
          if (at && typeof at === "object") at[path.at(-1)] = v.dataset.t === "number" ? +t : v.dataset.t === "boolean" ? t === "true" : t;
        }
      }
      for (const r of given) (r.kind === "query" ? query : headers).push([r.name, r.input.value]);
      const kept = curl.split(" \\\n").slice(1).map(s => s.trim()).filter(s => /^-[uHb] "/.test(s) || /^-H 'Content-Type/.test(s));
      const q = s => "'" + s.replaceAll("'", "'\\''") + "'";
      if (query.length) url += (url.includes("?") ? "&" : "?") + query.map(([k, v]) => encodeURIComponent(k) + "=" + encodeURIComponent(v)).join("&");
      const lines = ["curl " + (sh.dataset.m === "GET" ? "" : "-X " + sh.dataset.m + " ") + q(url), ...kept, ...headers.map(([k, v]) => "-H " + q(k + ": " + v))];
      const form = curl.match(/^ *(-F|--data-urlencode) /m);
      if (form) lines.push(...pairs.map(([k, v]) => form[1] + " " + q(k + "=" + v)));
      else if (body != null) lines.push("-d " + q(JSON.stringify(body, null, 2)));
      const c = sh.querySelector("code");
      c.textContent = lines.join(" \\\n  "); paint(c, "sh");
      request = { method: sh.dataset.m, url, headers: Object.fromEntries(headers), body: body == null ? "" : JSON.stringify(body), type: "application/json" };
    }
    // Only gen docs --serve has this.
    function send(f) {
      f.firstElementChild.textContent = "Fill in the request. Send goes through gen docs --serve, to the declared servers only.";
      const credentials = [...new Set([...curl.matchAll(/-H "([\w-]+: [^"$]*)\$(\w+)"/g)].map(m => m[1] + "\n" + m[2]))].map(s => s.split("\n"));
      const inputs = credentials.map(([head, env]) => [head, field(f, env, el("input", { type: "password", autocomplete: "off" }))]);
      const out = el("pre", { tabindex: "0" }, el("code"));
      f.append(el("p", null, el("button", { class: "do", type: "button", onclick: async () => {
        update();
        for (const [head, input] of inputs) if (input.value) { const [k, v] = head.split(": "); request.headers[k] = (v || "") + input.value }
        out.firstChild.textContent = "…";
        try {
          const r = await fetch("/-/send", { method: "POST", headers: { "Content-Type": "application/json", "X-Lathe": html.dataset.serve }, body: JSON.stringify(request) });
          out.firstChild.textContent = await r.text(); paint(out.firstChild, "json");
        } catch (e) { out.firstChild.textContent = String(e) }
      } }, "Send")), el("p", null, out));
    }
  }

  // A link to #name finds body.name and result.name as well.
  function target() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const e = doc.getElementById(id) || [...doc.querySelectorAll("dt[id]")].find(d => d.id.endsWith("." + id));
    if (!e) return;
    for (let p = e.parentElement; p; p = p.parentElement) if (p.nodeName === "DETAILS") p.open = true;
    if (e.id !== id) location.replace("#" + encodeURIComponent(e.id)); else e.scrollIntoView();
  }

  doc.addEventListener("DOMContentLoaded", () => {
    const top = doc.querySelector(".top");
    const dark = () => (html.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const name = () => dark() ? "Light" : "Dark";
    const flip = el("button", { type: "button", class: "theme", "aria-label": "Switch between light and dark", onclick: e => { html.dataset.theme = dark() ? "light" : "dark"; store.set("theme", html.dataset.theme); e.currentTarget.textContent = name() } }, name());
    const menu = el("button", { type: "button", class: "menu", "aria-expanded": "false", onclick: e => e.currentTarget.setAttribute("aria-expanded", doc.body.classList.toggle("open")) }, "Menu");
    top.append(el("button", { type: "button", class: "find", "aria-label": "Search", onclick: search }, "Search", el("kbd", null, "/")), flip, menu);
    load("nav.js").then(() => {
      if (extra.versions?.length) {
        top.insertBefore(el("select", { "aria-label": "Version", onchange: e => location.href = root + e.currentTarget.value }, ...extra.versions.map(([n, url, on]) => el("option", { value: url, selected: !!on }, n))), flip);
      }
      sidebar();
    }, () => {});
    code(); tabs(); target();
    addEventListener("hashchange", target);
    if (html.dataset.serve) new EventSource("/-/events").onmessage = () => location.reload();
  });
  addEventListener("keydown", e => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.nodeName);
    if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey || e.key.toLowerCase() === "k" && (e.metaKey || e.ctrlKey)) { e.preventDefault(); search() }
  });
})();
