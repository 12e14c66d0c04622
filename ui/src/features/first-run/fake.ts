import type { FakeHandlers } from "../../ipc/fake";
import { stepsOf, takeBack } from "../../ipc/fake-steps";
import type { BookReply, BookStatusReply, OpenBook } from "../../ipc/generated/types";

const BOOK: OpenBook = {
  path: "/home/mara/halden.ratebook",
  name: "halden.ratebook",
  company: "Halden Systems",
  currency: "EUR",
  zone: "Europe/Berlin",
  locale: "en-GB",
  sample: true,
  customers: 12,
  savedAt: "2026-11-03T08:42:07Z",
  backupAt: "2026-11-03T08:00:00Z",
  undo: { code: "customer_save", subject: "Nordlicht Versicherung" },
  redo: null,
  months: ["2026-10", "2026-09", "2026-08"],
};

const status = (book: OpenBook | null): BookStatusReply => ({
  version: "0.1.0",
  defaultFolder: "/home/mara/Documents",
  builtIn: { models: 4552, providers: 153, seenOn: "2026-10-30" },
  recent: [
    { path: BOOK.path, name: BOOK.name, present: true },
    { path: "/home/mara/trial.ratebook", name: "trial.ratebook", present: false },
  ],
  notOpened: null,
  book,
});

/** A book that can be opened, closed, undone; `?book=none` in the address starts without one. */
export const fake: FakeHandlers = {
  book_status: (_request: never, { memory }) => {
    const none = globalThis.location?.search.includes("book=none") ?? false;
    if (!memory.has("book")) memory.set("book", none ? null : BOOK);
    const book = memory.get("book") as OpenBook | null;
    const last = stepsOf(memory).at(-1);
    return status(book && last ? { ...book, undo: { code: last.code, subject: last.subject } } : book);
  },
  book_counts: () => ({ drafts: 11, inbox: 3 }),
  book_open: (_request: never, { memory }) => open(memory, BOOK),
  book_create: (_request: never, { memory }) => open(memory, { ...BOOK, company: "", sample: false }),
  book_sample_open: (_request: never, { memory }) => open(memory, BOOK),
  book_sample_remove: (_request: never, { memory }) => open(memory, null),
  book_close: (_request: never, { memory }) => open(memory, null),
  backup_create: () => ({ path: "/home/mara/halden 2026-11-03.ratebook" }),
  undo: (_request: never, { memory }) => takeBack(memory) ? { book: memory.get("book") as OpenBook } : step(memory, (book) => ({ ...book, undo: null, redo: book.undo })),
  redo: (_request: never, { memory }) => step(memory, (book) => ({ ...book, undo: book.redo, redo: null })),
  choices: () => ({
    currencies: ["EUR", "USD", "GBP", "CHF", "SEK", "JPY"],
    zones: ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo"],
    locales: ["en-GB", "en-US", "de-DE", "fr-FR"],
    endpointSchemes: ["EM", "0204", "0088", "9930"],
    countries: ["DE", "AT", "CH", "FR", "GB", "SE", "US", "JP"],
    dimensions: ["input", "output", "cache_read", "cache_write"],
  }),
  search: () => ({ hits: [] }),
};

function open(memory: Map<string, unknown>, book: OpenBook | null): BookReply {
  memory.set("book", book);
  return { book };
}

function step(memory: Map<string, unknown>, change: (book: OpenBook) => OpenBook): BookReply {
  const book = memory.get("book") as OpenBook | null;
  return open(memory, book && change(book));
}
