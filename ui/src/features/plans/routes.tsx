import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type PlansSearch } from "./model";

export const plansRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/plans",
    validateSearch: (raw): PlansSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./PlansScreen"), "PlansScreen"),
  }),
] as const;
