import type { LucideIcon } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { createStore, useStore } from "../lib/store";
import type { ShortcutId } from "./shortcuts";

/** Something that can be done, as the palette lists it. */
export interface Action {
  /** Stable, for "recent": `customers.new`. */
  id: string;
  title: string;
  icon: LucideIcon;
  /** Other words people may type for it. */
  keywords?: string;
  /** A quiet remark at the end of the row. */
  detail?: string;
  shortcut?: ShortcutId;
  run: () => void;
}

/** A thing that was found: a model, a customer, an invoice. */
export interface Found {
  id: string;
  title: string;
  detail?: string;
  icon: LucideIcon;
  run: () => void;
  /** Drawn on the right while the row is selected. */
  preview?: () => ReactNode;
}

/** Things of one kind under their heading. */
export interface FoundSection {
  id: string;
  title: string;
  found: readonly Found[];
}

/** Finds things by what was typed. Called after each pause in typing; `signal` ends it. */
export interface ResultProvider {
  id: string;
  search: (query: string, signal: AbortSignal) => Promise<FoundSection[]>;
}

const actionSets = createStore<readonly (readonly Action[])[]>([]);
const providerSets = createStore<readonly ResultProvider[]>([]);

/** Offers actions in the palette while the component is mounted. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => {
    actionSets.set((now) => [...now, actions]);
    return () => actionSets.set((now) => now.filter((set) => set !== actions));
  }, [actions]);
}

/** Lets the palette find things of a feature while the component is mounted. */
export function useResultProvider(provider: ResultProvider): void {
  useEffect(() => {
    providerSets.set((now) => [...now.filter((other) => other.id !== provider.id), provider]);
    return () => providerSets.set((now) => now.filter((other) => other !== provider));
  }, [provider]);
}

/** All actions of now; those of the innermost screen first, one per id. */
export function useAllActions(): Action[] {
  const sets = useStore(actionSets);
  const byId = new Map<string, Action>();
  for (const action of sets.toReversed().flat()) {
    if (!byId.has(action.id)) byId.set(action.id, action);
  }
  return [...byId.values()];
}

export function useProviders(): readonly ResultProvider[] {
  return useStore(providerSets);
}
