import { ApiError, Cancelled } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  InvoiceFinalizeRequest,
  InvoiceGetRequest,
  InvoiceListRequest,
  InvoicePdfSaveRequest,
  InvoiceRow,
  InvoiceVerifyRequest,
  InvoiceVoidRequest,
} from "../../ipc/generated/types";
import { invoice, ROWS } from "./fake-data";
import { samplePages } from "./fake-pages";

function rows(context: FakeContext): InvoiceRow[] {
  return (context.memory.get("invoices") as InvoiceRow[] | undefined) ?? [...ROWS];
}

function find(request: InvoiceGetRequest, context: FakeContext): InvoiceRow {
  const found = rows(context).find((row) =>
    request.id ? row.id === request.id : row.id === null && row.customerId === request.customerId,
  );
  if (!found) throw new ApiError({ code: "not_found" });
  return found;
}

const ORDER = ["held", "draft", "finalized", "void"];
const pause = (time: number) => new Promise((done) => setTimeout(done, time));

async function work(context: FakeContext, stage: string, total: number) {
  for (let done = 0; done <= total; done++) {
    context.progress({ stage, done, total, note: null });
    await pause(90);
    if (context.signal.aborted) throw new Cancelled();
  }
}

export const fake: FakeHandlers = {
  invoice_list: (request: InvoiceListRequest, context) => {
    const month = request.month ?? "2026-10";
    const all = month === "2026-10" ? rows(context) : [];
    const sorted = all.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    const used = all.filter((row) => row.number !== null).length;
    return {
      month,
      months: ["2026-10", "2026-09", "2026-08"],
      rows: sorted,
      nextNumber: `HS-2026-0${485 + used}`,
      complete: month < "2026-11",
    };
  },
  invoice_get: (request: InvoiceGetRequest, context) => invoice(find(request, context)),
  invoice_pages: (request: InvoiceGetRequest, context) => ({ pages: samplePages(find(request, context)) }),
  invoice_file_name: (request: InvoiceGetRequest, context) => {
    const row = find(request, context);
    return { name: row.number ? `${row.number}.pdf` : `Draft ${row.customer} ${row.month}.pdf` };
  },
  invoice_finalize: async (request: InvoiceFinalizeRequest, context) => {
    const before = rows(context);
    const chosen = before.filter((row) => row.state === "draft" && request.customerIds.includes(row.customerId));
    await work(context, "finalize", chosen.length);
    let next = 485 + before.filter((row) => row.number !== null).length;
    const after = before.map((row): InvoiceRow => {
      if (!chosen.includes(row)) return row;
      const number = next++;
      return { ...row, id: `i-0${number}`, number: `HS-2026-0${number}`, state: "finalized", issuedOn: "2026-11-03" };
    });
    context.memory.set("invoices", after);
    return { invoices: after.filter((row, index) => row !== before[index]), held: [] };
  },
  invoice_pdf_save: async (request: InvoicePdfSaveRequest, context) => {
    const count = request.ids.length + request.draftCustomerIds.length;
    await work(context, "pdf", count);
    if (count === 1) return { files: [request.path] };
    return { files: [...request.ids, ...request.draftCustomerIds].map((name) => `${request.path}/${name}.pdf`) };
  },
  invoice_verify: async (request: InvoiceVerifyRequest, context) => {
    const final = rows(context).filter((row) => row.state === "finalized");
    await work(context, "verify", request.id ? 1 : final.length);
    return { checked: request.id ? 1 : final.length, findings: [] };
  },
  invoice_void: (request: InvoiceVoidRequest, context) => {
    const after = rows(context).flatMap((row): InvoiceRow[] => {
      if (row.id !== request.id) return [row];
      return [{ ...row, state: "void" }, { ...row, id: null, number: null, state: "draft", issuedOn: null }];
    });
    context.memory.set("invoices", after);
    const row = after.find((one) => one.id === request.id);
    if (!row) throw new ApiError({ code: "not_found" });
    return invoice(row);
  },
};
