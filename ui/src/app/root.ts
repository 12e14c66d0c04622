import { createRootRouteWithContext, redirect } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { fetchCommand } from "../ipc/query";
import { Frame } from "./frame/Frame";
import { NotFound, ScreenError, ScreenPending } from "./fallbacks";

/** What loaders get: the query client, to warm a screen before it shows. */
export interface RouterContext {
  client: QueryClient;
}

/** Parent of all screens. Features hang their routes here (`getParentRoute: () => rootRoute`). */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  // Without a book there is one place to be: where one is opened or made.
  async beforeLoad({ context, location }) {
    if (location.pathname === "/" || location.pathname.startsWith("/dev/")) return;
    const { book } = await fetchCommand(context.client, "book_status", {});
    if (!book) throw redirect({ to: "/", replace: true });
  },
  component: Frame,
  errorComponent: ScreenError,
  notFoundComponent: NotFound,
  pendingComponent: ScreenPending,
});
