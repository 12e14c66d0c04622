import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { draw } from "../../test/render";
import { EmptyState, NoResult } from "../States";
import { DataTable, type Column, type DataTableProps } from "./DataTable";

interface Row {
  id: string;
  name: string;
  amount: string;
}

const rows: Row[] = [
  { id: "a", name: "Trellis", amount: "9.50" },
  { id: "b", name: "Alpenrad", amount: "100.00" },
  { id: "c", name: "Kestrel", amount: "-10.00" },
];
const columns: Column<Row>[] = [
  { id: "name", head: "Customer", sortBy: (row) => ({ text: row.name }), cell: (row) => row.name },
  { id: "amount", head: "Amount", align: "end", sortBy: (row) => ({ figure: row.amount }), cell: (row) => row.amount },
];

async function table(more: Partial<DataTableProps<Row>> = {}) {
  await draw(
    <DataTable
      label="Customers"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title="Customers appear here." />}
      noResult={<NoResult title="None is called that." />}
      {...more}
    />,
  );
  return screen.findByRole("grid", { name: "Customers" });
}

const names = (grid: HTMLElement) =>
  within(grid)
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("gridcell")[0]?.textContent);

describe("a table", () => {
  it("sorts by a press on the head and says so", async () => {
    const grid = await table();
    await userEvent.click(within(grid).getByRole("button", { name: "Amount" }));
    expect(names(grid)).toEqual(["Kestrel", "Trellis", "Alpenrad"]);
    expect(within(grid).getByRole("columnheader", { name: "Amount" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("selects with arrows and J, K, and opens with Enter", async () => {
    const onSelect = vi.fn<(row: Row) => void>();
    const onOpen = vi.fn<(row: Row) => void>();
    const grid = await table({ onSelect, onOpen });
    grid.focus();
    await userEvent.keyboard("{ArrowDown}j");
    expect(onSelect).toHaveBeenLastCalledWith(rows[1]);
    expect(within(grid).getByRole("row", { selected: true }).textContent).toContain("Alpenrad");
    await userEvent.keyboard("k{Enter}");
    expect(onOpen).toHaveBeenCalledWith(rows[0]);
  });

  it("hears J without focus when it owns the page's keys", async () => {
    const onSelect = vi.fn<(row: Row) => void>();
    await table({ onSelect, pageKeys: true });
    await userEvent.keyboard("j");
    expect(onSelect).toHaveBeenCalledWith(rows[0]);
  });

  it("has a face for loading, empty, no result and error", async () => {
    expect((await table({ rows: undefined })).getAttribute("aria-busy")).toBe("true");
    document.body.innerHTML = "";
    await table({ rows: [] });
    expect(screen.getByText("Customers appear here.")).toBeTruthy();
    document.body.innerHTML = "";
    await table({ rows: [], isFiltered: true });
    expect(screen.getByText("None is called that.")).toBeTruthy();
    document.body.innerHTML = "";
    const onRetry = vi.fn<() => void>();
    await table({ rows: undefined, error: { text: "The book is busy." }, onRetry });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it("says how many rows it does not show", async () => {
    await table({ total: 4552 });
    expect(screen.getByText(/3 of 4,552 rows/)).toBeTruthy();
  });
});
