import type { CommandName, Reply, Request } from "./commands";
import type { Progress } from "./generated/types";

export type { Progress };

export interface FileFilter {
  name: string;
  extensions: string[];
}

export interface OpenOptions {
  title?: string;
  filters?: FileFilter[];
  multiple?: boolean;
}

export interface SaveOptions {
  title?: string;
  filters?: FileFilter[];
  suggestedName?: string;
}

export type DropEvent =
  | { kind: "over" }
  | { kind: "leave" }
  | { kind: "drop"; paths: string[] };

export interface Platform {
  /** "desktop" is the real window, "browser" a page with the fake host. */
  host: "desktop" | "browser";
  os: "linux" | "macos" | "windows" | "unknown";
  version: string;
}

/** The only way from the UI to the machine. `tauri.ts` is the real one, `fake.ts` for browsers. */
export interface Host {
  call<N extends CommandName>(name: N, request: Request<N>): Promise<Reply<N>>;
  job<N extends CommandName>(
    name: N,
    request: Omit<Request<N>, "jobId">,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Reply<N>>;
  /** Files dragged over the window. Returns the function that ends listening. */
  onFileDrop(listener: (event: DropEvent) => void): () => void;
  /** Paths chosen in the system's dialog; empty when it was closed. */
  openFiles(options?: OpenOptions): Promise<string[]>;
  saveFile(options?: SaveOptions): Promise<string | null>;
  pickFolder(title?: string): Promise<string | null>;
  platform: Platform;
}

let installed: Host | null = null;

export function installHost(host: Host): void {
  installed = host;
}

export function host(): Host {
  if (!installed) throw new Error("no host installed");
  return installed;
}
