// Pictures of screens with the fake host: node e2e/shots.mjs OUT [route...]
// Needs the dev server (npm run dev) and Chromium.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [out = "shots", ...routes] = process.argv.slice(2);
const base = process.env.RATEBOOK_UI ?? "http://127.0.0.1:1420";
const looks = (process.env.LOOKS ?? "light-1440x900,dark-1440x900,light-1100x700").split(",");
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
for (const look of looks) {
  const [theme, size] = look.split("-");
  const [width, height] = size.split("x").map((side) => Number.parseInt(side, 10));
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  page.on("console", (line) => line.type() === "error" && console.log(`  ${line.text()}`));
  page.on("pageerror", (error) => console.log(`  ${error.stack}`));
  for (const route of routes) {
    const [path, keys] = route.split("@");
    await page.goto(`${base}/#${path}`);
    await page.waitForTimeout(700);
    for (const key of keys ? keys.split(",") : []) {
      if (key.startsWith("=")) await page.keyboard.type(key.slice(1));
      else if (key.startsWith("~")) await page.locator(key.slice(1)).first().click();
      else await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
    const name = `${path.replaceAll("/", "_").replace(/^_/, "") || "start"}${keys ? `+${keys.replace(/[^\w]+/g, "")}` : ""}`;
    await page.screenshot({ path: `${out}/${name}-${look}.png` });
    console.log(`${name}-${look}.png`);
    await page.reload();
  }
  await page.close();
}
await browser.close();
