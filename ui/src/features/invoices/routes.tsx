import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";

export const invoicesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/invoices",
    component: lazyRouteComponent(() => import("./InvoicesScreen"), "InvoicesScreen"),
  }),
] as const;
