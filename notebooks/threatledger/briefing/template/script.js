"use strict";
// The page is whole without this.

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
