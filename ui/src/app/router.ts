import { createHashHistory, createRouter } from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { auditRoutes } from "../features/audit/routes";
import { customersRoutes } from "../features/customers/routes";
import { firstRunRoutes } from "../features/first-run/routes";
import { invoicesRoutes } from "../features/invoices/routes";
import { plansRoutes } from "../features/plans/routes";
import { pricesRoutes } from "../features/price-book/routes";
import { settingsRoutes } from "../features/settings/routes";
import { usageRoutes } from "../features/usage/routes";
import { devRoutes } from "../dev/routes";
import { ScreenError } from "./fallbacks";
import { rootRoute } from "./root";

const routeTree = rootRoute.addChildren([
  ...firstRunRoutes,
  ...pricesRoutes,
  ...plansRoutes,
  ...usageRoutes,
  ...customersRoutes,
  ...invoicesRoutes,
  ...auditRoutes,
  ...settingsRoutes,
  ...devRoutes,
]);

/** Every screen has an address; in the window it stands behind the `#`. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    history: createHashHistory(),
    context: { client },
    // At each screen, so that the frame around it stays.
    defaultErrorComponent: ScreenError,
    defaultPreload: "intent",
    defaultPendingMs: 400,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
