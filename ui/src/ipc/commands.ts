import type { Commands } from "./generated/commands";

export type CommandName = keyof Commands & string;
export type Request<N extends CommandName> = Commands[N]["request"];
export type Reply<N extends CommandName> = Commands[N]["reply"];
/** Names of one kind: queries read, mutations change, jobs report progress and can be cancelled. */
export type NamesOf<K extends "query" | "mutation" | "job"> = {
  [N in CommandName]: Commands[N]["kind"] extends K ? N : never;
}[CommandName];

