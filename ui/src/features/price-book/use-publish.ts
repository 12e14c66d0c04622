import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useJob } from "../../app/jobs";
import type { PricePublishRequest } from "../../ipc/generated/types";
import { lasting } from "../../ipc/query";

/**
 * Publishing as a job: a card says how far it is, and cancelled it has left no trace. It resolves
 * to null then.
 */
export function usePublish(version: number) {
  const { t } = useTranslation("price-book");
  const run = useJob("price_publish");
  const look = { title: t("review.publishing", { version }), note: t("review.publishingNote") };
  const publish = useMutation({ mutationFn: (request: Omit<PricePublishRequest, "jobId">) => run(request, look) });
  // With nothing left to review, the refresh takes the part away that waits for the answer.
  return { ...publish, mutate: lasting(publish.mutateAsync) };
}
