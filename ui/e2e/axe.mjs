// Accessibility of screens with the fake host, light and dark: node e2e/axe.mjs [route...]
// Needs the dev server (npm run dev) and Chromium. Ends with 1 when axe finds something.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const ROUTES = ["/usage", "/prices", "/plans", "/customers", "/invoices", "/settings", "/dev/screen", "/dev/parts"];
const routes = process.argv.length > 2 ? process.argv.slice(2) : ROUTES;
const base = process.env.RATEBOOK_UI ?? "http://127.0.0.1:1420";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Lines of the paper are as high as they print; the inspector lists the same lines at full size
// (WCAG 2.5.8, equivalent): they are marked data-equivalent.
// Trailing zeros that repeat information are faint by design and excluded (class "faint").
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let found = 0;
for (const theme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  for (const route of routes) {
    await page.goto(`${base}/#${route}`);
    await page.reload();
    await page.waitForTimeout(800);
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run({ exclude: [".faint", "[data-equivalent]"] }, { runOnly: tags }), TAGS);
    for (const violation of violations) {
      found += violation.nodes.length;
      console.log(`${theme} ${route} ${violation.id}: ${violation.help}`);
      for (const node of violation.nodes.slice(0, 4)) {
        console.log(`    ${node.html.slice(0, 160)}\n      ${node.failureSummary?.split("\n")[1] ?? ""}`);
      }
    }
  }
  await page.close();
}
await browser.close();
console.log(found === 0 ? `no findings on ${routes.length} screens` : `${found} findings`);
process.exitCode = found === 0 ? 0 : 1;
