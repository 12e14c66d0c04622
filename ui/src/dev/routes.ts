import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/root";

/** All parts on two screens, in development only: nothing links here. */
export const devRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/dev/screen",
    component: lazyRouteComponent(() => import("./SampleScreen"), "SampleScreen"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/dev/parts",
    component: lazyRouteComponent(() => import("./Parts"), "Parts"),
  }),
] as const;
