import type { FakeHandlers } from "../../ipc/fake";

export const fake: FakeHandlers = {
  book_status: () => ({
    version: "0.1.0",
    defaultFolder: "/home/mara/Documents",
    builtIn: { models: 4552, providers: 153, seenOn: "2026-10-30" },
    recent: [
      { path: "/home/mara/halden.ratebook", name: "halden.ratebook", present: true },
      { path: "/home/mara/trial.ratebook", name: "trial.ratebook", present: false },
    ],
    book: {
      path: "/home/mara/halden.ratebook",
      name: "halden.ratebook",
      company: "Halden Systems",
      currency: "EUR",
      zone: "Europe/Berlin",
      locale: "en-GB",
      sample: true,
      customers: 12,
      drafts: 11,
      inbox: 3,
      savedAt: "2026-11-03T08:42:07Z",
      backupAt: "2026-11-03T08:00:00Z",
      undo: { code: "customer_save", subject: "Nordlicht Versicherung" },
      redo: null,
      months: ["2026-10", "2026-09", "2026-08"],
    },
  }),
};
