import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";

export const plansRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/plans",
    component: lazyRouteComponent(() => import("./PlansScreen"), "PlansScreen"),
  }),
] as const;
