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

    const find = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
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

    const reveal = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      if (target.hidden) {
        search.value = "";
        find();
      }
      target.scrollIntoView();
    };
    addEventListener("hashchange", reveal);
    reveal();

    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    articles.forEach((article) => seen.observe(article));
  };
  document.addEventListener("DOMContentLoaded", ready);
})();
