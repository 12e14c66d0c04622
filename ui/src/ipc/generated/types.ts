// Placeholder with the shape of the generated file, until the command list writes it.
export interface BookStatus {
  name: string;
  file: string;
  timeZone: string;
  currency: string;
  lastSavedAt: string | null;
  lastBackupAt: string | null;
  undo: { code: string; params: Record<string, string> } | null;
  redo: { code: string; params: Record<string, string> } | null;
  inbox: number;
  customers: number;
  drafts: number;
}

export type Tag = "book" | "customer" | "price" | "plan" | "usage" | "invoice" | "company";
