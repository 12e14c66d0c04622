import type { FakeHandlers } from "../ipc/fake";

/** An open book for tests of whole screens. */
export const openBook: FakeHandlers = {
  book_status: () => ({
    version: "0.1.0",
    defaultFolder: "/home/mara",
    builtIn: { models: 4552, providers: 153, seenOn: "2026-10-30" },
    recent: [],
    notOpened: null,
    book: {
      path: "/home/mara/halden.ratebook",
      name: "halden.ratebook",
      company: "Halden Systems",
      currency: "EUR",
      zone: "Europe/Berlin",
      locale: "en-GB",
      sample: true,
      customers: 12,
      savedAt: null,
      backupAt: null,
      undo: null,
      redo: null,
      months: ["2026-10", "2026-09", "2026-08"],
    },
  }),
  book_counts: () => ({ drafts: 11, inbox: 3 }),
};
