import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type AuditSearch } from "./model";

export const auditRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/audit",
    validateSearch: (raw): AuditSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./AuditScreen"), "AuditScreen"),
  }),
] as const;
