import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readInboxSearch, type InboxSearch } from "./inbox/model";
import { readImportSearch, type ImportSearch } from "./import/model";
import { readSearch, type UsageSearch } from "./model";

export const usageRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/usage",
    validateSearch: (raw): UsageSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./UsageScreen"), "UsageScreen"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/usage/import",
    validateSearch: (raw): ImportSearch => readImportSearch(raw),
    component: lazyRouteComponent(() => import("./import/ImportScreen"), "ImportScreen"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/usage/inbox",
    validateSearch: (raw): InboxSearch => readInboxSearch(raw),
    component: lazyRouteComponent(() => import("./inbox/InboxScreen"), "InboxScreen"),
  }),
] as const;
