import { Layers, Package, Waves } from "lucide-react";
import { ToggleButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Axis } from "../../components/charts/axis";
import { Segmented } from "../../components/Segmented";
import type { FormModel } from "../../app/pricing/price";
import styles from "./TierEditor.module.css";

/** Which of the lines are drawn. */
export interface ShownLines {
  draft: boolean;
  published: boolean;
  cost: boolean;
  customers: boolean;
}

export const ALL_SHOWN: ShownLines = { draft: true, published: true, cost: true, customers: true };

interface TierToolsProps {
  model: FormModel;
  onModel: (model: FormModel) => void;
  kind: Axis["kind"];
  onKind: (kind: Axis["kind"]) => void;
  shown: ShownLines;
  onShown: (shown: ShownLines) => void;
  /** What there is to draw besides the draft. */
  before: string | null;
  hasCost: boolean;
}

/** How the price goes over tiers, how the axis is drawn, and the legend, whose words are switches. */
export function TierTools({ model, onModel, kind, onKind, shown, onShown, before, hasCost }: TierToolsProps) {
  const { t } = useTranslation("plans");
  const modes = [
    { value: "graduated" as const, label: t("editor.graduated"), icon: Layers },
    { value: "volume" as const, label: t("editor.volume"), icon: Waves },
    { value: "package" as const, label: t("editor.package"), icon: Package },
  ];
  const kinds = [
    { value: "log" as const, label: t("editor.log") },
    { value: "linear" as const, label: t("editor.linear") },
  ];
  const names: [keyof ShownLines, string | null][] = [
    ["draft", t("state.draft")],
    ["published", before],
    ["cost", hasCost ? t("editor.cost") : null],
    ["customers", t("editor.people")],
  ];
  return (
    <div className={styles.tools}>
      <Segmented label={t("field.model")} segments={modes} value={model as "graduated"} onChange={onModel} />
      <Segmented label={t("editor.axis")} segments={kinds} value={kind} onChange={onKind} />
      <span className="grow" />
      <div className={styles.legend} role="group" aria-label={t("editor.legend")}>
        {names.map(([key, name]) =>
          name === null ? null : (
            <ToggleButton key={key} className={styles.key ?? ""} isSelected={shown[key]} onChange={(isShown) => onShown({ ...shown, [key]: isShown })}>
              <i data-line={key} aria-hidden />
              {name}
            </ToggleButton>
          ),
        )}
      </div>
    </div>
  );
}
