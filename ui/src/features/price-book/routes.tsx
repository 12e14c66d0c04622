import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";

export const pricesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/prices",
    component: lazyRouteComponent(() => import("./PriceBookScreen"), "PriceBookScreen"),
  }),
] as const;
