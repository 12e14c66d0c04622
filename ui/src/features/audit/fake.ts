import { ApiError } from "../../ipc/errors";
import type { FakeHandlers } from "../../ipc/fake";
import type { AuditGetRequest, AuditListRequest, AuditRow } from "../../ipc/generated/types";

const customer = { kind: "customer", id: "c-1042", label: "Nordlicht Studio" };
const invoice = { kind: "invoice", id: "i-0487", label: "HS-2026-0487" };

const ROWS: readonly AuditRow[] = [
  { seq: 5, at: "2026-11-03T09:42:10Z", who: "mara", shell: "window", code: "payment_reverse", subject: "HS-2026-0487", reason: "meant for another invoice", areas: ["payment"], objects: [invoice] },
  { seq: 4, at: "2026-11-03T09:40:02Z", who: "mara", shell: "window", code: "payment_add", subject: "HS-2026-0487", reason: "", areas: ["payment"], objects: [invoice] },
  { seq: 3, at: "2026-11-03T09:12:44Z", who: "bill", shell: "command_line", code: "invoice_finalize", subject: "HS-2026-0487", reason: "", areas: ["invoice"], objects: [customer, invoice] },
  { seq: 2, at: "2026-11-01T08:00:00Z", who: "mara", shell: "window", code: "price_publish", subject: "12", reason: "cut of the provider", areas: ["price"], objects: [{ kind: "price_version", id: "12", label: "" }] },
  { seq: 1, at: "2026-10-30T16:20:00Z", who: "mara", shell: "window", code: "customer_save", subject: "Nordlicht Studio", reason: "", areas: ["customer"], objects: [customer] },
];

export const fake: FakeHandlers = {
  audit_list: ({ filter, skip, limit }: AuditListRequest) => {
    const wanted = filter.search.toLowerCase();
    const found = ROWS.filter(
      (row) =>
        [row.code, row.subject, row.reason, row.who].some((text) => text.toLowerCase().includes(wanted)) &&
        (filter.area === null || row.areas.includes(filter.area)) &&
        (filter.object === null || row.objects.some((object) => object.id === filter.object)) &&
        (filter.from === null || row.at.slice(0, 10) >= filter.from) &&
        (filter.to === null || row.at.slice(0, 10) <= filter.to),
    );
    return { rows: found.slice(skip, skip + limit), total: found.length, areas: ["customer", "invoice", "payment", "price"] };
  },
  audit_get: ({ seq }: AuditGetRequest) => {
    const row = ROWS.find((one) => one.seq === seq);
    if (!row) throw new ApiError({ code: "not_found" });
    const fields = [
      { name: "tax_id", before: seq === 1 ? "DE811907980" : null, after: "DE123456789" },
      { name: "notes", before: null, after: "" },
    ];
    const changes = [{ table: row.areas[0] ?? "", added: 0, changed: 3, removed: 0, rows: [{ of: "C-1042", fields }] }];
    return { row, hash: "9f2c".repeat(16), changes };
  },
  audit_export: () => ({ rows: ROWS.length }),
};
