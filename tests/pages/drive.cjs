// Opens a page in Chromium as a visitor does and prints, as JSON, what was seen. Usage: node drive.cjs BROWSER URL ANCHOR
"use strict";
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

async function look(context, url) {
  const page = await context.newPage();
  const seen = { errors: [], requests: [] };
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("dialog", (dialog) => { seen.errors.push("dialog"); dialog.dismiss(); });
  page.on("request", (request) => request.url().split("#")[0] !== url.split("#")[0] && seen.requests.push(request.url()));
  await page.goto(url);
  return [page, seen];
}

const visible = (page, selector) => page.locator(selector).filter({ visible: true }).count();

(async () => {
  const [executablePath, url, anchor] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const result = {};
  const context = await browser.newContext({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
  const [page, seen] = await look(context, url);
  const shells = ["posix", "cmd", "powershell"];
  result.shown = {};
  result.first = await page.evaluate(() => document.documentElement.dataset.shell);
  for (const shell of shells) {
    await page.locator(`.switch input[value=${shell}]`).focus();
    await page.keyboard.press("Space");
    result.shown[shell] = [];
    for (const other of shells) result.shown[shell].push(await visible(page, `.panel .command[data-shell=${other}]`));
  }
  await page.reload();
  result.remembered = await page.evaluate(() => document.documentElement.dataset.shell);
  const button = page.locator(`#${anchor} .command[data-shell=powershell] .copy`).first();
  await button.click();
  await page.waitForFunction(() => document.getElementById("said").textContent === "Copied");
  result.copied = await page.evaluate(() => navigator.clipboard.readText());
  result.source = await page.locator(`#${anchor} .command[data-shell=powershell] code`).first().textContent();
  await page.keyboard.press("/");
  await page.keyboard.type("zzzz-nothing");
  result.none = await visible(page, "article.request");
  result.told = (await visible(page, ".nothing")) === 1 && (await visible(page, ".intro")) === 0;
  await page.keyboard.press("Escape");
  result.all = await visible(page, "article.request");
  result.total = await page.locator("article.request").count();
  const low = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1200, height: 400 } });
  const [short] = await look(low, url);
  await short.locator("article.request").nth(-2).evaluate((article) => article.scrollIntoView());
  await short.locator(".side a[aria-current]").waitFor();
  result.followed = await short.locator(".side a[aria-current]").evaluate((link) => {
    const { top, bottom } = link.getBoundingClientRect();
    return bottom > 0 && top < innerHeight; // a name may be longer than the window
  });
  const [linked, linkedSeen] = await look(context, `${url}#${anchor}`);
  await linked.waitForTimeout(900);
  result.linked = await linked.locator(`#${anchor}`).evaluate((element) => {
    const top = element.getBoundingClientRect().top;
    return top >= -5 && top < innerHeight;
  });
  result.violations = [];
  for (const scheme of ["light", "dark"]) {
    for (const width of [1400, 390]) {
      const checked = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, bypassCSP: true });
      const [one] = await look(checked, url);
      await one.addScriptTag({ path: axe });
      const report = await one.evaluate(() => window.axe.run());
      const serious = report.violations.filter((found) => ["serious", "critical"].includes(found.impact));
      result.violations.push(...serious.map((found) => `${scheme} ${width}: ${found.id}: ${found.nodes[0].html.slice(0, 160)}`));
      result.wider = await one.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      await checked.close();
    }
  }
  const windows = await browser.newContext();
  await windows.addInitScript(() => Object.defineProperty(navigator, "userAgentData", { value: { platform: "Windows" } }));
  const [there] = await look(windows, url);
  result.windows = await there.evaluate(() => document.documentElement.dataset.shell);
  result.ran = await page.evaluate(() => Boolean(window.pwned));
  result.errors = [...seen.errors, ...linkedSeen.errors];
  result.requests = [...seen.requests, ...linkedSeen.requests];
  await browser.close();
  console.log(JSON.stringify(result));
})().catch((error) => { console.error(error); process.exit(1); });
