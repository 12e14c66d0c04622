import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type PriceSearch } from "./model";

export const pricesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prices",
    validateSearch: (raw): PriceSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./PriceBookScreen"), "PriceBookScreen"),
  }),
] as const;
