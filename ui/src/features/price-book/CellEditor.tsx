import { useEffect, useId, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PriceCell, PriceFault, PricePlace } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormatSetting } from "../../lib/use-formats";
import styles from "./CellEditor.module.css";
import { EditorPopover, hintsFor } from "./EditorPopover";
import { complete, isFormula, wordAt } from "./formula-text";
import type { View } from "./model";
import { contentOf, readTyped, scopeOfPlace, type Typed } from "./typed";
import { useSettled } from "./use-prices";
import { dimensionName } from "./words";

export interface CellEditing {
  place: PricePlace;
  cell: PriceCell | null;
  view: View;
  /** Where the cell stands in the frame of the grid. */
  box: { left: number; top: number; width: number };
  /** The key that opened it, in place of what the cell says. */
  start: string | null;
}

interface CellEditorProps {
  editing: CellEditing;
  currency: string;
  /** Stages and moves on; resolves to the fault, if there is one. */
  onStage: (typed: Extract<Typed, { edit: unknown }>["edit"], move: "down" | "right" | null) => Promise<PriceFault | null>;
  onCancel: () => void;
}

const WIDTH = 286;
const BELOW = 236;

/** A price typed over its cell: a number or a formula, with what it comes to. */
export function CellEditor({ editing, currency, onStage, onCancel }: CellEditorProps) {
  const { t } = useTranslation("price-book");
  const { locale } = useFormatSetting();
  const { place, cell, view, box } = editing;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // The focus goes back to the grid while the editor still stands: that is no press elsewhere.
  const isDone = useRef(false);
  const [text, setText] = useState(() => editing.start ?? contentOf(cell, view, locale));
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState(-1);
  const [refused, setRefused] = useState<{ fault: PriceFault; of: string } | null>(null);
  const [isBusy, setBusy] = useState(false);

  const typed = readTyped(text, view, locale);
  const edit = typed && "edit" in typed ? typed.edit : null;
  const asked = useSettled(edit && JSON.stringify(edit), 60);
  const request = edit && { edit: { scope: scopeOfPlace(place), ...(asked ? (JSON.parse(asked) as typeof edit) : edit), markup: null, note: "" }, at: null };
  const tried = useCommand("price_try", request ?? NOTHING, { enabled: request !== null, keepPrevious: true, brief: true });
  const isOld = asked !== (edit && JSON.stringify(edit)) || tried.isPlaceholderData;
  const reply = edit === null ? undefined : tried.data;
  const fault: PriceFault | null =
    typed && "fault" in typed ? typed.fault : refused?.of === text ? refused.fault : isOld ? null : (reply?.fault ?? null);

  const hints = isFormula(text) ? hintsFor(wordAt(text, caret ?? text.length).word, reply?.names ?? [], locale) : [];
  const at = Math.min(chosen, hints.length - 1);

  useEffect(() => {
    const field = input.current;
    if (!field) return;
    field.focus();
    if (editing.start === null) field.select();
  }, [editing.start]);
  // A name was put in: the caret stands behind it, not at the end.
  useLayoutEffect(() => {
    if (caret !== null) input.current?.setSelectionRange(caret, caret);
  }, [caret, text]);

  function cancel() {
    isDone.current = true;
    onCancel();
  }

  async function stage(move: "down" | "right" | null) {
    if (text.trim() === "") return cancel();
    if (edit === null || isBusy) return;
    setBusy(true);
    isDone.current = true;
    const found = await onStage(edit, move);
    setBusy(false);
    if (found) {
      isDone.current = false;
      setRefused({ fault: found, of: text });
      input.current?.focus();
    }
  }

  function put(hint: string) {
    const next = complete(text, input.current?.selectionStart ?? text.length, hint);
    setText(next.text);
    setCaret(next.caret);
    setChosen(-1);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const hint = hints[at];
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      if (chosen >= 0) setChosen(-1);
      else cancel();
    } else if (event.key === "ArrowDown" && hints.length > 0) setChosen((at + 1) % hints.length);
    else if (event.key === "ArrowUp" && hints.length > 0) setChosen(at <= 0 ? hints.length - 1 : at - 1);
    else if (event.key === "Enter" && hint && !event.ctrlKey && !event.metaKey) put(hint.insert);
    else if (event.key === "Enter") void stage("down");
    else if (event.key === "Tab" && !event.shiftKey) void stage("right");
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  }

  const isUp = box.top + BELOW > window.innerHeight - 120 && box.top > BELOW;
  return (
    <div
      className={styles.editor}
      data-up={isUp || undefined}
      style={{ left: box.left, top: box.top, "--editor-width": `${Math.max(WIDTH, box.width)}px` } as CSSProperties}
      // A press elsewhere keeps what was typed, when it can be read.
      onBlur={(event) => {
        if (!isDone.current && !event.currentTarget.contains(event.relatedTarget)) void (edit && !fault ? stage(null) : cancel());
      }}
    >
      <div className={styles.box} data-fault={fault !== null || undefined}>
        <input
          ref={input}
          className="mono"
          role="combobox"
          aria-label={t("cellEditor.label", { name: `${place.model}, ${dimensionName(place.dimension)}` })}
          aria-expanded={hints.length > 0}
          aria-controls={`${id}-hints`}
          aria-activedescendant={hints[at] ? `${id}-hint-${at}` : undefined}
          aria-describedby={`${id}-result`}
          aria-invalid={fault !== null}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setCaret(null);
            setChosen(-1);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <EditorPopover
        id={id}
        text={text}
        fault={fault}
        reply={reply}
        isOld={isOld}
        typedEdit={edit}
        view={view}
        currency={currency}
        hints={hints}
        chosen={at}
        onHint={put}
      />
    </div>
  );
}

const NOTHING = {
  edit: {
    scope: { level: "book" as const, owner: null, provider: null, model: null, dimension: null, conditions: null },
    what: "price" as const,
    text: "0",
    markup: null,
    note: "",
  },
  at: null,
};
