import { FileUp } from "lucide-react";
import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { Button } from "react-aria-components";
import { Icon } from "./Icon";
import styles from "./DropZone.module.css";

export type DropSource = (
  listener: (event: { kind: "over" } | { kind: "leave" } | { kind: "drop"; paths: string[] }) => void,
) => () => void;

export interface DropZoneProps {
  title: string;
  /** `or choose one` */
  choose: string;
  /** Which kinds of file. */
  hint?: ReactNode;
  /** Opens the file dialog: a drop zone is always a button too. */
  onChoose: () => void;
  onDrop: (paths: string[]) => void;
  /** The window's drops: pass `host().onFileDrop`. */
  source: DropSource;
  isDisabled?: boolean;
}

/** Takes files dropped anywhere on the window while it is on screen, or chosen by a press. */
export function DropZone({
  title,
  choose,
  hint,
  onChoose,
  onDrop,
  source,
  isDisabled,
}: DropZoneProps) {
  const [over, setOver] = useState(false);
  const heard = useEffectEvent((event: Parameters<Parameters<DropSource>[0]>[0]) => {
    setOver(event.kind === "over");
    if (event.kind === "drop" && event.paths.length > 0) onDrop(event.paths);
  });
  useEffect(() => {
    if (isDisabled) return;
    return source((event) => heard(event));
  }, [source, isDisabled]);
  return (
    <Button
      className={styles.zone ?? ""}
      data-over={over || undefined}
      isDisabled={isDisabled}
      onPress={onChoose}
    >
      <Icon icon={FileUp} size="l" />
      <span className="strong">{title}</span>
      <span className="muted">{choose}</span>
      {hint && <span className="small dim">{hint}</span>}
    </Button>
  );
}
