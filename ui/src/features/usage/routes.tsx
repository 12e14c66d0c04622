import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";

export const usageRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/usage",
    component: lazyRouteComponent(() => import("./UsageScreen"), "UsageScreen"),
  }),
] as const;
