import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/root";

/** All parts on two screens, in development only: nothing links here. */
const routes = () => [
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
];

export const devRoutes = import.meta.env.MODE === "production" ? [] : routes();
