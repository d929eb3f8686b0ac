"use strict";
(() => {
  const PAGE = 200, HITS = 2000, KINDS = ["event", "amount", "headcount", "count", "date", "issue"];
  const body = document.body, form = document.getElementById("filters"), card = document.getElementById("here");
  const list = document.getElementById("list"), articles = [...document.querySelectorAll("article.one")];
  if (!form) return document.documentElement.classList.remove("early");
  body.classList.add("js");
  const many = body.classList.contains("many"), output = form.elements.hits, steps = form.querySelector(".steps");
  const known = new Map();
  let current = null, here = null, hits = [], hit = -1;

  const make = (tag, css, words) => {
    const made = document.createElement(tag);
    if (css) made.className = css;
    if (words !== undefined) made.textContent = words;
    return made;
  };
  const filled = (words, given) => words.replace(/\{(\w+)\}/g, (all, name) => (name in given ? given[name] : all));
  const idOf = article => article.id.slice(0, -4);

  // What is known of a text: its panels and their rows; worked out when it is first shown.
  function state(article) {
    if (known.has(article)) return known.get(article);
    const panels = [...article.querySelectorAll(".panel")].map(panel => ({
      panel, kind: panel.dataset.kind, limit: PAGE, matching: [],
      rows: [...panel.querySelectorAll("tbody tr")].map(tr => ({ tr, words: null, functions: (tr.dataset.function || "").split(" ") })),
    }));
    const made = { article, panels, marks: [...article.querySelectorAll(".text mark[data-r]")] };
    known.set(article, made);
    tabs(made);
    return made;
  }

  function tabs(made) {
    const bar = made.article.querySelector(".tabs");
    bar.setAttribute("role", "tablist");
    bar.setAttribute("aria-label", made.article.querySelector(".facts").getAttribute("aria-label"));
    bar.hidden = false;
    made.panels.forEach((p, i) => {
      const tab = make("button", "", p.panel.querySelector(".called").firstChild.textContent);
      tab.type = "button";
      tab.id = p.panel.id + "-tab";
      tab.append(make("span", "n"));
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", p.panel.id);
      tab.addEventListener("click", () => choose(made, p));
      tab.addEventListener("keydown", e => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
        if (!step) return;
        e.preventDefault();
        const next = made.panels[(i + step + made.panels.length) % made.panels.length];
        choose(made, next);
        next.tab.focus();
      });
      p.tab = tab;
      p.panel.setAttribute("role", "tabpanel");
      p.panel.setAttribute("aria-labelledby", tab.id);
      bar.append(tab);
      const more = p.panel.querySelector(".more button");
      if (more) more.addEventListener("click", () => { p.limit += PAGE; cut(p); });
    });
    choose(made, made.panels[0]);
  }

  function choose(made, chosen) {
    for (const p of made.panels) {
      p.panel.hidden = p !== chosen;
      p.tab.setAttribute("aria-selected", String(p === chosen));
      p.tab.tabIndex = p === chosen ? 0 : -1;
    }
  }

  // Only so many rows are laid out at once; the others come on demand, and all of them in print.
  function cut(p) {
    p.matching.forEach((row, i) => {
      row.tr.hidden = i >= p.limit;
      row.tr.classList.toggle("later", i >= p.limit);
    });
    const left = p.matching.length - p.limit, more = p.panel.querySelector(".more"), none = p.panel.querySelector("table ~ .nothing");
    if (more) {
      more.hidden = left <= 0;
      more.firstChild.textContent = filled(more.firstChild.dataset.words, { n: Math.min(left, PAGE) });
    }
    if (none) none.hidden = p.matching.length > 0;
  }

  const asked = () => ({
    query: form.elements.query.value.trim().toLowerCase(),
    type: form.elements.type ? form.elements.type.value : "",
    status: form.elements.status ? form.elements.status.value : "",
    function: form.elements.function ? form.elements.function.value : "",
  });

  function fits(row, p, wanted) {
    const own = row.tr.dataset;
    if (p.kind !== "issue" && p.kind !== "function" && ((wanted.type && own.type !== wanted.type) || (wanted.status && own.status !== wanted.status))) return false;
    return !wanted.function || row.functions.includes(wanted.function);
  }

  function filter() {
    const wanted = asked(), narrowed = wanted.type || wanted.status || wanted.function;
    for (const kind of KINDS) body.classList.toggle("no-" + kind, !!form.querySelector(`[name=kind][value=${kind}]:not(:checked)`));
    if (list) narrow(wanted);
    search([]);
    if (!current) return;
    const made = state(current), kept = new Set();
    for (const p of made.panels) {
      p.limit = PAGE;
      p.matching = [];
      for (const row of p.rows) {
        let fit = fits(row, p, wanted);
        if (fit) kept.add(row.tr.dataset.r);
        if (fit && wanted.query) {
          row.words ??= row.tr.textContent.toLowerCase();
          fit = row.words.includes(wanted.query);
        }
        if (fit) p.matching.push(row);
        else { row.tr.hidden = true; row.tr.classList.remove("later"); }
      }
      p.tab.querySelector(".n").textContent = " " + p.matching.length;
      const count = p.panel.querySelector(".tally");
      if (count) {
        count.hidden = p.matching.length === p.rows.length;
        count.textContent = filled(form.dataset.shown, { n: p.matching.length, all: p.rows.length });
      }
      cut(p);
    }
    for (const mark of made.marks) mark.classList.toggle("dim", !!narrowed && !mark.dataset.r.split(" ").some(r => kept.has(r)));
    if (wanted.query) search(places(current.querySelector(".text"), wanted.query));
  }

  function narrow(wanted) {
    for (const tr of list.querySelectorAll("tbody tr")) {
      const article = document.getElementById(tr.dataset.text);
      if (article && article.words === undefined) article.words = article.textContent.toLowerCase();
      const found = !wanted.query || tr.textContent.toLowerCase().includes(wanted.query) || (article && article.words.includes(wanted.query));
      const has = name => !wanted[name] || (article && article.querySelector(`tbody tr[data-${name}~="${CSS.escape(wanted[name])}"]`));
      tr.hidden = !(found && has("type") && has("status") && has("function"));
    }
  }

  // Where the words stand in the text, line by line, whatever marks lie over them.
  function places(text, query) {
    const found = [];
    for (const line of text.children) {
      const words = line.textContent.toLowerCase();
      let at = words.indexOf(query);
      if (at < 0) continue;
      const nodes = [], walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node, start = 0; (node = walker.nextNode()); start += node.length) nodes.push([start, node]);
      for (; at >= 0 && found.length < HITS; at = words.indexOf(query, at + query.length)) {
        const range = document.createRange(), spot = i => nodes.findLast(([start]) => start <= i);
        const [a, first] = spot(at), [b, last] = spot(at + query.length - 1);
        range.setStart(first, at - a);
        range.setEnd(last, at + query.length - b);
        found.push(range);
      }
    }
    return found;
  }

  function search(found) {
    hits = found;
    hit = -1;
    output.value = asked().query && current ? filled(form.dataset.hits, { n: hits.length }) : "";
    steps.hidden = !hits.length;
    if (!window.Highlight) return;
    CSS.highlights.delete("now");
    CSS.highlights.set("hits", new Highlight(...hits));
  }

  function step(by) {
    if (!hits.length) return;
    hit = (hit + by + hits.length) % hits.length;
    const range = hits[hit];
    (range.startContainer.parentElement || current).scrollIntoView({ block: "center" });
    if (window.Highlight) CSS.highlights.set("now", new Highlight(range));
  }

  function show(article) {
    if (current === article && (article || !many)) return;
    close();
    current = article;
    for (const one of articles) one.hidden = many && one !== article;
    if (list) list.hidden = !!article;
    filter();
  }

  const marksOf = r => current.querySelectorAll(`.text mark[data-r~="${r}"]`);
  const rowOf = r => document.getElementById(`${idOf(current)}r-${r}`);

  function light(rows) {
    for (const on of current.querySelectorAll(".on")) on.classList.remove("on");
    for (const r of rows) {
      for (const mark of marksOf(r)) mark.classList.add("on");
      const row = rowOf(r);
      if (row) row.classList.add("on");
    }
  }

  function tell(rows, mark) {
    here = mark;
    light(rows.slice(0, 1));
    card.replaceChildren();
    const shut = make("button", "close", card.dataset.close);
    shut.type = "button";
    shut.addEventListener("click", () => close(true));
    card.append(shut);
    for (const r of rows) {
      const row = rowOf(r);
      if (!row) continue;
      const entry = make("div", "entry"), link = make("a", "", card.dataset.row);
      link.href = "#" + row.id;
      entry.append(make("p", "words", row.cells[0].textContent), ...row.cells[1].cloneNode(true).childNodes, link);
      card.append(entry);
    }
    card.hidden = false;
    const under = mark.getBoundingClientRect().bottom - card.getBoundingClientRect().top + 24;
    if (under > 0) scrollBy(0, under);
  }

  function close(back) {
    card.hidden = true;
    if (back && here) here.focus();
    if (current) light([]);
  }

  function go(id, focus) {
    const target = id && document.getElementById(id);
    if (!target || target === list) { if (many) show(null); if (target) target.focus(); return; }
    const article = target.closest("article.one");
    if (article) show(article);
    if (target.matches("tr[data-r]")) return toRow(target, focus);
    const r = id.slice(idOf(current || article || articles[0]).length), mark = article && marksOf(r)[0];
    (mark || target).scrollIntoView({ block: mark || target.matches(".at") ? "center" : "start" });
    if (!mark) { if (target === article) window.scrollTo(0, 0); return; }
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    tell([r, ...mark.dataset.r.split(" ").filter(other => other !== r)], mark);
  }

  function toRow(tr, focus) {
    const made = state(current), p = made.panels.find(one => one.panel.contains(tr));
    if (!p.matching.some(row => row.tr === tr)) { form.reset(); filter(); }
    choose(made, p);
    while (tr.hidden && p.limit < p.matching.length) { p.limit += PAGE; cut(p); }
    close();
    light([tr.dataset.r]);
    tr.scrollIntoView({ block: "center" });
    if (focus) tr.querySelector("a").focus({ preventScroll: true });
  }

  function follow(hash) {
    history.pushState(null, "", hash);
    go(hash.slice(1), true);
  }

  document.addEventListener("click", e => {
    const link = e.target.closest("a[href^='#']"), row = e.target.closest("tr[data-r]");
    const mark = e.target.closest(".text mark[data-r]");
    if (link && !link.classList.contains("skip")) { e.preventDefault(); follow(link.hash); }
    else if (row && !String(getSelection())) follow(row.querySelector("a").hash);
    else if (mark && !String(getSelection())) { mark.tabIndex = -1; mark.focus({ preventScroll: true }); tell(mark.dataset.r.split(" "), mark); }
  });

  document.addEventListener("keydown", e => {
    if (e.key === "Escape" && !card.hidden) { close(true); return; }
    if (!e.target.closest || e.ctrlKey || e.metaKey || e.altKey) return;
    const text = e.target.closest(".text");
    if (!text || e.target.closest("a")) return;
    if (e.key === "Escape") { text.focus(); return; }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key], on = e.target.matches("mark");
    if (by) {
      const marks = state(current).marks.filter(mark => !mark.classList.contains("dim"));
      const next = marks[on ? marks.indexOf(e.target) + by : by > 0 ? 0 : marks.length - 1];
      if (!next) return;
      e.preventDefault();
      next.tabIndex = -1;
      next.focus();
      tell(next.dataset.r.split(" "), next);
    } else if (on && (e.key === "Enter" || e.key === " ")) {
      e.preventDefault();
      tell(e.target.dataset.r.split(" "), e.target);
      (card.querySelector("a") || card.querySelector("button")).focus();
    }
  });

  let waiting = 0;
  form.addEventListener("input", e => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, e.target.name === "query" ? 150 : 0);
  });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", e => { e.preventDefault(); step(1); });
  form.elements.next.addEventListener("click", () => step(1));
  form.elements.previous.addEventListener("click", () => step(-1));
  addEventListener("popstate", () => go(location.hash.slice(1), true));

  const figure = words => parseFloat(words.replaceAll(",", "")) || 0;
  for (const button of document.querySelectorAll(".sort")) button.addEventListener("click", () => {
    const th = button.closest("th"), table = th.closest("table"), up = th.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    th.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = tr => tr.cells[th.cellIndex].textContent, compare = th.classList.contains("number")
      ? (a, b) => figure(value(a)) - figure(value(b))
      : (a, b) => value(a).localeCompare(value(b), document.documentElement.lang);
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => (up ? 1 : -1) * compare(a, b)));
  });

  if (matchMedia("(max-width: 760px)").matches) for (const shut of document.querySelectorAll(".outline > details")) shut.open = false;
  if (many) { for (const one of articles) one.hidden = true; filter(); }
  else if (articles[0]) show(articles[0]);
  document.documentElement.classList.remove("early");
  if (location.hash) go(location.hash.slice(1), false);
})();
