import type { FakeHandlers } from "../../ipc/fake";

export const fake: FakeHandlers = {
  book_status: () => ({
    name: "Halden Systems",
    file: "/home/mara/halden.ratebook",
    timeZone: "Europe/Berlin",
    currency: "EUR",
    lastSavedAt: "2026-11-03T08:42:07Z",
    lastBackupAt: "2026-11-03T08:00:00Z",
    undo: { code: "customer.save", params: { name: "Nordlicht" } },
    redo: null,
    inbox: 3,
    customers: 12,
    drafts: 11,
  }),
};
