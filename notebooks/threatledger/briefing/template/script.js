"use strict";
// The page is whole without this. It marks the section being read, sorts and filters tables, and
// copies links.

const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
// What changes without a reader's focus on it is said aloud.
const voice = make("p", { className: "aside", role: "status" });
document.body.append(voice);
const say = (words) => { voice.textContent = words; };

// A way out of a popover closes it.
document.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='#']")) event.target.closest("[popover]")?.hidePopover();
});

// The contents mark the section being read.
{
  const links = new Map(
    [...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]),
  );
  const visible = new Set();
  const mark = () => {
    const first = [...links.keys()].find((id) => visible.has(id));
    for (const [id, a] of links) {
      if (id === first) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    }
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target.id);
        else visible.delete(target.id);
      }
      if (visible.size) mark();
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  for (const id of links.keys()) watcher.observe(document.getElementById(id));
}

// A column's head sorts by it: up, down, and back to the order of the page. Groups stay together,
// equal rows keep their order, and what states nothing stands last.
const WAYS = ["none", "ascending", "descending"];
const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });

const readKeys = (rows, column) => {
  const read = ({ cells }) => {
    const cell = cells[column];
    return cell.dataset.order ?? (cell.classList.contains("empty") ? "" : cell.textContent.trim());
  };
  const keys = new Map(rows.map((row) => [row, read(row)]));
  const isNumeric = [...keys.values()].every((key) => Number.isFinite(Number(key)));
  const compare = isNumeric ? (a, b) => a - b : collator.compare;
  return (way) => (a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === "" || y === "") return (x === "") - (y === "");
    return way === "ascending" ? compare(x, y) : compare(y, x);
  };
};

const makeSortable = (table, bodies) => {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button", className: "sort" }, ...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const way = WAYS[(WAYS.indexOf(head.getAttribute("aria-sort")) + 1) % WAYS.length];
      for (const other of heads) other.setAttribute("aria-sort", other === head ? way : "none");
      const by = readKeys(bodies.flatMap(({ rows }) => rows), column)(way);
      for (const { body, rows } of bodies) body.append(...(way === "none" ? rows : [...rows].sort(by)));
      say(way === "none" ? "In the order of the page" : `Sorted by ${button.innerText}, ${way}`);
    });
  });
  table.classList.add("sortable");
};

// A field keeps the rows that hold all its words.
const LONG = 8;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const makeFilterable = (table, bodies) => {
  const rows = bodies.flatMap((body) => body.rows);
  const read = (row) => fold([...row.cells].map((cell) => cell.textContent).join(" "));
  const texts = new Map(rows.map((row) => [row, read(row)]));
  const which = make("span", { className: "aside" }, ` the table ${table.caption.textContent}`);
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: false });
  const count = make("span", { className: "count", role: "status" }, `${rows.length} rows`);
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/);
    for (const row of rows) row.hidden = !words.every((word) => texts.get(row).includes(word));
    for (const { head, rows } of bodies) if (head) head.hidden = rows.every((row) => row.hidden);
    const left = rows.filter((row) => !row.hidden).length;
    count.textContent = left ? `${left} of ${rows.length} rows` : `No row holds “${field.value.trim()}”`;
  });
  const tools = make("div", { className: "tools" }, make("label", {}, "Filter", which, field), count);
  table.closest(".table").before(tools);
};

// A table that fits needs no scrolling of its own: its head can stay in sight.
const sizes = new ResizeObserver((entries) => {
  for (const region of new Set(entries.map(({ target }) => target.closest(".table")))) {
    const fits = region.scrollWidth <= region.clientWidth;
    region.classList.toggle("fits", fits);
    if (fits) region.removeAttribute("tabindex");
    else region.tabIndex = 0;
  }
});

for (const table of document.querySelectorAll(".table > table")) {
  const bodies = [...table.tBodies].map((body) => {
    const head = [...body.rows].find((row) => row.querySelector(".group"));
    return { body, head, rows: [...body.rows].filter((row) => row !== head) };
  });
  const count = bodies.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count > 1) makeSortable(table, bodies);
  if (count > LONG) makeFilterable(table, bodies);
  sizes.observe(table);
  sizes.observe(table.parentElement);
}

// Links and the citation can be copied; where the browser forbids it, they are selected.
const makeCopy = (shown, text, what) => {
  const button = make("button", { type: "button", className: "copy" }, "Copy");
  button.setAttribute("aria-label", `Copy ${what}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      say(`Copied ${what}`);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(shown);
      say("Selected, to be copied");
    }
  });
  return button;
};
for (const link of document.querySelectorAll(".permalink")) {
  link.after(makeCopy(link, () => link.href, `the link ${link.textContent}`));
}
for (const shown of document.querySelectorAll("[data-copy]")) {
  shown.after(makeCopy(shown, () => shown.innerText, `the ${shown.dataset.copy}`));
}
