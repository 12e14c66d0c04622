import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type CustomersSearch } from "./model";

export const customersRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/customers",
    validateSearch: (raw): CustomersSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./CustomersScreen"), "CustomersScreen"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/customers/$id",
    component: lazyRouteComponent(() => import("./CustomerScreen"), "CustomerScreen"),
  }),
] as const;
