import type { PriceBulkRequest, PricePasteRequest, PriceReviewRequest, PriceTimelineRequest, PriceTryRequest, RuleTestRequest } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";

/** The draft in short: what is staged, its date and its reason. */
export const useDraft = () => useCommand("price_draft_get", {});
/** What is being typed into a cell would come to. */
export const useTried = (request: PriceTryRequest) => useCommand("price_try", request, { keepPrevious: true, brief: true });
/** What a bulk edit would do. */
export const useBulkPreview = (request: PriceBulkRequest) => useCommand("price_bulk_preview", request, { keepPrevious: true, brief: true });
/** What pasting a block would do. */
export const usePastePreview = (request: PricePasteRequest) => useCommand("price_paste_preview", request, { brief: true });
/** Each change of the draft with its effect on a month. */
export const useReview = (request: PriceReviewRequest) => useCommand("price_review", request, { keepPrevious: true });
/** All versions, newest first. */
export const useVersions = () => useCommand("price_version_list", {});
/** What differs between two versions; 0 is the draft. */
export const useComparison = (from: number, to: number) => useCommand("price_version_compare", { from, to });
/** Changes at providers and prices of contracts, by date. */
export const useTimeline = (request: PriceTimelineRequest) => useCommand("price_timeline", request, { keepPrevious: true });
/** Which rule wins, and why the others do not. */
export const useRuleTest = (request: RuleTestRequest) => useCommand("rule_test", request, { keepPrevious: true });

/** What changes the draft, each as one undo step. */
export function useDraftEdits() {
  return {
    stage: useMutation("price_stage"),
    bulk: useMutation("price_bulk"),
    paste: useMutation("price_paste"),
    save: useMutation("price_draft_save"),
    discard: useMutation("price_draft_discard"),
    publish: useMutation("price_publish"),
    restore: useMutation("price_version_restore"),
  };
}
