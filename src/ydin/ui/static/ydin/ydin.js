// Sweeteners. Every page works without this file.
(() => {
  "use strict";
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];

  const prepare = (root) => {
    find("[data-copy], [data-dismiss]", root).forEach((button) => { button.hidden = false; });
    find("form[data-unsaved]", root).forEach((form) => {
      form.addEventListener("input", () => { form.dataset.changed = "yes"; });
      form.addEventListener("submit", () => { delete form.dataset.changed; });
    });
  };

  document.addEventListener("click", async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    find("details.menu[open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });

    const opener = target.closest("[data-open]");
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); return; }

    const closer = target.closest("[data-close]");
    if (closer && closer.closest("dialog[open]")) {
      event.preventDefault();
      closer.closest("dialog").close();
      return;
    }
    const dismiss = target.closest("[data-dismiss]");
    if (dismiss) { dismiss.closest(".flash").remove(); return; }

    const copy = target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      const said = copy.querySelector("[data-said]") || copy;
      const before = said.textContent;
      said.textContent = copy.dataset.copied || before;
      setTimeout(() => { said.textContent = before; }, 2500);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    find("details.menu[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-changed]")) event.preventDefault();
  });

  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt || event.target));
  prepare(document);
})();
