import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rootRoute } from "../../app/root";
import { fetchCommand } from "../../ipc/query";

export const firstRunRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/",
    async beforeLoad({ context }) {
      const { book } = await fetchCommand(context.client, "book_status", {});
      if (book) throw redirect({ to: "/usage", replace: true });
    },
    component: lazyRouteComponent(() => import("./FirstRunScreen"), "FirstRunScreen"),
  }),
] as const;
