// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

interface Source {
  path: string;
  text: string;
}

function sources(pattern: RegExp): Source[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => pattern.test(path) && !path.startsWith("ipc/generated/"))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

const code = sources(/\.tsx?$/);
/** Screens and parts that people see; the pages of `dev/` are for us. */
const screens = code.filter(({ path }) => path.endsWith(".tsx") && !/^dev\/|\.test\.tsx$/.test(path));

describe("house rules", () => {
  it("keeps files small", () => {
    const lines = (source: Source) => source.text.split("\n").length;
    const long = code.filter((one) => lines(one) > (one.path.endsWith("x") ? 350 : 400));
    expect(long.map((one) => `${one.path}: ${lines(one)} lines`)).toEqual([]);
  });

  it("makes no number of an exact figure", () => {
    const allowed = /^(lib\/decimal\.ts|components\/charts\/|dev\/)|\.test\.tsx?$|(^|\/)fake[^/]*\.ts$/;
    const banned = /\btoFixed\(|\bparseFloat\(|\bNumber\(/;
    const found = code.filter(({ path, text }) => !allowed.test(path) && banned.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it("draws no raw colour outside the tokens", () => {
    const styles = sources(/\.css$/).filter(({ path }) => path !== "styles/tokens.css");
    // White light on a primary button is not a colour of the palette.
    const raw = /#[0-9a-f]{3,8}\b|\brgba?\((?!255 255 255)|\bhsla?\(/i;
    expect(styles.filter(({ text }) => raw.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("takes every word from the locale files", () => {
    expect(screens.flatMap(literals)).toEqual([]);
  });

  it("says every word once", () => {
    expect(readdirSync(join(ROOT, "locales/en")).flatMap(saidTwice)).toEqual([]);
  });

  it("uses only words that exist", () => {
    expect(code.filter(({ path }) => !/^dev\/|\.test\.tsx?$/.test(path)).flatMap(unknownKeys)).toEqual([]);
  });
});

const SPOKEN = new Set(["label", "title", "placeholder", "hint", "aria-label", "alt", "detail", "note", "text", "summary"]);
/** Signs, units and names that are the same in every language. */
/** A key handed on as a prop: the part that gets it calls `t`. */
const isKey = (text: string) =>
  /^[\w-]+(\.[\w-]+)+$/.test(text) && Object.keys(locales).some((name) => exists(name, text));
const NO_WORDS = /^[^\p{L}]*$|^(PDF|CSV|JSON|IBAN|BIC|VAT|EUR|USD|UTC)$/u;

/** Words that stand in JSX or in a prop that people read, without going through `t`. */
function literals({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  function report(node: ts.Node, words: string) {
    if (NO_WORDS.test(words.trim()) || isKey(words.trim())) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push(`${path}:${line + 1} ${words.trim()}`);
  }
  function visit(node: ts.Node) {
    if (ts.isJsxText(node)) report(node, node.text);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(file))) {
      if (node.initializer && ts.isStringLiteral(node.initializer)) report(node, node.initializer.text);
    }
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) {
      if (ts.isStringLiteralLike(node.expression)) report(node, node.expression.text);
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

type Words = { [key: string]: string | Words };
const locales: Record<string, Words> = {};
for (const path of readdirSync(join(ROOT, "locales/en"))) {
  const words: unknown = JSON.parse(readFileSync(join(ROOT, "locales/en", path), "utf8"));
  locales[path.replace(/\.json$/, "")] = words as Words;
}

/** Keys that stand twice in one object: reading JSON keeps the last one without a word. */
function saidTwice(name: string): string[] {
  const file = ts.parseJsonText(name, readFileSync(join(ROOT, "locales/en", name), "utf8"));
  const found: string[] = [];
  function visit(node: ts.Node) {
    if (ts.isObjectLiteralExpression(node)) {
      const keys = node.properties.map((property) => property.name?.getText(file) ?? "");
      found.push(...keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `${name}: ${key}`));
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

function exists(namespace: string, key: string): boolean {
  let at: string | Words | undefined = locales[namespace];
  const parts = key.split(".");
  for (const [depth, part] of parts.entries()) {
    if (typeof at !== "object") return false;
    const last: boolean = depth === parts.length - 1;
    at = at[part] ?? (last ? at[`${part}_other`] : undefined);
  }
  return at !== undefined;
}

/** Keys given to `t` as plain text that no locale file has. Keys put together are not looked at. */
function unknownKeys({ path, text }: Source): string[] {
  const namespaces = [...text.matchAll(/useTranslation\(\s*(?:\[([^\]]*)\]|("[\w-]+"))/g)].flatMap((hit) =>
    [...(hit[1] ?? hit[2] ?? "").matchAll(/"([\w-]+)"/g)].map((name) => name[1] ?? ""),
  );
  const keys = [...text.matchAll(/\bt\(\s*"([\w:.-]+)"/g)].map((hit) => hit[1] ?? "");
  return keys
    .filter((key) => {
      const [first = "", rest] = key.split(":");
      if (rest !== undefined) return !exists(first, rest);
      // A file may use several namespaces in several components.
      return !(namespaces.length === 0 ? ["common"] : namespaces).some((name) => exists(name, key));
    })
    .map((key) => `${path}: ${key}`);
}
