import type { MeterText, PlanText } from "../../ipc/generated/types";
import { shownVersion } from "./model";
import { StateTag } from "./PlanList";
import styles from "./Plans.module.css";
import { PlanView } from "./PlanView";
import { VersionPicker } from "./VersionPicker";

interface PlanDetailProps {
  plan: PlanText;
  /** Version of the address. */
  wanted: string | undefined;
  meters: readonly MeterText[];
  onVersion: (version: string) => void;
}

/** One plan: its versions and what the shown one charges. */
export function PlanDetail({ plan, wanted, meters, onVersion }: PlanDetailProps) {
  const version = shownVersion(plan, wanted);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2 className={`${styles.title} truncate`}>{plan.name}</h2>
        <StateTag plan={plan} />
        <span className="grow" />
        {version && <VersionPicker plan={plan} value={version.id} onChange={onVersion} />}
      </header>
      <PlanView plan={plan} version={version} meters={meters} />
    </div>
  );
}
