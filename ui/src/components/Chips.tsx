import { X } from "lucide-react";
import { IconButton } from "./IconButton";
import styles from "./Chips.module.css";

export interface Chip {
  id: string;
  text: string;
  /** Says what the button of this chip takes away. */
  removeLabel: string;
}

interface ChipsProps {
  label: string;
  chips: readonly Chip[];
  onRemove: (id: string) => void;
  isDisabled?: boolean;
}

/** What was chosen, each with a button that takes it away again. */
export function Chips({ label, chips, onRemove, isDisabled }: ChipsProps) {
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={label}>
      {chips.map(({ id, text, removeLabel }) => (
        <li key={id} className={styles.chip}>
          <span className="truncate selectable" title={text}>
            {text}
          </span>
          <IconButton icon={X} size="small" label={removeLabel} isDisabled={isDisabled} onPress={() => onRemove(id)} />
        </li>
      ))}
    </ul>
  );
}
