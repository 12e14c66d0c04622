import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createFakeHost, type FakeHost, type FakeOptions } from "../ipc/fake";
import { installHost } from "../ipc/host";
import { createQueryClient } from "../ipc/query";

/** Installs a fake host for one test and returns it. */
export function fakeHost(options: FakeOptions = {}): FakeHost {
  const host = createFakeHost(options);
  installHost(host);
  return host;
}

/** Draws a part or screen with everything around it that it may ask for. */
export async function draw(children: ReactNode) {
  const client = createQueryClient();
  const root = createRootRoute({ component: () => children });
  const index = createRoute({ getParentRoute: () => root, path: "/" });
  const router = createRouter({
    routeTree: root.addChildren([index]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  const drawn = render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await router.load();
  return { ...drawn, client };
}
