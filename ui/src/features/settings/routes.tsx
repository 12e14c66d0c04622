import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { readSearch, type SettingsSearch } from "./model";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/settings",
    validateSearch: (raw): SettingsSearch => readSearch(raw),
    component: lazyRouteComponent(() => import("./SettingsScreen"), "SettingsScreen"),
  }),
] as const;
