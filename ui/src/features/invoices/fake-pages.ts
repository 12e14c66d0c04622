import type { InvoiceRow } from "../../ipc/generated/types";
import pages from "./fake-pages.json";

/** A layout that crate `pdf` made of its sample document, under the name of the row. */
export function samplePages(row: InvoiceRow): unknown {
  const drafted = row.number === null;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      items: page.items
        .filter((item) => drafted || item.text !== "Draft")
        .map((item) => {
          // Another name has another width: without one it is drawn as wide as it is.
          if (item.text === "Nordlicht Versicherung AG") return { ...item, text: row.customer, width: 0 };
          if (item.text === "given when finalized" && !drafted) return { ...item, text: row.number, width: 0 };
          return item;
        }),
    })),
  };
}
