import { CornerDownLeft } from "lucide-react";
import { useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import { Keycap } from "../../components/Keycap";
import { comboOf } from "../shortcuts";
import { pieces, type Entry, type Section } from "./model";
import styles from "./Palette.module.css";

export interface PaletteListProps {
  sections: readonly Section[];
  index: number;
  onHover: (index: number) => void;
  onChoose: (entry: Entry) => void;
}

/** The rows; the keyboard stays in the field above, which names the active row. */
export function PaletteList({ sections, index, onHover, onChoose }: PaletteListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [index, sections]);
  const numbered = sections.map((section, at) => ({
    ...section,
    first: sections.slice(0, at).reduce((sum, before) => sum + before.entries.length, 0),
  }));
  return (
    <div className={styles.list} ref={list} id="palette-list" role="listbox">
      {numbered.map((section) => (
        <div key={section.id} role="group" aria-label={section.title}>
          <p className={styles.heading} aria-hidden>
            {section.title}
          </p>
          {section.entries.map((entry, offset) => (
            <Row
              key={entry.id}
              entry={entry}
              number={section.first + offset}
              selected={section.first + offset === index}
              onHover={onHover}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface RowProps extends Pick<PaletteListProps, "onHover" | "onChoose"> {
  entry: Entry;
  number: number;
  selected: boolean;
}

function Row({ entry, number, selected, onHover, onChoose }: RowProps) {
  const { item } = entry;
  const shortcut = "shortcut" in item ? item.shortcut : undefined;
  return (
    <div
      id={`palette-${number}`}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={styles.row}
      onMouseMove={() => onHover(number)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(entry)}
    >
      <Icon icon={item.icon} />
      <span className="truncate">
        {pieces(entry.title, entry.ranges).map((piece, at) => (
          <span key={at} className={piece.hit ? styles.hit : undefined}>
            {piece.text}
          </span>
        ))}
      </span>
      <span className="grow" />
      {item.detail && <span className={styles.detail}>{item.detail}</span>}
      {shortcut && <Keycap combo={comboOf(shortcut)} />}
      {selected && <Icon icon={CornerDownLeft} size="s" className={styles.enter} />}
    </div>
  );
}
