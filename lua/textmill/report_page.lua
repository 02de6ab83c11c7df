-- textmill.report_page - the style and the script of a report (report.lua). They are
-- constants: the page's security policy names their hashes. The script puts text in as
-- text (textContent) only; without it all tables can be read.

local page = {}

page.style = [==[
body { font-family: sans-serif; margin: 1em auto; max-width: 76em; padding: 0 1em; color: #222; }
nav a { margin-right: 1em; }
h2 { border-bottom: 1px solid #ccc; padding-bottom: .2em; }
.wide { overflow-x: auto; margin: .5em 0; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .15em .6em; border-bottom: 1px solid #eee; }
th { background: #f4f4f4; position: sticky; top: 0; }
th button { all: unset; cursor: pointer; text-decoration: underline dotted; }
dl { display: grid; grid-template-columns: max-content auto; gap: .1em 1em; }
dd { margin: 0; }
tr[data-fact] { cursor: pointer; }
tr[data-fact]:hover, tr[data-fact]:focus { background: #eef4fb; }
.page { display: grid; grid-template-columns: 1fr 1fr; gap: 1em; }
.page pre { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24em; overflow-y: auto; margin: 0;
  padding: .5em; background: #fafafa; border: 1px solid #ddd; }
.page h4 { margin: .2em 0; }
mark { background: #ffe08a; }
#tools input, #tools select { font: inherit; margin-right: 1em; }
@media print { #tools, nav { display: none; } }
]==]

page.script = [==[
"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var table = document.querySelector("#facts table");
  if (!table) return;
  var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
  var tools = document.getElementById("tools"), open = null;

  function element(name, text) {
    var e = document.createElement(name);
    if (text !== undefined) e.textContent = text;
    return e;
  }

  function marked(title, text, from, to) {
    var box = element("div"), pre = element("pre"), mark = element("mark", text.slice(from, to));
    pre.append(text.slice(0, from), mark, text.slice(to));
    pre.mark = mark;
    box.append(element("h4", title), pre);
    return box;
  }

  function close() {
    if (open) open.remove();
    open = null;
  }

  function toggle(row) {
    var was = open && open.of === row;
    close();
    if (was) return;
    var at = data.facts[+row.dataset.fact], page = at && data.pages[at[0]];
    if (!page) return;
    var cell = element("td"), box = element("div");
    cell.colSpan = row.cells.length;
    box.className = "page";
    box.append(marked("raw" + (page.part ? " (part)" : "") + ": " + page.id, page.raw, at[1], at[2]),
      marked("clean", page.clean, at[3], at[4]));
    cell.append(box);
    open = element("tr");
    open.of = row;
    open.append(cell);
    row.after(open);
    box.querySelectorAll("pre").forEach(function (pre) {
      pre.scrollTop = pre.mark.offsetTop - pre.offsetTop - pre.clientHeight / 2;
    });
  }

  rows.forEach(function (row) {
    if (!row.dataset.fact) return;
    row.tabIndex = 0;
    row.addEventListener("click", function () { toggle(row); });
    row.addEventListener("keydown", function (e) { if (e.key === "Enter") toggle(row); });
  });

  var filter = element("input"), type = element("select"), count = element("span"), types = {};
  filter.type = "search";
  filter.placeholder = "filter";
  rows.forEach(function (row) { types[row.cells[0].textContent] = true; });
  type.append(element("option", ""));
  Object.keys(types).sort().forEach(function (name) { type.append(element("option", name)); });

  function apply() {
    var words = filter.value.toLowerCase().split(/\s+/), left = 0;
    close();
    rows.forEach(function (row) {
      var text = row.textContent.toLowerCase();
      var shown = (!type.value || row.cells[0].textContent === type.value) &&
        words.every(function (w) { return text.indexOf(w) >= 0; });
      row.hidden = !shown;
      left += shown ? 1 : 0;
    });
    count.textContent = left + " / " + rows.length;
  }

  filter.addEventListener("input", apply);
  type.addEventListener("change", apply);
  tools.append(filter, type, count);
  tools.hidden = false;
  apply();

  var sorted = -1, down = false, collator = new Intl.Collator("zh", { numeric: true });
  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, k) {
    var button = element("button", head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      close();
      down = sorted === k && !down;
      sorted = k;
      var order = rows.slice().sort(function (a, b) {
        return collator.compare(a.cells[k].textContent, b.cells[k].textContent) * (down ? -1 : 1);
      });
      body.append.apply(body, order);
    });
  });
  // report.html#fact-12 opens that fact
  function follow() {
    var row = /^#fact-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!row || (open && open.of === row)) return;
    toggle(row);
    row.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);
  follow();
  document.documentElement.dataset.ready = "yes";
})();
]==]

return page
