// Tasks by keyboard alone with the fake host: node e2e/keyboard.mjs
// Needs the dev server (npm run dev) and Chromium. Ends with 1 when a task cannot be done.
import { chromium } from "playwright-core";

const base = process.env.RATEBOOK_UI ?? "http://127.0.0.1:1420";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

let failed = 0;
async function task(name, address, work) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(15_000);
  try {
    await page.goto(`${base}/#${address}`);
    await page.waitForSelector("#content");
    await work(page, page.keyboard);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`failed  ${name}\n        ${String(error.message).split("\n")[0]}`);
  }
  await page.close();
}

/** Presses Tab until the focus is on a control with this name. */
async function tabTo(page, name, most = 80) {
  for (let press = 0; press < most; press++) {
    const label = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
    if (name.test(label)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab reaches ${name}`);
}

await task("make one draft final and leave another", "/usage", async (page, keys) => {
  await keys.press("g");
  await keys.press("i");
  await page.getByRole("button", { name: "Finalize 6" }).waitFor();
  for (let row = 0; row < 3; row++) await keys.press("j");
  await keys.press("x");
  await page.getByRole("button", { name: "Finalize 5" }).waitFor();
  await keys.press("Control+Enter");
  await page.getByRole("alertdialog").waitFor();
  await keys.press("Control+Enter");
  await page.getByText("5 invoices are final").waitFor();
});

await task("leave the question with Esc", "/invoices", async (page, keys) => {
  await page.getByRole("button", { name: "Finalize 6" }).waitFor();
  await keys.press("Control+Enter");
  await page.getByRole("alertdialog").waitFor();
  await keys.press("Escape");
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Finalize 6" }).waitFor();
});

await task("walk the lines of the paper and ask why", "/invoices?at=draft%3Ac-1027", async (page, keys) => {
  await page.getByRole("button", { name: /gpt-6\.1-sol, Output tokens/ }).first().waitFor();
  await tabTo(page, /^gpt-6\.1-sol, Output tokens/);
  await keys.press("Enter");
  await page.getByText("Where it comes from").waitFor();
  await page.getByText("from €1,202.3040284, half away from zero").waitFor();
});

await task("give an unknown name to a customer", "/usage/inbox", async (page, keys) => {
  await page.getByText("proj_8Kx2").waitFor();
  await keys.press("j");
  await page.getByText("Whose usage is it?").waitFor();
  await tabTo(page, /^Assign$/);
  await keys.press("Enter");
  await page.getByText("proj_8Kx2 is Kestrel Robotics B.V. from now on.").waitFor();
});

await task("import a file and read the report", "/usage/import?path=%2Ftmp%2Fopenai-2026-10.csv", async (page, keys) => {
  await page.getByText("Cached tokens above input").waitFor();
  await keys.press("Control+Enter");
  await page.getByRole("heading", { name: "openai-2026-10.csv" }).waitFor();
  await page.getByText("is not a time").waitFor();
});

await task("find the bill run in the palette", "/usage", async (page, keys) => {
  await keys.press("Control+k");
  await keys.type("bill run october");
  await page.getByRole("option", { name: /Bill run of October 2026/ }).waitFor();
  await keys.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Invoices" }).waitFor();
});

await browser.close();
process.exitCode = failed === 0 ? 0 : 1;
