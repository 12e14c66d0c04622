import type { ReactNode } from "react";
import styles from "./TileStrip.module.css";

export interface Tile {
  label: string;
  /** One headline figure: `<Money size="headline" …>`. */
  figure: ReactNode;
  /** Beside the figure: a change. */
  change?: ReactNode;
  /** One line under it, or one small bar. */
  note?: ReactNode;
}

/** Headline figures side by side, divided by hairlines. */
export function TileStrip({ tiles, label }: { tiles: readonly Tile[]; label: string }) {
  return (
    <section className={styles.strip} aria-label={label}>
      {tiles.map((tile) => (
        <div key={tile.label} className={styles.tile}>
          <p className={styles.label}>{tile.label}</p>
          <p className={styles.figure}>
            {tile.figure}
            {tile.change && <span className={styles.change}>{tile.change}</span>}
          </p>
          {tile.note && <div className={styles.note}>{tile.note}</div>}
        </div>
      ))}
    </section>
  );
}
