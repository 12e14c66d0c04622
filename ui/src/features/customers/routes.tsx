import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";

export const customersRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/customers",
    component: lazyRouteComponent(() => import("./CustomersScreen"), "CustomersScreen"),
  }),
] as const;
