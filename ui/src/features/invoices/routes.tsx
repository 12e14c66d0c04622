import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type InvoicesSearch } from "./model";
import { readOpenSearch, type OpenSearch } from "./receivables";

export const invoicesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/invoices",
    validateSearch: (raw): InvoicesSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./InvoicesScreen"), "InvoicesScreen"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/invoices/open",
    validateSearch: (raw): OpenSearch => readOpenSearch(raw),
    component: lazyRouteComponent(() => import("./OpenInvoicesScreen"), "OpenInvoicesScreen"),
  }),
] as const;
