import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SearchHit } from "../ipc/generated/types";
import { fetchCommand } from "../ipc/query";
import { useResultProvider, type FoundSection, type ResultProvider } from "./actions";
import { PER_SECTION } from "./palette/model";
import { HIT_ICONS, HIT_KINDS, placeOf } from "./search-places";

/** Lets the palette find models, customers, invoices and plans of the open book. */
export function useBookSearch(): void {
  const { t } = useTranslation("palette");
  const client = useQueryClient();
  const router = useRouter();
  const provider: ResultProvider = useMemo(
    () => ({
      id: "book",
      async search(text) {
        const reply = await fetchCommand(client, "search", { text, limit: PER_SECTION });
        return HIT_KINDS.map((kind): FoundSection => {
          const hits = reply.hits.filter((hit) => hit.kind === kind);
          const found = hits.map((hit: SearchHit) => ({
            id: `${kind}.${hit.id}`,
            title: hit.title,
            detail: hit.detail,
            icon: HIT_ICONS[kind],
            run: () => router.history.push(placeOf(hit)),
          }));
          return { id: kind, title: t(`kind.${kind}`), found };
        });
      },
    }),
    [client, router, t],
  );
  useResultProvider(provider);
}
