import { createRootRouteWithContext } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { Frame } from "./frame/Frame";
import { NotFound, ScreenError, ScreenPending } from "./fallbacks";

/** What loaders get: the query client, to warm a screen before it shows. */
export interface RouterContext {
  client: QueryClient;
}

/** Parent of all screens. Features hang their routes here (`getParentRoute: () => rootRoute`). */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Frame,
  errorComponent: ScreenError,
  notFoundComponent: NotFound,
  pendingComponent: ScreenPending,
});
