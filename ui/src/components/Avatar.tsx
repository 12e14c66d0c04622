import styles from "./Avatar.module.css";

/** Two letters of a name, for lists of customers. Decoration: the name stands beside it. */
export function Avatar({ name, size = "small" }: { name: string; size?: "small" | "large" }) {
  return (
    <span className={styles.avatar} data-size={size} aria-hidden>
      {initials(name)}
    </span>
  );
}

/** First letters of the first two words, without the legal form. */
export function initials(name: string): string {
  const words = name.split(/[\s&]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? "");
  return letters.join("").toLocaleUpperCase();
}
