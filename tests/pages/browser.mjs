// Prints the path of the Chromium that package-lock.json lists (for Linux on x86-64). At the first time it is unpacked
// into node_modules, with the libraries that it needs. Usage: node browser.mjs
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../node_modules/.chromium", import.meta.url));
if (!existsSync(folder)) {
  const unpacked = mkdtempSync(`${folder}-`);
  process.env.TMPDIR = unpacked; // where the package unpacks to
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x"; // it brings the libraries along only for such a machine
  const { default: chromium } = await import("@sparticuz/chromium");
  await chromium.executablePath();
  try {
    renameSync(unpacked, folder);
  } catch {
    rmSync(unpacked, { recursive: true }); // another test was quicker
  }
}
console.log(`${folder}/chromium`);
