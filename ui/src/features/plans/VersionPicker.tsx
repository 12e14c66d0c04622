import { Lock, PencilLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Select } from "../../components/Select";
import type { PlanText } from "../../ipc/generated/types";
import { isPublished } from "./model";

interface VersionPickerProps {
  plan: PlanText;
  value: string;
  onChange: (version: string) => void;
}

/** The versions of a plan, the draft first; a lock marks what cannot change. */
export function VersionPicker({ plan, value, onChange }: VersionPickerProps) {
  const { t } = useTranslation("plans");
  const options = plan.versions.map((version) => {
    const fixed = isPublished(version);
    return {
      value: version.id,
      label: t(fixed ? "versions.published" : "versions.draft", { number: version.number }),
      detail: <Icon icon={fixed ? Lock : PencilLine} size="xs" />,
    };
  });
  return <Select aria-label={t("versions.label")} value={value} options={options} onChange={onChange} />;
}
