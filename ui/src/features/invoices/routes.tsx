import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type InvoicesSearch } from "./model";

export const invoicesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/invoices",
    validateSearch: (raw): InvoicesSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./InvoicesScreen"), "InvoicesScreen"),
  }),
] as const;
