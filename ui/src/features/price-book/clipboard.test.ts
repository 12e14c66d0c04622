import { expect, it } from "vitest";
import type { DecimalString } from "../../lib/decimal";
import { type Block, figureOf, readBlock, readTsv, repeated, toHtml, toTsv } from "./clipboard";
import { fakeRow, MODELS, RULES } from "./fake-data";

const number = (text: string) => text as DecimalString;
const plain: Block = {
  head: null,
  rows: [
    { name: null, cells: [number("2.236"), null] },
    { name: null, cells: [number("0.0000125"), number("-1.5")] },
  ],
  isPercent: false,
};
const whole: Block = {
  head: ["Model", "Input", "Output"],
  rows: [{ name: "openai/gpt-6.1-sol", cells: [number("31"), number("-2.3")] }],
  isPercent: true,
};

it("copies exact figures with tabs, in the signs of the language", () => {
  expect(toTsv(plain, "en-GB")).toBe("2.236\t\n0.0000125\t-1.5");
  expect(toTsv(plain, "de-DE")).toBe("2,236\t\n0,0000125\t-1,5");
});

it("copies whole rows with head and names, percents as percents", () => {
  expect(toTsv(whole, "en-GB")).toBe("Model\tInput\tOutput\nopenai/gpt-6.1-sol\t31%\t-2.3%");
});

it("says each number in the table without a language", () => {
  const html = toHtml(plain, "de-DE");
  expect(html).toContain('<td x:num="2.236" sdval="2.236">2,236</td><td></td>');
  expect(toHtml(whole, "de-DE")).toContain('<td x:num="-0.023" sdval="-0.023">-2,3%</td>');
});

it("writes no name as markup", () => {
  expect(toHtml({ ...whole, head: ["<b>"] }, "en-GB")).toContain("<th>&lt;b&gt;</th>");
});

it("reads back what it copies, by either way", () => {
  const cells = [["2.236", ""], ["0.0000125", "-1.5"]];
  expect(readBlock(toTsv(plain, "en-GB"), "")).toEqual(cells);
  expect(readBlock("nothing of this", toHtml(plain, "en-GB"))).toEqual(cells);
});

it("reads quoted cells, line ends of all systems and lines of different length", () => {
  expect(readTsv('a\t"b\tc"\r\n"say ""no"""\t2\rlast')).toEqual([["a", "b\tc"], ['say "no"', "2"], ["last"]]);
  expect(readBlock("\n1\t2\t3\n4\n\t\n", "")).toEqual([["1", "2", "3"], ["4", "", ""]]);
  expect(readBlock("", "")).toEqual([]);
  expect(readTsv("1\t")).toEqual([["1", ""]]);
});

it("reads spreadsheet tables with joined cells and line breaks", () => {
  const html = '<meta><table><tr><th colspan="2">Price</th></tr><tr><td> 1 </td><td>2\n</td></tr></table>';
  expect(readBlock("", html)).toEqual([["Price", ""], ["1", "2"]]);
});

it("keeps cells that are joined downwards in their columns, and numbers of two lines apart", () => {
  const html = '<table><tr><td rowspan="2">a</td><td>1<br>2</td></tr><tr><td>3</td></tr><tr><td>b</td><td>4</td></tr></table>';
  expect(readBlock("", html)).toEqual([["a", "1 2"], ["", "3"], ["b", "4"]]);
  expect(readBlock("", '<table><tr><td colspan="0">1</td><td colspan="99999">2</td></tr></table>')[0]?.length).toBe(51);
});

it("reads what spreadsheets put on the clipboard", () => {
  const excel = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-number-format:"0.00"}</style></head>
    <body><table border=0><col width=64><!--StartFragment--><tr height=20><td class=xl65 align=right>2.50</td><td>soon</td></tr><!--EndFragment--></table></body></html>`;
  expect(readBlock("2.50\tsoon", excel)).toEqual([["2.50", "soon"]]);
  const libre = '<meta name="generator" content="LibreOffice"/><table cellspacing="0"><colgroup span="2"></colgroup><tr><td sdval="2.5" sdnum="1031;"><font face="Arial">2,5</font></td><td><br></td></tr></table>';
  expect(readBlock("", libre)).toEqual([["2,5", ""]]);
  const sheets = '<google-sheets-html-origin><style></style><table><tbody><tr><td data-sheets-value="{}">$12.47</td></tr></tbody></table></google-sheets-html-origin>';
  expect(readBlock("", sheets)).toEqual([["$12.47"]]);
});

it("repeats a block in a selection that it fits into, and leaves others as they are", () => {
  const cells = { rows: 2, columns: 2 };
  expect(repeated([["3"]], cells)).toEqual([["3", "3"], ["3", "3"]]);
  expect(repeated([["3", "4"]], cells)).toEqual([["3", "4"], ["3", "4"]]);
  for (const block of [[["1", "2"], ["3", "4"]], [["1", "2", "3"]], [["1"], ["2"], ["3"]]]) expect(repeated(block, cells)).toEqual(block);
});

it("copies what the view shows, and nothing where nothing is offered", () => {
  const sol = MODELS.find((model) => model.model === "gpt-6.1-sol");
  const row = sol && fakeRow(sol, RULES);
  expect(["cost", "markup", "sell", "margin"].map((view) => figureOf(row, "output_tokens", view as "cost"))).toEqual(["8.6", "30", "11.18", "23.1"]);
  expect(figureOf(row, "web_searches", "sell")).toBeNull();
});
