import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/base.css";
import "./lib/i18n";
import { App } from "./app/App";
import { makeRouter } from "./app/router";
import { installShortcuts } from "./app/use-shortcut";
import { type Host, installHost } from "./ipc/host";
import { createQueryClient } from "./ipc/query";
import { applyPreferences, watchSystemTheme } from "./lib/preferences";

async function chooseHost(): Promise<Host> {
  // The browser page exists for development and tests only; the shipped bundle leaves it out.
  if (import.meta.env.MODE !== "production" && !("__TAURI_INTERNALS__" in window)) {
    const { repositoryFake } = await import("./ipc/fake");
    return repositoryFake();
  }
  const { tauriHost } = await import("./ipc/tauri");
  return tauriHost;
}

async function start() {
  installHost(await chooseHost());
  applyPreferences();
  watchSystemTheme();
  installShortcuts();
  const client = createQueryClient();
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <App client={client} router={makeRouter(client)} />
    </StrictMode>,
  );
}

void start();
