import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type PriceSearch } from "./model";
import { readTableSearch, type TableSearch } from "./tables/mapping";

export const pricesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prices",
    validateSearch: (raw): PriceSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./PriceBookScreen"), "PriceBookScreen"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prices/import",
    validateSearch: (raw): TableSearch => readTableSearch(raw),
    component: lazyRouteComponent(() => import("./tables/TableScreen"), "TableScreen"),
  }),
] as const;
