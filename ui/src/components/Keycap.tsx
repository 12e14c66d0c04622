import styles from "./Keycap.module.css";
import { isMac, keycaps } from "../lib/keyboard";
import { cx } from "../lib/cx";

/** A key combination of the shortcut table, drawn as caps. Decoration: the action has a name. */
export function Keycap({ combo, className }: { combo: string; className?: string }) {
  return (
    <span className={cx(styles.caps, className)} aria-hidden>
      {keycaps(combo, isMac).map((cap, index) => (
        <kbd key={index} className={styles.cap} data-keycap>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
