import { useTranslation } from "react-i18next";
import { StepMarker } from "../../../components/StepMarker";
import styles from "./Import.module.css";

/** File, columns, check: 0 to 2. */
export function ImportSteps({ current }: { current: number }) {
  const { t } = useTranslation("usage");
  const steps = [t("import.step.file"), t("import.step.columns"), t("import.step.check")];
  return (
    <span className={styles.steps}>
      <StepMarker label={t("import.steps")} steps={steps} current={current} />
    </span>
  );
}
