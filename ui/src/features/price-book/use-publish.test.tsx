import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import "../../lib/i18n";
import { openBook } from "../../test/book";
import { draw, fakeHost } from "../../test/render";
import { fake } from "./fake";
import { usePublish } from "./use-publish";

function Part({ onDone }: { onDone: () => void }) {
  const publish = usePublish(15);
  return <button onClick={() => publish.mutate({ only: null, validOn: null, reason: "why" }, { onSuccess: onDone })}>publish</button>;
}

/** The part goes away while its answer is on the way, as it does when nothing is left to review. */
function Page({ onDone }: { onDone: () => void }) {
  const [isThere, setThere] = useState(true);
  return (
    <>
      {isThere && <Part onDone={onDone} />}
      <button onClick={() => setThere(false)}>leave</button>
    </>
  );
}

it("says that it is published even when what began it is gone", async () => {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  const { job } = host;
  vi.spyOn(host, "job").mockImplementation((async (...call: Parameters<typeof job>) => {
    await held;
    return job.apply(host, call);
  }) as typeof job);
  const onDone = vi.fn();
  await draw(<Page onDone={onDone} />);
  await userEvent.click(await screen.findByText("publish"));
  await userEvent.click(screen.getByText("leave"));
  await waitFor(() => expect(screen.queryByText("publish")).toBeNull());
  expect(onDone).not.toHaveBeenCalled();
  answer();
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
});
