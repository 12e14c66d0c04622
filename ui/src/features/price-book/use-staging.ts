import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import type { MarkupScopeText, MarkupText, PriceEdit, PriceFault, PricePlace } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { scopeOfPlace } from "./typed";

export type Content = Pick<PriceEdit, "what" | "text">;

export interface Staging {
  /** Stages one content at one cell; the fault when it cannot be, and nothing is staged. */
  cell: (place: PricePlace, content: Content) => Promise<PriceFault | null>;
  /** The same at many cells, each its own, as one undo step, told in words. */
  cells: (some: readonly { place: PricePlace; content: Content }[], told: string) => Promise<PriceFault | null>;
  /** A markup of a model, a provider, the book, a plan or a contract. */
  markup: (scope: MarkupScopeText, markup: MarkupText, told: string) => Promise<PriceFault | null>;
  /** Ends a rule: the next wider one holds again. */
  end: (scope: MarkupScopeText, told: string) => Promise<PriceFault | null>;
  /** Takes back what is staged for a rule. */
  revert: (scope: MarkupScopeText) => Promise<PriceFault | null>;
  busy: boolean;
}

const edit = (scope: MarkupScopeText, content: Content, markup: MarkupText | null = null): PriceEdit => ({ scope, ...content, markup, note: "" });

/**
 * A cell whose own price is to go may have one for exactly its conditions and one for whatever
 * they are: both go.
 */
function editsOf(place: PricePlace, content: Content): PriceEdit[] {
  const exact = edit(scopeOfPlace(place), content);
  const isTaken = content.what === "clear" || content.what === "revert";
  return isTaken && place.conditions !== null ? [exact, edit(scopeOfPlace({ ...place, conditions: null }), content)] : [exact];
}

/** Staging: stored at once in the draft, never live, and taken back by undo. */
export function useStaging(): Staging {
  const { t } = useTranslation("common");
  const { undo } = useUndo();
  const stage = useMutation("price_stage");
  async function run(edits: PriceEdit[], told: string | null): Promise<PriceFault | null> {
    try {
      const reply = await stage.mutateAsync({ edits });
      if (!reply.staged) return reply.results.find(({ fault }) => fault !== null)?.fault ?? null;
      if (told !== null) showToast({ text: told, action: { label: t("undo"), run: undo } });
      return null;
    } catch (error) {
      showError(error);
      return null;
    }
  }
  return {
    cell: (place, content) => run(editsOf(place, content), null),
    cells: (some, told) => run(some.flatMap(({ place, content }) => editsOf(place, content)), told),
    markup: (scope, markup, told) => run([edit(scope, { what: "markup", text: "" }, markup)], told),
    end: (scope, told) => run([edit(scope, { what: "clear", text: "" })], told),
    revert: (scope) => run([edit(scope, { what: "revert", text: "" })], null),
    busy: stage.isPending,
  };
}
