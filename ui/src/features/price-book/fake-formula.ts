/** A small reckoner for the fake host: numbers, names, `+ - * /`, `min`, `max`, `round`, `row(…)`. */
export class FormulaFault extends Error {
  constructor(
    readonly code: string,
    readonly at: number,
    readonly word = "",
  ) {
    super(code);
  }
}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?|\.\d+)|([a-z_][a-z_\d]*)|(\S))/gy;

export function reckon(text: string, names: Record<string, number | undefined>, row: (name: string) => number | undefined): number {
  const source = text.replace(/^(\s*)=/, "$1 ");
  const tokens: { text: string; at: number; kind: "number" | "name" | "sign" }[] = [];
  TOKEN.lastIndex = 0;
  for (let hit = TOKEN.exec(source); hit; hit = TOKEN.exec(source)) {
    const word = hit[1] ?? hit[2] ?? hit[3] ?? "";
    tokens.push({ text: word, at: TOKEN.lastIndex - word.length, kind: hit[1] ? "number" : hit[2] ? "name" : "sign" });
  }
  let next = 0;
  const end = source.length;
  const is = (sign: string) => tokens[next]?.text === sign;
  const closing = () => {
    if (!is(")")) throw new FormulaFault("expected_closing", tokens[next]?.at ?? end, tokens[next]?.text);
    next += 1;
  };
  function values(): number[] {
    const found = [sum()];
    while (is(",")) {
      next += 1;
      found.push(sum());
    }
    closing();
    return found;
  }
  function call(name: string, at: number): number {
    next += 1;
    if (name === "row") {
      const wanted = tokens[next]?.text ?? "";
      next += 1;
      closing();
      const value = row(wanted);
      if (value === undefined) throw new FormulaFault("not_known", at, wanted);
      return value;
    }
    const given = values();
    if (name === "max") return Math.max(...given);
    if (name === "min") return Math.min(...given);
    if (name !== "round") throw new FormulaFault("unknown_function", at, name);
    const [value = 0, step = 1] = given;
    if (step <= 0) throw new FormulaFault("step_not_positive", at);
    return Math.round(value / step + 1e-9) * step;
  }
  function value(): number {
    const token = tokens[next];
    if (!token) throw new FormulaFault("expected_value", end);
    next += 1;
    if (token.kind === "number") return Number(token.text);
    if (token.text === "-") return -value();
    if (token.text === "(") {
      const inner = sum();
      closing();
      return inner;
    }
    if (token.kind !== "name") throw new FormulaFault("expected_value", token.at, token.text);
    if (is("(")) return call(token.text, token.at);
    if (!(token.text in names)) throw new FormulaFault("unknown_name", token.at, token.text);
    const known = names[token.text];
    if (known === undefined) throw new FormulaFault("not_known", token.at, token.text);
    return known;
  }
  function product(): number {
    let left = value();
    while (is("*") || is("/")) {
      const sign = tokens[next];
      next += 1;
      const right = value();
      if (sign?.text === "/" && right === 0) throw new FormulaFault("division_by_zero", sign.at);
      left = sign?.text === "*" ? left * right : left / right;
    }
    return left;
  }
  function sum(): number {
    let left = product();
    while (is("+") || is("-")) {
      const isPlus = is("+");
      next += 1;
      left = isPlus ? left + product() : left - product();
    }
    return left;
  }
  const result = sum();
  if (next < tokens.length) throw new FormulaFault("expected_end", tokens[next]?.at ?? end, tokens[next]?.text);
  return result;
}
