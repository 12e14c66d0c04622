import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readCustomerSearch, readSearch, type CustomerSearch, type CustomersSearch } from "./model";

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
    validateSearch: (raw): CustomerSearch => readCustomerSearch(raw),
    component: lazyRouteComponent(() => import("./CustomerScreen"), "CustomerScreen"),
  }),
] as const;
