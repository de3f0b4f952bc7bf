"use strict";
(() => {
  const root = document.documentElement;
  const SHELLS = ["posix", "cmd", "powershell"];
  const remembered = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const remember = (key, value) => {
    try { localStorage.setItem(key, value); } catch { /* private windows have no memory */ }
  };
  const guess = () => {
    const platform = navigator.userAgentData?.platform || navigator.platform || "";
    return /^win/i.test(platform) ? "powershell" : "posix";
  };
  const stored = remembered("sendready-shell");
  root.dataset.shell = SHELLS.includes(stored) ? stored : guess();
  const systemDark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.mode = remembered("sendready-mode") || (systemDark ? "dark" : "light");

  const ready = () => {
    const said = document.getElementById("said");
    const search = document.getElementById("search");
    const articles = [...document.querySelectorAll("article.request")];
    const texts = new Map(articles.map((article) => [article, article.textContent.toLowerCase()]));
    const links = new Map([...document.querySelectorAll(".side a")].map((link) => [link.hash.slice(1), link]));

    for (const radio of document.querySelectorAll(".switch input")) {
      radio.checked = radio.value === root.dataset.shell;
      radio.addEventListener("change", () => {
        root.dataset.shell = radio.value;
        remember("sendready-shell", radio.value);
      });
    }

    const mode = document.querySelector(".mode");
    const showMode = () => mode.setAttribute("aria-pressed", String(root.dataset.mode === "dark"));
    showMode();
    mode.addEventListener("click", () => {
      root.dataset.mode = root.dataset.mode === "dark" ? "light" : "dark";
      remember("sendready-mode", root.dataset.mode);
      showMode();
    });

    const copyText = async (text) => {
      if (navigator.clipboard && window.isSecureContext) {
        await navigator.clipboard.writeText(text);
        return;
      }
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      if (!copied) throw new Error("refused");
    };
    document.addEventListener("click", async (event) => {
      const button = event.target.closest?.(".copy");
      if (!button) return;
      const label = (text) => {
        button.textContent = text;
        said.textContent = text === "Copy" ? "" : text;
      };
      try {
        await copyText(button.parentElement.querySelector("code").textContent);
        label("Copied");
      } catch {
        label("Press Ctrl+C");
        getSelection().selectAllChildren(button.parentElement.querySelector("code"));
      }
      setTimeout(() => label("Copy"), 1600);
    });

    // What is an option, a variable to fill in, a name or a value; only spans are put around text that stays as it is.
    const COMMAND = /(^|\s)(--[a-z-]+)|(\$\{(?:env:)?[A-Z0-9_]+[^}]*\}|\$env:[A-Z0-9_]+|%[A-Z][A-Z0-9_]*%|\{\{[A-Z0-9_]+(?::url)?\}\}|(?:APP|YOUR)_[A-Z0-9_]+)/gm;
    const JSON_TEXT = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null|-?\d[\d.eE+-]*)\b/g;
    const colour = (code) => {
      const json = code.classList.contains("json");
      const text = code.textContent;
      if (text.length > 50000) return;
      const parts = [];
      let end = 0;
      for (const found of text.matchAll(json ? JSON_TEXT : COMMAND)) {
        const piece = json ? found[1] ?? found[3] : found[2] ?? found[3];
        const at = found.index + (json ? 0 : (found[1] ?? "").length);
        const span = document.createElement("span");
        span.className = json ? (found[2] === undefined ? "value" : "word") : found[2] ? "word" : "fill";
        span.textContent = piece;
        parts.push(text.slice(end, at), span);
        end = at + piece.length;
      }
      code.replaceChildren(...parts, text.slice(end));
    };

    const list = document.querySelector(".list");
    list.open = !matchMedia("(max-width: 52rem)").matches;

    const intro = document.querySelector(".intro");
    const find = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      if (words.length) list.open = true;
      intro.hidden = words.length > 0;
      for (const article of articles) {
        const shown = words.every((word) => texts.get(article).includes(word));
        article.hidden = !shown;
        const link = links.get(article.id);
        if (link) link.parentElement.hidden = !shown;
        count += shown;
      }
      for (const group of document.querySelectorAll(".group")) {
        group.hidden = !group.querySelector("article:not([hidden]), li:not([hidden])");
      }
      document.querySelector(".nothing").hidden = count > 0;
      document.querySelector(".found").textContent = words.length ? `${count} of ${articles.length} requests` : "";
    };
    search.addEventListener("input", find);
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
        event.preventDefault();
        search.focus();
      } else if (event.key === "Escape" && document.activeElement === search) {
        search.value = "";
        find();
      }
    });

    const reveal = (event) => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      if (target.hidden) {
        search.value = "";
        find();
      }
      target.scrollIntoView({ behavior: event ? "auto" : "instant" });
    };
    addEventListener("hashchange", reveal);
    reveal();

    // The list beside the page follows what is read; where it lies above, it has nothing to scroll.
    const side = document.querySelector(".side");
    const follow = (link) => {
      const [inner, outer] = [link.getBoundingClientRect(), side.getBoundingClientRect()];
      if (inner.top < outer.top || inner.bottom > outer.bottom) {
        side.scrollTop += inner.top - outer.top - side.clientHeight / 2;
      }
    };
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        const link = links.get(entry.target.id);
        link?.setAttribute("aria-current", "true");
        if (link) follow(link);
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    const near = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        entry.target.querySelectorAll(".code code").forEach(colour);
      }
    }, { rootMargin: "100% 0px" });
    articles.forEach((article) => { seen.observe(article); near.observe(article); });
    document.querySelectorAll(".start .code code").forEach(colour);
  };
  document.addEventListener("DOMContentLoaded", ready);
})();
